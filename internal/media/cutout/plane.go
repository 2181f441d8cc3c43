package cutout

import "image"

// rgb is a colour in levels, 0..255 each, or a difference of two.
type rgb [3]float32

// mul is the product, rounded: a fused multiply-add would give other bytes on other machines.
func mul(a, b float32) float32 { return float32(a * b) }

func (c rgb) sub(d rgb) rgb { return rgb{c[0] - d[0], c[1] - d[1], c[2] - d[2]} }

func (c rgb) add(d rgb) rgb { return rgb{c[0] + d[0], c[1] + d[1], c[2] + d[2]} }

func (c rgb) times(f float32) rgb { return rgb{mul(c[0], f), mul(c[1], f), mul(c[2], f)} }

func (c rgb) dot(d rgb) float32 { return mul(c[0], d[0]) + mul(c[1], d[1]) + mul(c[2], d[2]) }

// luma is the brightness by Rec. 601.
func (c rgb) luma() float32 { return mul(c[0], 0.299) + mul(c[1], 0.587) + mul(c[2], 0.114) }

// largest is the greatest absolute value of the three.
func (c rgb) largest() float32 { return max(c[0], -c[0], c[1], -c[1], c[2], -c[2]) }

// plane is a picture of colours, row by row.
type plane struct {
	w, h int
	px   []rgb
}

func newPlane(w, h int) plane { return plane{w, h, make([]rgb, w*h)} }

// fromImage shrinks a picture by a whole factor, each pixel the mean of a block; what is left over at the right and at the bottom belongs to the last blocks.
func fromImage(src *image.NRGBA, factor int) plane {
	size := src.Bounds().Size()
	p := newPlane(max(size.X/factor, 1), max(size.Y/factor, 1))
	for y := range p.h {
		for x := range p.w {
			p.px[y*p.w+x] = blockMean(src, block(x, p.w, size.X, factor), block(y, p.h, size.Y, factor))
		}
	}
	return p
}

// block is the range of source pixels that make up pixel i of n.
func block(i, n, size, factor int) [2]int {
	if i == n-1 {
		return [2]int{i * factor, size}
	}
	return [2]int{i * factor, (i + 1) * factor}
}

func blockMean(src *image.NRGBA, xs, ys [2]int) rgb {
	var sum [3]int
	for y := ys[0]; y < ys[1]; y++ {
		row := src.Pix[y*src.Stride+4*xs[0] : y*src.Stride+4*xs[1]]
		for i := 0; i < len(row); i += 4 {
			sum[0] += int(row[i])
			sum[1] += int(row[i+1])
			sum[2] += int(row[i+2])
		}
	}
	n := float32((xs[1] - xs[0]) * (ys[1] - ys[0]))
	return rgb{float32(sum[0]) / n, float32(sum[1]) / n, float32(sum[2]) / n}
}

// at interpolates between pixels, whose centres lie at halves; beyond the sides it is the nearest.
func (p plane) at(x, y float32) rgb {
	x, y = min(max(x-0.5, 0), float32(p.w-1)), min(max(y-0.5, 0), float32(p.h-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, p.w-1), min(y0+1, p.h-1)
	fx, fy := x-float32(x0), y-float32(y0)
	top := p.px[y0*p.w+x0].times(1 - fx).add(p.px[y0*p.w+x1].times(fx))
	low := p.px[y1*p.w+x0].times(1 - fx).add(p.px[y1*p.w+x1].times(fx))
	return top.times(1 - fy).add(low.times(fy))
}

// fill carries the colours of known pixels smoothly into all others, coarse to fine (pull-push: Gortler and others, "The Lumigraph", 1996). Known pixels stay as they are.
// Where nothing is known the result is black.
func (p plane) fill(known []bool) plane {
	out := newPlane(p.w, p.h)
	weight := make([]float32, len(known))
	for i, k := range known {
		if k {
			out.px[i], weight[i] = p.px[i], 1
		}
	}
	out.pullPush(weight)
	return out
}

// pullPush fills p where weight is below 1 from the picture at half its size.
func (p plane) pullPush(weight []float32) {
	if p.w == 1 && p.h == 1 {
		return
	}
	half, halfWeight := p.pull(weight)
	half.pullPush(halfWeight)
	for y := range p.h {
		for x := range p.w {
			i := y*p.w + x
			if w := weight[i]; w < 1 {
				coarse := half.at((float32(x)+0.5)/2, (float32(y)+0.5)/2)
				p.px[i] = p.px[i].times(w).add(coarse.times(1 - w))
			}
		}
	}
}

// pull halves the picture: each pixel is the weighted mean of its four, and counts fully as soon as one of them does.
func (p plane) pull(weight []float32) (plane, []float32) {
	half := newPlane((p.w+1)/2, (p.h+1)/2)
	halfWeight := make([]float32, half.w*half.h)
	for y := range p.h {
		for x := range p.w {
			i, j := y*p.w+x, y/2*half.w+x/2
			half.px[j] = half.px[j].add(p.px[i].times(weight[i]))
			halfWeight[j] += weight[i]
		}
	}
	for j, w := range halfWeight {
		if w > 0 {
			half.px[j] = half.px[j].times(1 / w)
		}
		halfWeight[j] = min(w, 1)
	}
	return half, halfWeight
}

// slope is the steepest change around each pixel, in levels a pixel, over the three channels (Sobel's operator).
func (p plane) slope() []float32 {
	out := make([]float32, len(p.px))
	for y := range p.h {
		up, mid, down := max(y-1, 0)*p.w, y*p.w, min(y+1, p.h-1)*p.w
		for x := range p.w {
			l, r := max(x-1, 0), min(x+1, p.w-1)
			for c := range 3 {
				dx := p.px[up+r][c] + 2*p.px[mid+r][c] + p.px[down+r][c] - p.px[up+l][c] - 2*p.px[mid+l][c] - p.px[down+l][c]
				dy := p.px[down+l][c] + 2*p.px[down+x][c] + p.px[down+r][c] - p.px[up+l][c] - 2*p.px[up+x][c] - p.px[up+r][c]
				out[mid+x] = max(out[mid+x], (mul(dx, dx)+mul(dy, dy))/64)
			}
		}
	}
	for i, v := range out {
		out[i] = root(v)
	}
	return out
}

// roughReach is how far off, in pixels, the neighbours are that [plane.rough] looks at.
const roughReach = 2

// rough is how much brighter or darker each pixel is than the mean of the four that lie roughReach away: little on a slope, much on texture and edges.
func (p plane) rough() []float32 {
	out := make([]float32, len(p.px))
	for y := range p.h {
		up, mid, down := max(y-roughReach, 0)*p.w, y*p.w, min(y+roughReach, p.h-1)*p.w
		for x := range p.w {
			mean := p.px[up+x].add(p.px[down+x]).add(p.px[mid+max(x-roughReach, 0)]).add(p.px[mid+min(x+roughReach, p.w-1)]).times(0.25)
			d := p.px[mid+x].sub(mean).luma()
			out[mid+x] = max(d, -d)
		}
	}
	return out
}

// smoothLuma is the brightness, each pixel the mean of nine.
func (p plane) smoothLuma() []float32 {
	rows := make([]float32, len(p.px))
	for i := range rows {
		x := i % p.w
		rows[i] = p.px[i-min(x, 1)].luma() + p.px[i].luma() + p.px[i+min(p.w-1-x, 1)].luma()
	}
	out := make([]float32, len(p.px))
	for i := range out {
		y := i / p.w
		out[i] = (rows[i-min(y, 1)*p.w] + rows[i] + rows[i+min(p.h-1-y, 1)*p.w]) / 9
	}
	return out
}
