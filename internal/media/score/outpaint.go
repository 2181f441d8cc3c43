package score

import (
	"image"
	"math"
)

// Outpaint is how near an extended picture comes to the true one, over the hidden part unless said otherwise.
type Outpaint struct {
	PSNR   float64 `json:"psnr"`   // in decibels, over red, green and blue; 60 at most
	SSIM   float64 `json:"ssim"`   // structural similarity of luma, 1 at best
	MSSSIM float64 `json:"msssim"` // the same over five scales of the whole picture
	SWD    float64 `json:"swd"`    // distance of textures in hundredths of the truth's contrast
	Hist   float64 `json:"hist"`   // distance of colours at the same height, in units of 8-bit Lab
	Grad   float64 `json:"grad"`   // share of gradients that are of another strength, 0..1
	Seam   float64 `json:"seam"`   // |log2| of the step across the border over the truth's
	Rep    float64 `json:"rep"`    // likeness to itself outward, beyond the truth's: copies in a row, 0..1
	Kept   int     `json:"kept"`   // known pixels that were changed
}

// Outpainted measures a picture of the truth's size that shows truth's pixels in known and was made up around it.
func Outpainted(truth, made *image.NRGBA, known image.Rectangle) Outpaint {
	t, m := channels(truth), channels(made)
	tl, ml := luma(t), luma(m)
	hidden := sides(tl.w, tl.h, known)
	one, scales := ssims(tl, ml, hidden)
	return Outpaint{
		PSNR: psnr(t, m, hidden), SSIM: one, MSSSIM: scales,
		SWD: swd(t, m, hidden), Hist: hist(t, m, hidden), Grad: grad(tl, ml, hidden),
		Seam: seam(t, m, hidden), Rep: rep(tl, ml, hidden), Kept: changed(t, m, known),
	}
}

// Mean is the mean of some scores; Kept is their sum.
func Mean(list []Outpaint) Outpaint {
	var m Outpaint
	n := float64(max(1, len(list)))
	for _, o := range list {
		m.PSNR, m.SSIM, m.MSSSIM = m.PSNR+o.PSNR/n, m.SSIM+o.SSIM/n, m.MSSSIM+o.MSSSIM/n
		m.SWD, m.Hist, m.Grad = m.SWD+o.SWD/n, m.Hist+o.Hist/n, m.Grad+o.Grad/n
		m.Seam, m.Rep, m.Kept = m.Seam+o.Seam/n, m.Rep+o.Rep/n, m.Kept+o.Kept
	}
	return m
}

// psnr is the peak signal over the mean square error.
func psnr(t, m [3]plane, hidden []side) float64 {
	sum, n := 0.0, 0
	for c := range t {
		each(hidden, func(x, y int) {
			d := t[c].v[y*t[c].w+x] - m[c].v[y*t[c].w+x]
			sum, n = sum+d*d, n+1
		})
	}
	return min(60, 10*math.Log10(255*255*float64(n)/max(sum, 1e-9)))
}

// each visits the pixels of all sides.
func each(hidden []side, visit func(x, y int)) {
	for _, s := range hidden {
		for y := s.Min.Y; y < s.Max.Y; y++ {
			for x := s.Min.X; x < s.Max.X; x++ {
				visit(x, y)
			}
		}
	}
}

// changed counts known pixels that are not the truth's.
func changed(t, m [3]plane, known image.Rectangle) int {
	n := 0
	for y := known.Min.Y; y < known.Max.Y; y++ {
		for i := y*t[0].w + known.Min.X; i < y*t[0].w+known.Max.X; i++ {
			if t[0].v[i] != m[0].v[i] || t[1].v[i] != m[1].v[i] || t[2].v[i] != m[2].v[i] {
				n++
			}
		}
	}
	return n
}

// seam compares the step across the border, from the last known pixel to the first hidden one, with the truth's: |log2((made+1/2)/(truth+1/2))| of the
// mean absolute steps over red, green and blue, the mean over the sides. The half level keeps a step of nothing finite.
func seam(t, m [3]plane, hidden []side) float64 {
	sum := 0.0
	for _, s := range hidden {
		sum += math.Abs(math.Log2((s.step(m) + 0.5) / (s.step(t) + 0.5)))
	}
	return sum / float64(max(1, len(hidden)))
}

// step is the mean absolute difference across a side's border, in levels.
func (s side) step(p [3]plane) float64 {
	sum := 0.0
	for c := range p {
		for along := range s.length() {
			in, out := s.pixel(along, -1), s.pixel(along, 0)
			sum += math.Abs(p[c].at(in.X, in.Y) - p[c].at(out.X, out.Y))
		}
	}
	return sum / float64(3*s.length())
}
