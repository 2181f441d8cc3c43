package graph

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// MediaFile is what lies at an address that an answer names. It is served without a token, because ads show it to everybody.
type MediaFile struct {
	ContentType string
	Tag         string // names the content, which never changes and may be cached for ever; "" for content that may be another in minutes
	Content     io.ReadSeeker
	Vary        string // header of the request on which it depends which file is answered; "" for none
}

// Media serves the files whose paths match a pattern, whole or in ranges. find is given the groups of the pattern; its store.ErrNotFound
// is answered with 404.
func Media(pattern *regexp.Regexp, log *slog.Logger, find func(r *http.Request, parts []string) (MediaFile, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		parts := pattern.FindStringSubmatch(r.URL.Path)
		if parts == nil {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		file, err := find(r, parts[1:])
		switch {
		case errors.Is(err, store.ErrNotFound):
			http.NotFound(w, r)
			return
		case err != nil:
			log.ErrorContext(r.Context(), "find media", "path", r.URL.Path, "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		file.describe(w.Header())
		content := &watched{ReadSeeker: file.Content}
		http.ServeContent(w, r, "", time.Time{}, content)
		if content.err != nil && r.Context().Err() == nil {
			log.ErrorContext(r.Context(), "serve media", "path", r.URL.Path, "error", content.err)
		}
	})
}

// describe makes a file cacheable, and keeps browsers from taking it for anything else.
func (f MediaFile) describe(h http.Header) {
	h.Set("Content-Type", f.ContentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if f.Vary != "" {
		h.Set("Vary", f.Vary)
	}
	if f.Tag == "" {
		h.Set("Cache-Control", "public, max-age=300")
		return
	}
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+f.Tag+`"`)
}

// watched remembers what went wrong while it was read; by then the headers are sent.
type watched struct {
	io.ReadSeeker
	err error
}

// Read reads on.
func (c *watched) Read(b []byte) (int, error) {
	n, err := c.ReadSeeker.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}
