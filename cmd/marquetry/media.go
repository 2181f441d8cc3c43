package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
)

// mediaCmd is `marquetry media`.
type mediaCmd struct {
	Expand     mediaExpandCmd     `cmd:"" help:"Extend a picture beyond its sides, to another ratio."`
	Cutout     mediaCutoutCmd     `cmd:"" help:"Separate a product from its backdrop."`
	Background mediaBackgroundCmd `cmd:"" help:"Put a product before new backgrounds."`
}

// pixels is a size on the command line, such as 1080x1920.
type pixels struct{ width, height int }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *pixels) UnmarshalText(text []byte) error {
	var rest string
	n, _ := fmt.Sscanf(string(text), "%dx%d%s", &p.width, &p.height, &rest)
	if n != 2 || p.width < 1 || p.height < 1 {
		return fmt.Errorf("%q is no size in pixels, such as 1080x1920", text)
	}
	return nil
}

// verdict says whether what was made may be shown.
func verdict(code, reason string) string {
	if code == "" {
		return "eligible"
	}
	return "ineligible: " + reason
}

// readPicture reads a file that is not larger than a picture may be.
func readPicture(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && info.Size() > media.MaxBytes {
		err = media.ErrBytes
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return os.ReadFile(path) //nolint:gosec // the caller names it
}

// make makes pictures as a server with these flags would.
func (f imageFlags) make(ctx context.Context, r image.Request) ([]image.Made, error) {
	maker, err := marquetry.Config{Images: f.images(), Now: time.Now, Random: rand.Reader}.Maker()
	if err != nil {
		return nil, err
	}
	return maker(ctx, r)
}
