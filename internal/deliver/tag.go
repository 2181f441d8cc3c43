package deliver

import (
	"crypto/sha256"
	_ "embed" // tag.js
	"encoding/hex"
	"net/http"
)

// tagScript is what pages load to show ads; see its own comments.
//
//go:embed tag.js
var tagScript string

// serveTag answers GET /tag.js. Pages of other sites load it, so it is kept for an hour and revalidated by its hash.
func serveTag(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(tagScript))
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write([]byte(tagScript))
}
