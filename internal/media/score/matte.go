package score

import (
	"image"
	"math"
)

// Matte is how near a cut-out's alpha comes to the true one.
type Matte struct {
	IoU  float64 `json:"iou"`  // of the halves above 127: what both have over what either has
	BIoU float64 `json:"biou"` // the same within 4 pixels of the true border
	SAD  float64 `json:"sad"`  // sum of absolute differences of alpha in 0..1, in thousands
	MSE  float64 `json:"mse"`  // mean square difference of alpha in 0..1, times 1000
	Grad float64 `json:"grad"` // sum of square differences of alpha's gradient (Gaussian, sigma 1.4), in thousands
}

// Failed is the overlap below which a cut-out is of no use.
const Failed = 0.8

// Matted measures an alpha of the truth's size.
func Matted(truth, made *image.Alpha) Matte {
	t, m := opacity(truth), opacity(made)
	border := near(t, 4)
	var s Matte
	s.IoU = overlap(t, m, func(int) bool { return true })
	s.BIoU = overlap(t, m, func(i int) bool { return border[i] })
	gt, gm := slope(t), slope(m)
	for i := range t.v {
		d := math.Abs(t.v[i] - m.v[i])
		g := gt.v[i] - gm.v[i]
		s.SAD, s.MSE, s.Grad = s.SAD+d/1000, s.MSE+d*d, s.Grad+g*g/1000
	}
	s.MSE *= 1000 / float64(max(1, len(t.v)))
	return s
}

// MeanMatte is the mean of some scores, and the share of them that failed.
func MeanMatte(list []Matte) (mean Matte, failed float64) {
	n := float64(max(1, len(list)))
	for _, s := range list {
		mean.IoU, mean.BIoU, mean.SAD = mean.IoU+s.IoU/n, mean.BIoU+s.BIoU/n, mean.SAD+s.SAD/n
		mean.MSE, mean.Grad = mean.MSE+s.MSE/n, mean.Grad+s.Grad/n
		if s.IoU < Failed {
			failed += 1 / n
		}
	}
	return mean, failed
}

// opacity is alpha in 0..1.
func opacity(img *image.Alpha) plane {
	b := img.Bounds()
	p := newPlane(b.Dx(), b.Dy())
	for y := range p.h {
		for x := range p.w {
			p.v[y*p.w+x] = float64(img.Pix[y*img.Stride+x]) / 255
		}
	}
	return p
}

// overlap is intersection over union where counted; nothing over nothing is 1.
func overlap(t, m plane, counted func(int) bool) float64 {
	both, either := 0, 0
	for i := range t.v {
		a, b := t.v[i] > 0.5, m.v[i] > 0.5
		if !counted(i) || (!a && !b) {
			continue
		}
		either++
		if a && b {
			both++
		}
	}
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}

// near marks the pixels within so many of one whose neighbour is on the other side of one half.
func near(p plane, radius int) []bool {
	out := make([]bool, len(p.v))
	for y := range p.h {
		for x := range p.w {
			inside := p.at(x, y) > 0.5
			if inside != (p.at(x+1, y) > 0.5) || inside != (p.at(x, y+1) > 0.5) {
				mark(out, p.w, p.h, x, y, radius)
			}
		}
	}
	return out
}

// mark sets a disc.
func mark(out []bool, w, h, x, y, radius int) {
	for j := max(0, y-radius); j <= min(h-1, y+radius); j++ {
		for i := max(0, x-radius); i <= min(w-1, x+radius); i++ {
			if (i-x)*(i-x)+(j-y)*(j-y) <= radius*radius {
				out[j*w+i] = true
			}
		}
	}
}

// slope is the strength of the gradient of the blurred plane.
func slope(p plane) plane {
	p = p.filter(gauss(1.4, 4))
	out := newPlane(p.w, p.h)
	for y := range p.h {
		for x := range p.w {
			out.v[y*p.w+x] = math.Hypot(p.at(x+1, y)-p.at(x-1, y), p.at(x, y+1)-p.at(x, y-1)) / 2
		}
	}
	return out
}
