package remote

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net/http"

	generate "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/generate/server"
)

// Model is a model behind a server. It is a Painter of package image, safe for concurrent use.
type Model struct {
	config  Config
	dialect dialect
	client  *http.Client
	breaker *server.Breaker
	places  chan struct{} // one for each picture that is under way
}

// dialect is how one kind of server is asked.
type dialect interface {
	name() string
	// frame is the size in pixels that a canvas of a size is sent in, and wanted back in.
	frame(canvas image.Point, mostPixels int) image.Point
	// paint asks for a picture and returns its file.
	paint(ctx context.Context, m *Model, j job) ([]byte, *failure)
}

// OpenAI asks any server that speaks images/edits: OpenAI, and servers of one's own such as that of stable-diffusion.cpp.
func OpenAI(c Config) (*Model, error) {
	if c.Model == "" {
		return nil, errors.New("remote: no model is named")
	}
	return connect(c, &openAI{})
}

// A1111 asks Automatic1111's web UI, and those that speak as it does: Forge, SD.Next.
func A1111(c Config) (*Model, error) { return connect(c, a1111{}) }

// ComfyUI asks ComfyUI with the operator's workflow.
func ComfyUI(c Config) (*Model, error) {
	w, err := readWorkflow(c.Workflow)
	if err != nil {
		return nil, err
	}
	return connect(c, comfyUI{w})
}

// Stability asks Stability's outpainting, and its inpainting for backgrounds.
func Stability(c Config) (*Model, error) { return connect(c, stability{}) }

// connect checks the configuration. It sends nothing.
func connect(c Config, d dialect) (*Model, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	return &Model{config: c, dialect: d, client: server.Client(c.Connect, c.Concurrency), breaker: &server.Breaker{Now: c.Now}, places: make(chan struct{}, c.Concurrency)}, nil
}

// Name implements Painter.
func (m *Model) Name() string { return m.dialect.name() }

// Model implements Painter.
func (m *Model) Model() string { return m.config.Model }

// errRests is the answer for a server that is left alone.
var errRests = errors.New("the server is left alone for a while: it failed, or asked for that")

// Paint implements Painter. Its errors are for the operator's eyes: they name what went wrong and hold no key.
func (m *Model) Paint(ctx context.Context, c generate.Canvas) (*image.NRGBA, error) {
	select {
	case m.places <- struct{}{}:
		defer func() { <-m.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !m.breaker.Allows() {
		return nil, errRests
	}
	limited, stop := context.WithTimeoutCause(ctx, m.config.Timeout, fmt.Errorf("it took longer than %s", m.config.Timeout))
	defer stop()
	painted, failed := m.painted(limited, framed(c, m.dialect.frame(c.Filled.Rect.Size(), m.config.MaxPixels)))
	switch {
	case failed == nil || failed.spoken:
		m.breaker.Good() // what one picture makes a model say is no reason to leave it alone for others
	case !errors.Is(ctx.Err(), context.Canceled):
		m.breaker.Bad(failed.after)
	}
	if failed != nil {
		return nil, failed
	}
	return painted, nil
}

// painted is what comes of a job.
func (m *Model) painted(ctx context.Context, j job) (*image.NRGBA, *failure) {
	file, failed := m.dialect.paint(ctx, m, j)
	if failed != nil {
		return nil, failed
	}
	img, err := decode(file, j.size)
	if err != nil {
		return nil, &failure{text: "the answer " + err.Error(), spoken: true}
	}
	return j.unframed(img), nil
}
