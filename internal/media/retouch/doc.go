// Package retouch makes small changes to pictures: crops that keep what matters, brightness and contrast, frames with a headline, and tags
// with a text.
//
// What matters is measured by contrast to the picture's rim, by edges, by the colours of skin and by what looks like letters: no network is
// asked. Pictures come in upright, in sRGB, with their corner at the origin, and are never changed in place. The same input gives the same
// bytes.
package retouch

import "image"

// Result is a changed picture, or why there is none.
type Result struct {
	Image  *image.NRGBA    // nil when Code is set
	Kept   image.Rectangle // of a crop: the part of the source that is left
	Lost   float64         // of a crop, or of what a text covers: the share, 0 to 1, of what matters that is gone
	Panel  image.Rectangle // of a text: where it is laid
	Code   string          // why there is none, for programs: one of the Code constants; "" when there is one
	Reason string          // the same in words for advertisers
}

// Why there may be no picture.
const (
	CodeNothing = "nothing"     // there is nothing to be done
	CodeSize    = "size"        // the source is too small
	CodeSubject = "subject.cut" // what matters would be cut or covered
	CodeText    = "text"        // the text is missing, or does not fit
	CodeFont    = "font"        // no font has the text's letters, or they run from right to left
	CodeColour  = "colour"      // a colour cannot be read
)

// refused is a result without a picture.
func refused(code, reason string) Result { return Result{Code: code, Reason: reason} }
