package deliver

import (
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"os"
	"regexp"
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
	sum := sha512.Sum384([]byte(script))
	hash := `integrity="sha384-` + base64.StdEncoding.EncodeToString(sum[:]) + `"`
	guide, err := os.ReadFile("../../docs/guide/serving.md")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		guide = regexp.MustCompile(`integrity="sha384-[^"]*"`).ReplaceAll(guide, []byte(hash))
		if err := os.WriteFile("../../docs/guide/serving.md", guide, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(string(guide), hash) {
		t.Errorf("docs/guide/serving.md does not say %s; run go test ./internal/deliver -run TestTag -update", hash)
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
