// Package image makes the pictures of creatives that opted in: one pipeline for every feature, with the embedded painters or a model of the operator's choice behind it.
//
// A provider is asked for the pixels; what is asked and what comes back is checked here: the size, the original's pixels inside their rectangle, and the seam. What falls short is made by the
// embedded painter, or is ineligible, as the operator wants it.
package image

import (
	"context"
	"image"
)

// Version is raised when the embedded painters paint otherwise: results are kept by it.
const Version = 1

// Feature is a member of creative_features_spec that makes pictures.
type Feature string

// The features that are performed.
const (
	Uncrop     Feature = "image_uncrop"
	Background Feature = "image_background_gen"
	Templates  Feature = "image_templates"
	Touchups   Feature = "image_touchups"
	Brightness Feature = "image_brightness_and_contrast"
	Overlay    Feature = "add_text_overlay"
	AutoCrop   Feature = "image_auto_crop"
	Adapt      Feature = "adapt_to_placement"
)

// Target is a shape that is wanted.
type Target struct {
	Ratio         string   // "4:5", "9:16", …
	Width, Height int      // pixels
	Placements    []string // values of ad_format that it is for; none for every place
}

// Request is one picture and what to make of it.
type Request struct {
	Feature  Feature
	Source   []byte // file as uploaded or fetched
	Targets  []Target
	Headline string            // for templates, "" for none
	Text     string            // for templates and overlays, such as the price
	Options  map[string]string // customizations of the feature, as the advertiser sent them
	Brand    []string          // colours, "#rrggbb"
	Styles   []string          // of backgrounds, by the names that package backdrop has for them
}

// Made is one result: a picture, or why there is none.
type Made struct {
	Target             // of what was wanted
	Style      string  // of a background
	Data       []byte  // PNG or JPEG with its provenance inside; nil when Code is set
	Light      []byte  // the same as a JPEG file, which pages load sooner; nil where Data is one, or shows through
	Type       string  // content type of Data
	Width      int     // of the picture, in pixels
	Height     int     //
	Kept       [4]int  // of an expansion: left, top, right and bottom of the original
	Confidence float64 // 0 to 1
	Generator  string  // "embedded", "openai", "a1111", "comfyui" or "stability"
	Model      string  // of a generator that has one
	PromptHash string  // hex SHA-256 of what a model was told
	Fallback   string  // why the embedded painter stands in for a model
	Code       string  // why there is none, for programs
	Reason     string  // the same in words for advertisers
}

// Maker makes what a request asks for, in the order of its targets or styles. An error means that it may be tried again; what can never be made is a Made with a Code.
type Maker func(ctx context.Context, r Request) ([]Made, error)

// Canvas is a picture with a part to be painted.
type Canvas struct {
	Filled  *image.NRGBA    // the embedded painter's result: where to start from, and what to fall back to
	Kept    image.Rectangle // what must stay
	Product *image.RGBA     // what must stay of a background: premultiplied, its bounds are Kept; nil where all of Kept must
	Prompt  string
	Seed    uint64
}

// Painter is a model that paints the hidden part of a canvas. What it answers may have another size and may have changed what must stay: the caller mends both.
type Painter interface {
	Name() string  // of the protocol: "openai", …
	Model() string // "" when the server has but one
	Paint(ctx context.Context, c Canvas) (*image.NRGBA, error)
}
