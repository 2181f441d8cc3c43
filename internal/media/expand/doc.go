// Package expand extends pictures beyond their sides, to the ratio of a placement.
//
// The source is scaled to fit into the target and lies in its middle; its pixels are then never changed. Sides that are flat, such as paper and
// studio sweeps, are continued by fitted surfaces with their grain. Everything else is completed by patches of the source, coarse to fine. What would look wrong is
// said to be so: a person who is cut by the side does not go on by patches. The same input gives the same bytes on any number of cores.
package expand

import (
	"context"
	"image"
)

// Order is what is wanted of a picture.
type Order struct {
	Width, Height int // of the result, in pixels
	Seed          uint64
	Workers       int // goroutines at most; the result does not depend on it; 0 is one for each core
}

// Result is an extended picture.
type Result struct {
	Image      *image.NRGBA    // Order.Width by Order.Height, its corner at the origin; nil where it was not even tried
	Kept       image.Rectangle // where the source lies, pixel for pixel as Fit scaled it
	Confidence float64         // from 0, surely wrong, to 1
	Reason     string          // why it should not be shown, in words for advertisers; "" when it may be
	Code       string          // the same for programs: "small", "narrow", "subject.cut", "text.cut", "scene", "repeats", "seam"
}

// Func is the type of [Expand], which others can stand in for: an upright sRGB picture with its corner at the origin goes in. An error means that ctx ended
// or that the sizes make no sense; a picture that cannot be extended well is a Result with a Reason.
type Func func(ctx context.Context, src *image.NRGBA, o Order) (Result, error)
