// Package backdrop paints new backgrounds for products that were cut out: quiet colours, gradients, patterns and surfaces, drawn from the
// product's own palette or a brand's.
package backdrop

import (
	"image"
	"image/color"

	"github.com/marquetry/marquetry/internal/media/cutout"
)

// Style is a way to paint a backdrop. Its name is stable: reviews approve styles, and learning compares them.
type Style string

// Order is what is wanted.
type Order struct {
	Style         Style
	Width, Height int          // of the result, in pixels
	Brand         []color.RGBA // colours to draw from instead of the product's own; may be empty
	Seed          uint64
}

// Result is a product before a new backdrop.
type Result struct {
	Image    *image.NRGBA // nil without a product
	Product  *image.RGBA  // the product alone, premultiplied; its bounds are its place in Image
	Contrast float64      // between the product's rim and the backdrop beside it, in CIE Lab units, up to FullContrast
	Code     string       // why it should not be shown: "contrast", "foot", "empty"; "" when it may be
	Reason   string
}

// Func is the type of [Paint].
type Func func(c cutout.Cutout, o Order) Result
