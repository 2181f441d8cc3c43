package videos

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/store"
)

// servedUnder is the path of videos, which their hash follows.
const servedUnder = "/media/video/"

// servedPath matches it.
var servedPath = regexp.MustCompile(`^/media/video/([0-9a-f]{32})$`)

// Media serves videos, whole or in the ranges that players ask for.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return graph.Media(servedPath, log, func(r *http.Request, parts []string) (graph.MediaFile, error) {
		var m manifest
		var contentType string
		ctx := r.Context()
		err := db.Read(ctx, func(tx store.Tx) (err error) {
			m, contentType, err = findManifest(ctx, tx, parts[0])
			return err
		})
		c := &content{pieces: m.Pieces, load: opener(ctx, db)}
		return graph.MediaFile{ContentType: contentType, Tag: parts[0], Content: io.NewSectionReader(c, 0, c.size())}, err
	})
}

// opener loads pieces, each in a transaction of its own: a viewer may take hours.
func opener(ctx context.Context, db *store.DB) func(string) ([]byte, error) {
	return func(name string) (data []byte, err error) {
		err = db.Read(ctx, func(tx store.Tx) error {
			data, err = loader(ctx, tx)(name)
			return err
		})
		return data, err
	}
}
