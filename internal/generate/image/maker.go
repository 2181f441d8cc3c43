package image

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
	"github.com/marquetry/marquetry/internal/media/cutout"
	"github.com/marquetry/marquetry/internal/media/expand"
	"github.com/marquetry/marquetry/internal/media/retouch"
)

// Config is what makes pictures.
type Config struct {
	Model       Painter // is asked for expansions; nil for the embedded painters alone
	Backgrounds bool    // the model is asked for backgrounds too
	Refuse      bool    // what the model fails at is not made, instead of by the embedded painter
	Prompt      string  // what the model is told beside what it is to do; "" for nothing

	Memory *media.Budget // of the pictures being worked on; nil for no limit

	Expand expand.Func   // default expand.Expand
	Cut    cutout.Func   // default cutout.Cut
	Paint  backdrop.Func // default backdrop.Paint
}

// maker makes pictures after its configuration.
type maker struct{ Config }

// New returns what makes pictures, safe for concurrent use.
func New(c Config) (Maker, error) {
	if c.Refuse && c.Model == nil || c.Backgrounds && c.Model == nil {
		return nil, errors.New("image: no model is configured that could fail or paint backgrounds")
	}
	if c.Expand == nil {
		c.Expand = expand.Expand
	}
	if c.Cut == nil {
		c.Cut = cutout.Cut
	}
	if c.Paint == nil {
		c.Paint = backdrop.Paint
	}
	m := &maker{c}
	return m.make, nil
}

// work is a request whose source is decoded.
type work struct {
	Request
	src *image.NRGBA // upright, its corner at the origin
}

// make is the Maker.
func (m *maker) make(ctx context.Context, r Request) (made []Made, err error) {
	defer func() {
		if p := recover(); p != nil {
			made, err = nil, fmt.Errorf("image: the painter of %s panicked: %v", r.Feature, p)
		}
	}()
	if !IsPerformed(string(r.Feature)) {
		return r.refused("feature", "This feature is not performed here."), nil
	}
	src, err := m.decoded(ctx, r)
	if reason := media.Reason(err); reason != "" {
		return r.refused("picture", sentence(reason)), nil
	}
	if err != nil {
		return nil, err
	}
	return m.perform(ctx, work{r, src})
}

// each makes one picture for each target.
func (w work) each(one func(Target) (Made, error)) ([]Made, error) {
	made := make([]Made, 0, len(w.Targets))
	for _, t := range w.Targets {
		got, err := one(t)
		if err != nil {
			return nil, err
		}
		made = append(made, got)
	}
	return made, nil
}

// refused is why there is no picture for any target, or any at all.
func (r Request) refused(code, reason string) []Made {
	made := make([]Made, max(1, len(r.Targets)))
	for i := range made {
		if i < len(r.Targets) {
			made[i].Target = r.Targets[i]
		}
		made[i].Code, made[i].Reason = code, reason
	}
	return made
}

// seed makes the same choices for the same picture, feature and target, and others for another, or for another option "seed".
func (w work) seed(t Target, style string) uint64 {
	sum := sha256.New()
	sum.Write(w.Source)
	fmt.Fprintf(sum, "|%s|%d|%d|%s|%s", w.Feature, t.Width, t.Height, style, w.Options["seed"])
	return binary.BigEndian.Uint64(sum.Sum(nil))
}

// perform makes what the feature is.
func (m *maker) perform(ctx context.Context, w work) ([]Made, error) {
	switch w.Feature {
	case Background:
		return m.backgrounds(ctx, w)
	case Templates:
		return m.templates(ctx, w)
	}
	return w.each(func(t Target) (Made, error) {
		switch w.Feature {
		case AutoCrop:
			return m.cropped(ctx, w, t)
		case Touchups:
			return m.croppedOrExpanded(ctx, w, t)
		case Adapt:
			return m.adapted(ctx, w, t)
		case Brightness:
			return m.retouched(ctx, w, t, func() retouch.Result { return retouch.Adjust(within(w.src, mostDrawn)) })
		case Overlay:
			return m.retouched(ctx, w, t, func() retouch.Result { return retouch.Overlay(within(w.src, mostDrawn), w.tag()) })
		}
		return m.expansion(ctx, w, t)
	})
}
