package videos

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// servedUnder is the path of videos, which their hash follows.
const servedUnder = "/media/video/"

// servedPath matches it.
var servedPath = regexp.MustCompile(`^/media/video/([0-9a-f]{32})$`)

// Media serves videos, whole or in the ranges that players ask for. They never change, so that anyone may cache them for ever; no token
// is asked for, because ads show them to everybody.
func Media(db *store.DB, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := servedPath.FindStringSubmatch(r.URL.Path)
		if parts == nil {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		var m manifest
		var contentType string
		err := db.Read(r.Context(), func(tx store.Tx) (err error) {
			m, contentType, err = findManifest(r.Context(), tx, parts[1])
			return err
		})
		switch {
		case errors.Is(err, store.ErrNotFound):
			http.NotFound(w, r)
			return
		case err != nil:
			log.ErrorContext(r.Context(), "serve video", "hash", parts[1], "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		c := &content{pieces: m.Pieces, load: opener(r.Context(), db)}
		head(w.Header(), parts[1], contentType)
		http.ServeContent(w, r, "", time.Time{}, io.NewSectionReader(c, 0, c.size()))
		if c.err != nil && r.Context().Err() == nil {
			log.ErrorContext(r.Context(), "serve video", "hash", parts[1], "error", c.err)
		}
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

// head makes a video cacheable and keeps browsers from taking it for anything else.
func head(h http.Header, hash, contentType string) {
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+hash+`"`)
}
