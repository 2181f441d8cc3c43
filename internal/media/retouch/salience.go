package retouch

import (
	"image"

	"github.com/marquetry/marquetry/internal/media"
)

// mapSide is the longer side of the picture on which salience is measured, in pixels.
const mapSide = 160

// A salience says how much each part of a picture matters, on a small copy of it.
type salience struct {
	w, h   int
	of     image.Rectangle   // the picture
	weight []int32           // 0 to 255 for each pixel of the copy
	total  table             // of the weights
	faces  []image.Rectangle // in pixels of the copy
	whole  []image.Rectangle // faces and lines of letters, in pixels of the copy, which must be kept or dropped as wholes
}

// newSalience measures a picture.
func newSalience(img *image.NRGBA) *salience {
	long := max(img.Rect.Dx(), img.Rect.Dy())
	w, h := max(4, img.Rect.Dx()*mapSide/long), max(4, img.Rect.Dy()*mapSide/long)
	small := media.Resize(img, w, h)
	s := &salience{w: w, h: h, of: img.Rect, weight: make([]int32, w*h)}
	stands, edges, skin := outstanding(small), edged(small), skinned(small)
	for i := range s.weight {
		s.weight[i] = stands[i]*5/8 + edges[i]/4
		if skin[i] {
			s.weight[i] += 24
		}
	}
	for _, f := range faces(small, skin) {
		s.raise(f, 130)
		s.whole, s.faces = append(s.whole, f), append(s.faces, f)
	}
	for _, l := range lines(img, w, h) {
		s.raise(l, 130)
		s.whole = append(s.whole, l)
	}
	s.total = newTable(s.weight, w, h)
	return s
}

// raise adds to the weight of a part.
func (s *salience) raise(part image.Rectangle, by int32) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			s.weight[y*s.w+x] = min(s.weight[y*s.w+x]+by, 255)
		}
	}
}

// small maps a part of the picture onto the copy; what is touched belongs to it.
func (s *salience) small(part image.Rectangle) image.Rectangle {
	w, h := s.of.Dx(), s.of.Dy()
	return image.Rect(part.Min.X*s.w/w, part.Min.Y*s.h/h, (part.Max.X*s.w+w-1)/w, (part.Max.Y*s.h+h-1)/h).Intersect(image.Rect(0, 0, s.w, s.h))
}

// share is how much of all that matters lies in a part of the picture, 0 to 1. Nothing matters in an even picture, and nothing of it can be lost.
func (s *salience) share(part image.Rectangle) float64 {
	p, all := s.small(part), s.total.sum(image.Rect(0, 0, s.w, s.h))
	if all < int64(s.w*s.h) {
		return 1
	}
	return float64(s.total.sum(p)) / float64(all)
}

// cuts reports whether a face or a line of letters would be cut by a part's outline: a rim of a tenth may go.
func (s *salience) cuts(part image.Rectangle) bool {
	p := s.small(part)
	for _, w := range s.whole {
		in := w.Intersect(p)
		if in.Dx()*in.Dy()*10 > w.Dx()*w.Dy() && in.Dx()*in.Dy()*10 < 9*w.Dx()*w.Dy() {
			return true
		}
	}
	return false
}

// bonus is what a part is worth beyond its share for the faces that it holds whole: people look for people.
func (s *salience) bonus(part image.Rectangle) float64 {
	p, sum, all := s.small(part), 0, 0
	for _, f := range s.faces {
		all += f.Dx()
		if f.In(p) {
			sum += f.Dx()
		}
	}
	return 0.4 * float64(sum) / float64(max(all, 1))
}

// strong is the weight from which a pixel belongs to a subject, and mostStrong how many in a thousand of a text's place may: rims and grain.
const strong, mostStrong = 96, 8

// covers reports whether a part hides a subject, a face or a line of letters, beyond what is at its rim.
func (s *salience) covers(part image.Rectangle) bool {
	p, n := s.small(part), 0
	for y := p.Min.Y; y < p.Max.Y; y++ {
		for x := p.Min.X; x < p.Max.X; x++ {
			if s.weight[y*s.w+x] >= strong {
				n++
			}
		}
	}
	if n*1000 > mostStrong*p.Dx()*p.Dy() {
		return true
	}
	for _, w := range s.whole {
		if in := w.Intersect(p); in.Dx()*in.Dy()*10 > w.Dx()*w.Dy() {
			return true
		}
	}
	return false
}
