package pages

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// servedUnder is the path of cards with the names of Pages, whose ids follow.
const servedUnder = "/media/page/"

// cardSide is the width and height of a card, in pixels.
const cardSide = 200

// servedPath matches it.
var servedPath = regexp.MustCompile(`^/media/page/(\d{1,20})$`)

// Media serves the pictures of Pages that have none: cards with their names. A Page's name is public, so no token is asked for.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := servedPath.FindStringSubmatch(r.URL.Path)
		if parts == nil || r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.NotFound(w, r)
			return
		}
		contentType, data, err := card(r, db, parts[1])
		switch {
		case errors.Is(err, store.ErrNotFound):
			http.NotFound(w, r)
		case err != nil:
			log.ErrorContext(r.Context(), "draw page", "id", parts[1], "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Type", contentType)
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Cache-Control", "public, max-age=300") // the name may change
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		}
	})
}

// card draws the name of a Page.
func card(r *http.Request, db *store.DB, id string) (contentType string, data []byte, err error) {
	var page *store.Object
	err = db.Read(r.Context(), func(tx store.Tx) error {
		page, err = tx.Object(r.Context(), id)
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
