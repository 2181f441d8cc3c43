package ads

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/store"
)

// mediaPath matches /media/{hash} and /media/{hash}/{width}.
var mediaPath = regexp.MustCompile(`^/media/([0-9a-f]{32})(?:/(\d{1,4}))?$`)

// Media serves uploaded images and their small copies under /media/.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return graph.Media(mediaPath, log, func(ctx context.Context, parts []string) (graph.MediaFile, error) {
		contentType, data, err := rendition(ctx, db, parts[0], parts[1])
		return graph.MediaFile{ContentType: contentType, Tag: parts[0] + parts[1], Content: bytes.NewReader(data)}, err
	})
}

// rendition finds the copy of that width; an image that is smaller has none and stands for itself.
func rendition(ctx context.Context, db *store.DB, hash, width string) (contentType string, data []byte, err error) {
	err = db.Read(ctx, func(tx store.Tx) error {
		if width != "" {
			contentType, data, err = tx.Blob(ctx, hash+"/"+width)
			if !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		contentType, data, err = tx.Blob(ctx, hash)
		return err
	})
	return contentType, data, err
}
