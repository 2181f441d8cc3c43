// Package cutout separates a product from the uniform backdrop that it was photographed on.
//
// A robust surface is fitted to the rim of the picture; what lies on it, or is its shadow, is backdrop; a least cut decides at the product's edge, first small and then at full size,
// and alpha there is how far a colour lies on the way from the backdrop's to the product's. Before another backdrop N it is alpha*Colour + (1-alpha)*N*Light/128.
// Glass, busy scenes and products that leave the picture are refused with a reason.
package cutout

import "image"

// Cutout is a product without its backdrop.
type Cutout struct {
	Alpha  *image.Alpha    // 255 is all product
	Colour *image.NRGBA    // of the product, without the backdrop's tint at its edges; as large as the source
	Light  *image.Gray     // how bright the backdrop is beside its even surface, 128 for as bright: the product's shadow, which can be laid on another backdrop
	Bounds image.Rectangle // of the product
	Code   string          // why it is no cut-out to be used, for programs: "scene", "glass", "rim", "size"; "" when it may be
	Reason string          // the same in words for advertisers
}

// Eligible reports whether the cut-out may be used.
func (c Cutout) Eligible() bool { return c.Code == "" }

// Func is the type of [Cut]: an upright sRGB picture with its corner at the origin goes in. One with transparency of its own is its own cut-out.
type Func func(src *image.NRGBA) Cutout
