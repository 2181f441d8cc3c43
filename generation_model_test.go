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

// written is a creative with the sample's text, read once its variations are there.
func (s shop) written() (id string, read client.Object) {
	s.Helper()
	id = s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()
	for began := time.Now(); read.String("status") != "ACTIVE" && time.Since(began) < 20*time.Second; time.Sleep(10 * time.Millisecond) {
		read = s.get(id, client.Params{"fields": "status,marquetry_generation"})
	}
	return id, read
}

// TestModelIsNamed has a model write one text that passes: that text says whose it is, and the others are rewrites.
func TestModelIsNamed(t *testing.T) {
	t.Parallel()
	const said = "Bring handmade mugs into your kitchen. Orders over $50 ship free."
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"choices":[{"message":{"content":"{\"variations\":[\"%s\",\"Mugs that heal!\"]}"}}]}`, said)
	}))
	t.Cleanup(model.Close)
	server, api := start(t, marquetry.Config{Data: storetest.Dir(t), ManualLearning: true,
		Generation: marquetry.Generation{Generator: "openai", BaseURL: model.URL, Model: "tiny"}})
	s := shop{t, server, api, server.Fresh}
	id, _ := s.written()
	by := map[string]int{}
	for _, asset := range s.get(id+"/generation", client.Params{"fields": "text,generator,model,prompt_hash,digital_source_type"}).List("data") {
		by[asset.String("generator")]++
		if asset.String("text") == said && (asset.String("generator") != "openai" || asset.String("model") != "tiny" || len(asset.String("prompt_hash")) != 64 ||
			!strings.HasSuffix(asset.String("digital_source_type"), "/trainedAlgorithmicMedia")) {
			t.Errorf("%v", asset)
		}
	}
	if by["openai"] != 1 || by["embedded"] < 2 {
		t.Errorf("texts by generator: %v", by)
	}
}

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
	id, read := s.written()
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
