// Package llama holds the test that lets a real llama.cpp write texts for a creative.
package llama

import (
	"bufio"
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// message is what is varied.
const message = "Handmade oak tables for your kitchen. Free delivery on orders over $200. Order yours today."

// TestNoise has a real llama.cpp write texts under the grammar of our schema. It knows no language, so that the gate refuses what it says,
// rules fill in, and the creative and its texts say so.
func TestNoise(t *testing.T) {
	if _, err := os.Stat("node_modules"); err != nil {
		t.Skip("make llama installs llama.cpp from npm")
	}
	s := open(t, model(t))
	made := s.post(s.Fresh.AccountID+"/adcreatives", client.Params{
		"object_story_spec":       client.Params{"page_id": s.Fresh.PageID, "link_data": client.Params{"link": "https://shop.example/", "message": message}},
		"degrees_of_freedom_spec": client.Params{"creative_features_spec": client.Params{"text_generation": client.Params{"enroll_status": "OPT_IN"}}},
	})
	id := made.ID()
	creative := s.get(id, "status")
	if creative.String("status") != "IN_PROCESS" {
		t.Errorf("with a model the creative is %s at first", creative.String("status"))
	}
	for began := time.Now(); creative.String("status") != "ACTIVE" && time.Since(began) < 50*time.Second; time.Sleep(50 * time.Millisecond) {
		creative = s.get(id, "status,asset_feed_spec,marquetry_generation")
	}
	status, bodies := creative.Object("marquetry_generation"), creative.Object("asset_feed_spec").List("bodies")
	if creative.String("status") != "ACTIVE" || len(bodies) < 3 || bodies[0].String("text") != message {
		t.Fatalf("the creative is %s: %v", creative.String("status"), creative)
	}
	if refused := status.Object("rejected"); len(refused) == 0 || status["fallback"] != nil {
		t.Errorf("what the model said was not refused: %v", status)
	}
	for _, made := range s.get(id+"/generation", "text,generator,model,digital_source_type").List("data") {
		if made.String("generator") != "embedded" || made.String("model") != "" || !strings.HasSuffix(made.String("digital_source_type"), "/algorithmicMedia") {
			t.Errorf("%v", made)
		}
	}
	t.Logf("refused %v, filled in %v", status.Object("rejected"), bodies[1:])
}

// model starts llama.cpp with a model of random weights and returns its address.
func model(t *testing.T) string {
	t.Helper()
	weights := filepath.Join(t.TempDir(), "noise.gguf")
	if err := os.WriteFile(weights, randomModel(1), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), "node", "server.mjs", weights)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() }) // the test's context has ended it
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("llama.cpp does not start")
	}
	return lines.Text()
}

// instance is a server of ours with an admin's client.
type instance struct {
	*testing.T
	*marquetry.Server
	api *client.Client
}

// open starts a server that asks the model at an address.
func open(t *testing.T, address string) instance {
	t.Helper()
	s, err := marquetry.New(t.Context(), marquetry.Config{Data: t.TempDir(), Generation: marquetry.Generation{
		Generator: "openai", BaseURL: address, Model: "noise", Temperature: 1, MaxTokens: 2048, Timeout: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(s.Handler())
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		site.Close()
		stop()
		if err := errors.Join(<-done, s.Close()); err != nil {
			t.Error(err)
		}
	})
	api, err := client.New(site.URL, s.Fresh.Token)
	if err != nil {
		t.Fatal(err)
	}
	return instance{t, s, api}
}

// post makes an object, which must succeed.
func (i instance) post(path string, params client.Params) client.Object {
	i.Helper()
	made, err := i.api.Post(i.Context(), path, params)
	if err != nil {
		i.Fatal(err)
	}
	return made
}

// get reads fields of an object, which must succeed.
func (i instance) get(path, fields string) client.Object {
	i.Helper()
	got, err := i.api.Get(i.Context(), path, client.Params{"fields": fields})
	if err != nil {
		i.Fatal(err)
	}
	return got
}
