package backdrop

import "github.com/marquetry/marquetry/internal/media/cutout"

// lightBits is the precision of a ratio of light: 1 << lightBits leaves a backdrop as it is.
const lightBits = 12

// A light is the ratio by which shadows darken the target, at half its size; the product's own old shadow comes along in it.
type light struct {
	w, h  int
	ratio []int32
}

// The old shadow is trusted between these ratios: below lies the product itself, above its gleam.
const (
	leastRatio = (1 << lightBits) * 40 / 100
	mostRatio  = (1 << lightBits) * 103 / 100
)

// carried takes the old shadow over, or draws one where the product had none.
func (s stage) carried(c cutout.Cutout) *light {
	l := &light{w: s.w/2 + 2, h: s.h/2 + 2}
	l.ratio = make([]int32, l.w*l.h)
	open := make([]int32, l.w*l.h) // how much of the backdrop is seen, 0 to 255
	for y := range l.h {
		for x := range l.w {
			sx, sy := s.source(float64(2*x)+0.5, float64(2*y)+0.5)
			i := y*l.w + x
			open[i] = int32(255 - s.alpha(2*x, 2*y))
			l.ratio[i] = oldLight(c, sx, sy)
		}
	}
	l.ratio = beside(l.ratio, open, l.w, l.h)
	if l.flat(open) {
		l.cast(open, max(2, s.box.Dy()/24), s.box.Dy()/40, 0.30)
	}
	return l
}

// oldLight reads the source's light between its pixels. Towards the source's sides it fades out, so that they leave no line.
func oldLight(c cutout.Cutout, x, y float64) int32 {
	const even = 1 << lightBits
	b := c.Light.Rect
	inside := min(x, y, float64(b.Max.X-1)-x, float64(b.Max.Y-1)-y)
	if inside <= 0 {
		return even
	}
	ix, iy := int(x), int(y)
	fx, fy := int32((x-float64(ix))*256), int32((y-float64(iy))*256)
	p := c.Light.Pix[iy*c.Light.Stride+ix:]
	q := p[c.Light.Stride:]
	v := (int32(p[0])*(256-fx)+int32(p[1])*fx)*(256-fy) + (int32(q[0])*(256-fx)+int32(q[1])*fx)*fy
	ratio := min(max(v>>(16+7-lightBits), leastRatio), mostRatio) // 128 is even
	fade := min(int32(256*inside/(0.08*float64(min(b.Dx(), b.Dy())))), 256)
	return even + (ratio-even)*fade/256
}

// beside spreads the light that was seen next to the product a little beneath it: what was measured on the product's own rim is not light.
func beside(ratio, open []int32, w, h int) []int32 {
	sums := make([]int32, len(ratio))
	for i, v := range ratio {
		sums[i] = (v * open[i]) >> 8
	}
	sums, weights := blurred(sums, w, h, 2), blurred(open, w, h, 2)
	out := make([]int32, len(ratio))
	for i, v := range ratio {
		switch {
		case open[i] >= 250:
			out[i] = v
		case weights[i] > 4:
			out[i] = min(sums[i]<<8/weights[i], mostRatio)
		default:
			out[i] = 1 << lightBits
		}
	}
	return out
}

// flat reports whether no shadow lies around the product.
func (l *light) flat(open []int32) bool {
	near := blurred(open, l.w, l.h, max(2, l.w/60))
	sum, n := 0, 0
	for i, v := range near {
		if v < 250 && open[i] == 255 {
			sum, n = sum+int(l.ratio[i]), n+1
		}
	}
	return n == 0 || sum > n*985*(1<<lightBits)/1000
}

// cast lays the product's outline on the ground behind it, blurred and moved down, all in pixels of half the target.
func (l *light) cast(open []int32, radius, down int, depth float64) {
	soft := blurred(blurred(open, l.w, l.h, radius), l.w, l.h, radius)
	for y := range l.h {
		for x := range l.w {
			shade := 255 - soft[max(y-down, 0)*l.w+x]
			l.ratio[y*l.w+x] -= l.ratio[y*l.w+x] * shade / 255 * int32(depth*256) >> 8
		}
	}
}

// touch darkens the surface where the product meets it: a thin line under its foot, blurred twice.
func (l *light) touch(s stage, feet []foot) {
	line := make([]int32, len(l.ratio))
	for x, f := range feet {
		if f.weight == 0 {
			continue
		}
		for y := f.y/2 - 1; y <= f.y/2+max(1, s.box.Dy()/120); y++ {
			if y >= 0 && y < l.h {
				line[y*l.w+x/2] = int32(f.weight * 255)
			}
		}
	}
	thin := max(1, s.box.Dy()/150)
	near := blurred(blurred(line, l.w, l.h, thin), l.w, l.h, thin)
	far := blurred(blurred(line, l.w, l.h, 5*thin), l.w, l.h, 4*thin)
	for i := range l.ratio {
		shade := min(near[i]*110/256+far[i]*150/256, 140)
		l.ratio[i] -= l.ratio[i] * shade >> 8
	}
}

// at is the ratio at a pixel of the target, between the nearest four.
func (l *light) at(x, y int) int32 {
	i := (y/2)*l.w + x/2
	a, b := l.ratio[i], l.ratio[i+l.w]
	if x&1 == 1 {
		a, b = (a+l.ratio[i+1])/2, (b+l.ratio[i+l.w+1])/2
	}
	if y&1 == 1 {
		return (a + b) / 2
	}
	return a
}
