package score

import (
	"image"
	"math"
)

// plane is one channel of a picture, row after row, 0..255 unless said otherwise.
type plane struct {
	w, h int
	v    []float64
}

// newPlane is all zero.
func newPlane(w, h int) plane { return plane{w: w, h: h, v: make([]float64, w*h)} }

// at reads a value; beyond the rim stands the nearest one.
func (p plane) at(x, y int) float64 {
	return p.v[min(max(y, 0), p.h-1)*p.w+min(max(x, 0), p.w-1)]
}

// channels splits a picture into red, green and blue; alpha is not looked at.
func channels(img *image.NRGBA) [3]plane {
	b := img.Bounds()
	var out [3]plane
	for c := range out {
		out[c] = newPlane(b.Dx(), b.Dy())
		for y := range b.Dy() {
			row := img.Pix[y*img.Stride:]
			for x := range b.Dx() {
				out[c].v[y*b.Dx()+x] = float64(row[4*x+c])
			}
		}
	}
	return out
}

// luma weighs red, green and blue as ITU-R BT.601 does.
func luma(rgb [3]plane) plane {
	out := newPlane(rgb[0].w, rgb[0].h)
	for i := range out.v {
		out.v[i] = 0.299*rgb[0].v[i] + 0.587*rgb[1].v[i] + 0.114*rgb[2].v[i]
	}
	return out
}

// filter convolves with an odd, even-handed kernel along rows and then columns.
func (p plane) filter(kernel []float64) plane {
	rows, r := newPlane(p.w, p.h), len(kernel)/2
	for y := range p.h {
		wide := make([]float64, p.w+2*r)
		for x := range wide {
			wide[x] = p.at(x-r, y)
		}
		for k, weight := range kernel {
			add(rows.v[y*p.w:][:p.w], wide[k:], weight)
		}
	}
	out := newPlane(p.w, p.h)
	for y := range p.h {
		for k, weight := range kernel {
			from := min(max(y+k-r, 0), p.h-1)
			add(out.v[y*p.w:][:p.w], rows.v[from*p.w:], weight)
		}
	}
	return out
}

// add adds so much of one row to another.
func add(sum, row []float64, weight float64) {
	row = row[:len(sum)]
	for i := range sum {
		sum[i] += weight * row[i]
	}
}

// gauss is a kernel of that deviation in pixels, cut at radius; it sums to one.
func gauss(sigma float64, radius int) []float64 {
	kernel, sum := make([]float64, 2*radius+1), 0.0
	for i := range kernel {
		d := float64(i - radius)
		kernel[i] = math.Exp(-d * d / (2 * sigma * sigma))
		sum += kernel[i]
	}
	for i := range kernel {
		kernel[i] /= sum
	}
	return kernel
}

// binomial is the five-tap kernel of Burt and Adelson's pyramids.
func binomial() []float64 { return []float64{1. / 16, 4. / 16, 6. / 16, 4. / 16, 1. / 16} }

// half keeps every second pixel of the blurred plane.
func (p plane) half() plane {
	blurred, out := p.filter(binomial()), newPlane((p.w+1)/2, (p.h+1)/2)
	for y := range out.h {
		for x := range out.w {
			out.v[y*out.w+x] = blurred.v[2*y*p.w+2*x]
		}
	}
	return out
}

// double is what half left, at w by h again, interpolated linearly.
func (p plane) double(w, h int) plane {
	out := newPlane(w, h)
	for y := range h {
		above, below := p.v[y/2*p.w:][:p.w], p.v[min((y+1)/2, p.h-1)*p.w:][:p.w]
		for x := range w {
			a, b := x/2, min((x+1)/2, p.w-1)
			out.v[y*w+x] = (above[a] + above[b] + below[a] + below[b]) / 4
		}
	}
	return out
}

// minus is the difference, pixel by pixel.
func (p plane) minus(q plane) plane {
	out := newPlane(p.w, p.h)
	for i := range out.v {
		out.v[i] = p.v[i] - q.v[i]
	}
	return out
}

// side is a hidden strip and the way that leads out of the picture.
type side struct {
	image.Rectangle
	dx, dy int // one step outward
}

// sides are the parts of a picture outside of what is known: above and below in full width, left and right between them.
func sides(w, h int, known image.Rectangle) []side {
	all := []side{
		{image.Rect(0, 0, w, known.Min.Y), 0, -1},
		{image.Rect(0, known.Max.Y, w, h), 0, 1},
		{image.Rect(0, known.Min.Y, known.Min.X, known.Max.Y), -1, 0},
		{image.Rect(known.Max.X, known.Min.Y, w, known.Max.Y), 1, 0},
	}
	var out []side
	for _, s := range all {
		if !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}

// depth is how many pixels the side goes outward.
func (s side) depth() int {
	if s.dx != 0 {
		return s.Dx()
	}
	return s.Dy()
}

// length is how many pixels lie along the border.
func (s side) length() int {
	if s.dx != 0 {
		return s.Dy()
	}
	return s.Dx()
}

// pixel is the place so far along the border and so many pixels outward of the first hidden one.
func (s side) pixel(along, out int) image.Point {
	switch {
	case s.dy < 0:
		return image.Pt(s.Min.X+along, s.Max.Y-1-out)
	case s.dy > 0:
		return image.Pt(s.Min.X+along, s.Min.Y+out)
	case s.dx < 0:
		return image.Pt(s.Max.X-1-out, s.Min.Y+along)
	default:
		return image.Pt(s.Min.X+out, s.Min.Y+along)
	}
}
