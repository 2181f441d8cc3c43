package marquetry_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestModelKeyStaysInside has a model's server quote all that it was sent. The key is then neither in an answer, the console, the log, nor on
// disk; the text is not in the log; and rules fill in.
func TestModelKeyStaysInside(t *testing.T) {
	t.Parallel()
	const key = "sk-of-the-shop-0123456789"
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		_, _ = body.ReadFrom(r.Body)
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "bad key %s in %s for %s", r.Header.Get("Authorization"), r.Header, body.String())
	}))
	t.Cleanup(model.Close)
	keyFile := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(keyFile, []byte("\n "+key+" \r\n"), 0o644); err != nil { //nolint:gosec // a mistake that gets a warning
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	config := marquetry.Config{Data: storetest.Dir(t), ManualLearning: true, OpenConsole: true, Logger: slog.New(slog.NewTextHandler(log, nil)),
		Generation: marquetry.Generation{Generator: "anthropic", BaseURL: model.URL, Model: "tiny", KeyFile: keyFile}}
	server, api := start(t, config)
	s := shop{t, server, api, server.Fresh}
	id := s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	read := s.get(id, client.Params{"fields": "status,marquetry_generation"})
	for began := time.Now(); read.String("status") != "ACTIVE" && time.Since(began) < 20*time.Second; time.Sleep(10 * time.Millisecond) {
		read = s.get(id, client.Params{"fields": "status,marquetry_generation"})
	}
	why := read.Object("marquetry_generation").String("fallback")
	if !strings.Contains(why, "status 418") || !strings.Contains(why, "[key]") || len(s.generated(id)) < 3 {
		t.Errorf("%v, %d texts", read, len(s.generated(id)))
	}
	logged, err := os.ReadFile(log.Name())
	if err != nil {
		t.Fatal(err)
	}
	said := string(logged) + fmt.Sprint(read, s.generated(id))
	for _, path := range []string{"/", "/console/requests", "/console/review"} {
		said += s.raw(http.MethodGet, path, s.fresh.Token, "").Body.String()
	}
	if strings.Contains(said, key) || !strings.Contains(string(logged), "others can read or change the file") || strings.Contains(string(logged), "Handmade mugs") {
		t.Errorf("too much or too little is said: %s", logged)
	}
	err = filepath.WalkDir(config.Data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(key)) {
			t.Errorf("the key is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
