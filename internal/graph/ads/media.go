package ads

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// mediaPath matches /media/{hash} and /media/{hash}/{width}.
var mediaPath = regexp.MustCompile(`^/media/([0-9a-f]{32})(?:/(\d{1,4}))?$`)

// Media serves uploaded images and their small copies under /media/. They never change, so that anyone may cache them for ever; no
// token is asked for, because ads show them to everybody.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := mediaPath.FindStringSubmatch(r.URL.Path)
		if parts == nil {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		contentType, data, err := rendition(r, db, parts[1], parts[2])
		switch {
		case errors.Is(err, store.ErrNotFound):
			http.NotFound(w, r)
		case err != nil:
			log.ErrorContext(r.Context(), "serve image", "hash", parts[1], "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
		default:
			serve(w, r, parts[1]+parts[2], contentType, data)
		}
	})
}

// rendition finds the copy of that width; an image that is smaller has none and stands for itself.
func rendition(r *http.Request, db *store.DB, hash, width string) (contentType string, data []byte, err error) {
	err = db.Read(r.Context(), func(tx store.Tx) error {
		if width != "" {
			contentType, data, err = tx.Blob(r.Context(), hash+"/"+width)
			if !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		contentType, data, err = tx.Blob(r.Context(), hash)
		return err
	})
	return contentType, data, err
}

// serve writes the image with what makes it cacheable and keeps browsers from taking it for anything else.
func serve(w http.ResponseWriter, r *http.Request, tag, contentType string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
