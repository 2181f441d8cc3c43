package image

import (
	"context"
	"encoding/json"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/retouch"
)

// cropped is the part of a picture that fills a target and holds what matters.
func (m *maker) cropped(ctx context.Context, w work, t Target) (Made, error) {
	return m.retouched(ctx, w, t, func() retouch.Result { return retouch.Crop(w.src, t.Width, t.Height) })
}

// croppedOrExpanded crops where nothing that matters is lost, and extends elsewhere.
func (m *maker) croppedOrExpanded(ctx context.Context, w work, t Target) (Made, error) {
	made, err := m.cropped(ctx, w, t)
	if err != nil || made.Code == "" {
		return made, err
	}
	return m.expansion(ctx, w, t)
}

// adapted fits a catalog's picture to a placement: cropped first where the creative says so, if it does not opt out of the ratio.
func (m *maker) adapted(ctx context.Context, w work, t Target) (Made, error) {
	switch {
	case w.optsOut(t.Ratio):
		return Made{Target: t, Generator: embedded}.without("opted_out", "The creative opts out of this ratio."), nil
	case w.Options["image_crop_style"] == "AUTO":
		return m.croppedOrExpanded(ctx, w, t)
	}
	return m.expansion(ctx, w, t)
}

// optsOut reports whether aspect_ratio_config, a JSON object, turns a ratio off: ar_4_5 and ar_9_16 are its members.
func (r Request) optsOut(ratio string) bool {
	var config map[string]struct {
		Status string `json:"enroll_status"`
	}
	member := map[string]string{"4:5": "ar_4_5", "9:16": "ar_9_16"}[ratio]
	return json.Unmarshal([]byte(r.Options["aspect_ratio_config"]), &config) == nil && config[member].Status == "OPT_OUT"
}

// retouched is a picture that was changed a little.
func (m *maker) retouched(ctx context.Context, w work, t Target, change func() retouch.Result) (Made, error) {
	r, err := held(ctx, m, t.Width*t.Height, func() (retouch.Result, error) { return change(), nil })
	if err != nil {
		return Made{}, err
	}
	made := Made{Target: t, Generator: embedded, Confidence: 1 - r.Lost}
	if r.Code != "" {
		return made.without(r.Code, r.Reason), nil
	}
	return w.encoded(made, r.Image, !r.Image.Opaque(), media.Enhanced)
}

// mostDrawn is the longer side of a picture that texts are drawn on, in pixels: twice what the platform shows.
const mostDrawn = 2 * mostSide
