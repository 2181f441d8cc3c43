package marquetry_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
)

// TestImagesConfig is what an operator can get wrong, and what is said of it.
func TestImagesConfig(t *testing.T) {
	t.Parallel()
	at := "http://127.0.0.1:9"
	long := filepath.Join(t.TempDir(), "workflow.json")
	if err := os.WriteFile(long, []byte(`{"1":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		says   string
		images marquetry.Images
	}{
		{`the backend is "dalle"`, marquetry.Images{Backend: "dalle"}},
		{"asks no model", marquetry.Images{BaseURL: at}},
		{"asks no model", marquetry.Images{OnError: "ineligible"}},
		{`on error is "retry"`, marquetry.Images{Backend: "a1111", BaseURL: at, OnError: "retry"}},
		{"no model is named", marquetry.Images{Backend: "openai", BaseURL: at}},
		{"asks for a key", marquetry.Images{Backend: "openai", Model: "m"}},
		{"asks for a key", marquetry.Images{Backend: "stability"}},
		{"one of them is too many", marquetry.Images{Backend: "stability", Key: "a", KeyFile: "/nowhere"}},
		{"the key: open /nowhere", marquetry.Images{Backend: "stability", KeyFile: "/nowhere"}},
		{"the address of the server is missing", marquetry.Images{Backend: "a1111"}},
		{"must begin with http", marquetry.Images{Backend: "a1111", BaseURL: "127.0.0.1:7860"}},
		{"no user, query or fragment", marquetry.Images{Backend: "a1111", BaseURL: "http://me@127.0.0.1"}},
		{"not 1s to 15m", marquetry.Images{Backend: "a1111", BaseURL: at, Timeout: time.Millisecond}},
		{"not 1 to 16", marquetry.Images{Backend: "a1111", BaseURL: at, Concurrency: 99}},
		{"not 1 to 200", marquetry.Images{Backend: "a1111", BaseURL: at, Steps: -1}},
		{"outside of 65536 to 4194304", marquetry.Images{Backend: "a1111", BaseURL: at, MaxPixels: 1000}},
		{"more than 600", marquetry.Images{Backend: "a1111", BaseURL: at, Prompt: strings.Repeat("in oils ", 99)}},
		{"too few for one picture", marquetry.Images{Memory: 1000}},
		{"the key holds spaces", marquetry.Images{Backend: "a1111", BaseURL: at, Key: "a b"}},
		{"a workflow file is what comfyui needs", marquetry.Images{Backend: "comfyui", BaseURL: at}},
		{"a workflow file is what comfyui needs", marquetry.Images{Backend: "a1111", BaseURL: at, Workflow: long}},
		{"the workflow: open /nowhere", marquetry.Images{Backend: "comfyui", BaseURL: at, Workflow: "/nowhere"}},
		{"no node with the title INPUT_IMAGE", marquetry.Images{Backend: "comfyui", BaseURL: at, Workflow: long}},
	} {
		if _, err := (marquetry.Config{Images: test.images, Now: time.Now, Random: strings.NewReader("")}).Maker(); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%+v: %v, want %q", test.images, err, test.says)
		}
	}
	if _, err := (marquetry.Config{Images: marquetry.Images{Backend: "a1111", BaseURL: at + "/"}, Now: time.Now, Random: strings.NewReader("")}).Maker(); err != nil {
		t.Error(err)
	}
}
