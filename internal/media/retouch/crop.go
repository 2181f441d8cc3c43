package retouch

import (
	"fmt"
	"image"

	"github.com/marquetry/marquetry/internal/media"
)

// Limits of crops.
const (
	largest  = 2    // how far a part is enlarged at most
	mostLost = 0.30 // of what matters; above it a crop is refused
)

// Crop makes a picture of exactly width by height: the largest part of that shape that keeps most of what matters, resized. It is refused
// when that is too little, when a face or a text would be cut, or when it would have to be enlarged more than twice. Lost and Kept are
// answered also then.
func Crop(src *image.NRGBA, width, height int) Result {
	s := newSalience(src)
	part, cut := s.best(width, height)
	res := Result{Kept: part, Lost: 1 - s.share(part)}
	switch {
	case width > largest*part.Dx():
		res.Code = CodeSize
		res.Reason = fmt.Sprintf("The picture is too small: %d by %d pixels would be enlarged to %d by %d.", part.Dx(), part.Dy(), width, height)
	case cut:
		res.Code, res.Reason = CodeSubject, "This shape would cut a face or a text."
	case res.Lost > mostLost:
		res.Code, res.Reason = CodeSubject, fmt.Sprintf("This shape would lose about %.0f %% of what matters in the picture.", 100*res.Lost)
	default:
		res.Image = media.Resize(cutTo(src, part), width, height)
	}
	return res
}

// best slides the largest part of a shape along the picture and answers the place with the most of what matters, and whether even that cuts
// a face or a text. Among equals the middle wins.
func (s *salience) best(width, height int) (image.Rectangle, bool) {
	w, h := s.of.Dx(), s.of.Dy()
	pw, ph := w, max(1, (w*height+width/2)/width)
	if ph > h {
		pw, ph = min(w, max(1, (h*width+height/2)/height)), h
	}
	room := max(w-pw, h-ph)
	step := max(1, room/200)
	best, most, cut := image.Rectangle{}, -3.0, false
	for at := room % step / 2; at <= room; at += step {
		part := image.Rect(0, 0, pw, ph).Add(image.Pt(min(at, w-pw), min(at, h-ph)))
		worth := s.share(part) + s.bonus(part) - float64(0.03*off(at, room))
		cuts := s.cuts(part)
		if cuts {
			worth--
		}
		if worth > most {
			best, most, cut = part, worth, cuts
		}
	}
	return best, cut
}

// off is how far from the middle of its room a place lies, 0 to 1.
func off(at, room int) float64 {
	if room == 0 {
		return 0
	}
	return float64(max(2*at-room, room-2*at)) / float64(room)
}

// cutTo is a part of a picture as one of its own.
func cutTo(src *image.NRGBA, part image.Rectangle) *image.NRGBA {
	dst := image.NewNRGBA(image.Rectangle{Max: part.Size()})
	for y := range part.Dy() {
		copy(dst.Pix[y*dst.Stride:], src.Pix[src.PixOffset(part.Min.X, part.Min.Y+y):][:4*part.Dx()])
	}
	return dst
}
