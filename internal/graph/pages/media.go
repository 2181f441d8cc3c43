package pages

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// servedUnder is the path of cards with the names of Pages, whose ids follow.
const servedUnder = "/media/page/"

// cardSide is the width and height of a card, in pixels.
const cardSide = 200

// servedPath matches it.
var servedPath = regexp.MustCompile(`^/media/page/(\d{1,20})$`)

// Media serves the pictures of Pages that have none: cards with their names, which may change. A Page's name is public.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return graph.Media(servedPath, log, func(r *http.Request, parts []string) (graph.MediaFile, error) {
		contentType, data, err := card(r.Context(), db, parts[0])
		return graph.MediaFile{ContentType: contentType, Content: bytes.NewReader(data)}, err
	})
}

// card draws the name of a Page.
func card(ctx context.Context, db *store.DB, id string) (contentType string, data []byte, err error) {
	var page *store.Object
	err = db.Read(ctx, func(tx store.Tx) error {
		page, err = tx.Object(ctx, id)
		return err
	})
	if err == nil && page.Type != "page" {
		err = store.ErrNotFound
	}
	if err != nil {
		return "", nil, err
	}
	img, err := media.Card(page.Text("name"), cardSide, cardSide)
	if err != nil {
		return "", nil, err
	}
	return media.Encode(img)
}
