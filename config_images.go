package marquetry

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/image/remote"
	"github.com/marquetry/marquetry/internal/media"
)

// Images is what makes pictures for creatives that opt in to it. The zero value is the embedded painters, which need no network.
type Images struct {
	Backend     string        // "embedded", "openai" for any server that speaks its images/edits, "a1111", "comfyui" or "stability"; default embedded
	BaseURL     string        // of the model's server, such as http://127.0.0.1:7860; empty for OpenAI's and Stability's own
	Model       string        // which of the server's models; required for openai
	Key         string        // of the model's server; never logged
	KeyFile     string        // a file that holds the key instead
	Prompt      string        // what the model is told beside what it is to do, at most 600 bytes
	Steps       int           // of the diffusion, for a1111: 1 to 200, default 24
	MaxPixels   int           // of a picture that the model is sent: 65,536 to 4,194,304; default what models of the backend take
	Workflow    string        // file of ComfyUI's workflow, in its API form
	Timeout     time.Duration // how long the model is waited for, with all its tries: 1 s to 15 min, default 2 min
	Concurrency int           // pictures that the server paints at once: 1 to 16, default 1
	OnError     string        // what stands in where the model fails: "embedded", the default, or "ineligible" for nothing
	Backgrounds bool          // the model paints backgrounds of products too
	Memory      int64         // that pictures being worked on take together at most, in bytes: at least 256 MiB, default 1 GiB

	exposed  string // the key's file, where others than its owner may read or change it
	workflow []byte
}

// Bounds of Images.
const (
	imageTime    = 2 * time.Minute
	maxImageTime = 15 * time.Minute
	maxPrompt    = 600 // bytes; some models take 1000 with the task
	leastMemory  = 256 << 20
)

// complete fills in defaults, reads the key and the workflow, and checks what the model's own configuration does not.
func (i Images) complete() (Images, error) {
	i.Backend, i.OnError = cmp.Or(i.Backend, "embedded"), cmp.Or(i.OnError, "embedded")
	i.Timeout, i.Concurrency, i.Steps, i.Memory = cmp.Or(i.Timeout, imageTime), cmp.Or(i.Concurrency, 1), cmp.Or(i.Steps, 24), cmp.Or(i.Memory, 1<<30)
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("image generation: "+format, args...))
		}
	}
	embedded := i.Backend == "embedded"
	check(slices.Contains([]string{"embedded", "openai", "a1111", "comfyui", "stability"}, i.Backend), "the backend is %q, not embedded, openai, a1111, comfyui or stability", i.Backend)
	check(i.OnError == "embedded" || i.OnError == "ineligible", "on error is %q, not embedded or ineligible", i.OnError)
	check(i.Timeout >= time.Second && i.Timeout <= maxImageTime, "the timeout is %s, not 1s to %s", i.Timeout, maxImageTime)
	check(i.Concurrency >= 1 && i.Concurrency <= 16, "the server is to paint %d pictures at once, not 1 to 16", i.Concurrency)
	check(i.Steps >= 1 && i.Steps <= 200, "the model is to take %d steps, not 1 to 200", i.Steps)
	check(len(i.Prompt) <= maxPrompt, "the prompt has %d bytes, more than %d", len(i.Prompt), maxPrompt)
	check(i.Memory >= leastMemory, "%d bytes of memory are too few for one picture: give at least %d", i.Memory, leastMemory)
	check(!embedded || i.BaseURL == "" && i.Model == "" && i.KeyFile == "" && i.Workflow == "" && i.Prompt == "" && !i.Backgrounds && i.OnError == "embedded",
		"a model, or what to do with one, is given, but the backend is embedded, which asks no model: choose openai, a1111, comfyui or stability")
	check(i.Key == "" || i.KeyFile == "", "there is a key and a file with a key: one of them is too many")
	if i.KeyFile != "" {
		key, exposed, err := readKey(i.KeyFile)
		if exposed {
			i.exposed = i.KeyFile
		}
		i.Key, i.KeyFile = key, ""
		check(err == nil, "%w", err)
	}
	check((i.Backend == "comfyui") == (i.Workflow != "") || embedded, "a workflow file is what comfyui needs, and nothing else: --image-workflow")
	if i.Workflow != "" && len(errs) == 0 {
		workflow, err := os.ReadFile(i.Workflow)
		i.workflow = workflow
		check(err == nil, "the workflow: %w", err)
	}
	check(i.Backend != "openai" || i.Model != "", "no model is named; --image-model does that")
	own := i.Backend == "openai" || i.Backend == "stability"
	check(!own || i.BaseURL != "" || i.Key != "" || len(errs) > 0, "the company's own server asks for a key, and there is none: --image-key-file and MARQUETRY_IMAGE_KEY give it, --image-base-url another server")
	check(own || embedded || i.BaseURL != "", "the address of the server is missing: --image-base-url gives it")
	return i, errors.Join(errs...)
}

// painter makes the model that is asked; nil for the embedded painters, which ask nobody.
func (s settings) painter() (image.Painter, error) {
	i := s.Images
	c := remote.Config{BaseURL: strings.TrimSpace(i.BaseURL), Model: i.Model, Key: i.Key, Steps: i.Steps, MaxPixels: i.MaxPixels, Concurrency: i.Concurrency, Workflow: i.workflow,
		Timeout: i.Timeout, Now: s.Now, Random: s.Random}
	switch i.Backend {
	case "openai":
		c.BaseURL = cmp.Or(c.BaseURL, "https://api.openai.com/v1")
		return painter(remote.OpenAI(c))
	case "a1111":
		return painter(remote.A1111(c))
	case "comfyui":
		return painter(remote.ComfyUI(c))
	case "stability":
		c.BaseURL = cmp.Or(c.BaseURL, "https://api.stability.ai")
		return painter(remote.Stability(c))
	}
	return nil, nil
}

// painter is a model, or no painter at all where it is none: a nil *Model would be a Painter that is not nil.
func painter(m *remote.Model, err error) (image.Painter, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}

// maker makes pictures as they are configured.
func (s settings) maker() (image.Maker, error) {
	model, err := s.painter()
	if err != nil {
		return nil, err
	}
	i := s.Images
	return image.New(image.Config{Model: model, Backgrounds: i.Backgrounds, Refuse: i.OnError == "ineligible", Prompt: i.Prompt, Memory: s.memory})
}

// Maker is what a server with these settings makes pictures with. It opens nothing but the files that are named.
func (c Config) Maker() (image.Maker, error) {
	i, err := c.Images.complete()
	if err != nil {
		return nil, err
	}
	c.Images = i
	return settings{Config: c, memory: media.NewBudget(i.Memory)}.maker()
}
