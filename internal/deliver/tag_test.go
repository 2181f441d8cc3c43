package deliver

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"
)

func TestTag(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	w, script := f.get(t, "/tag.js")
	if w.StatusCode != http.StatusOK || !strings.HasPrefix(w.Header.Get("Content-Type"), "text/javascript") {
		t.Fatalf("%d %v", w.StatusCode, w.Header)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(script)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() >= 4<<10 {
		t.Errorf("%d bytes gzipped, want under 4 KiB", packed.Len())
	}
	if len(script) > 8<<10 {
		t.Errorf("%d bytes, want at most 8 KiB", len(script))
	}
	for _, banned := range []string{"eval(", "document.write", ".cookie", "innerHTML"} {
		if strings.Contains(script, banned) {
			t.Errorf("the script uses %s", banned)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.server.URL+"/tag.js", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", w.Header.Get("ETag"))
	again, err := f.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("revalidation: %d", again.StatusCode)
	}
}
