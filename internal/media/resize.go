package media

import (
	"image"
	"math"
)

// Resize returns the picture at exactly w by h pixels, its corner at the origin, by Lanczos' filter with three lobes. Colours are weighed by how
// opaque they are, so that what lies hidden under full transparency does not show. A side below 1 counts as 1. Integers throughout: every machine
// gives the same bytes.
func Resize(img *image.NRGBA, w, h int) *image.NRGBA {
	w, h = max(1, w), max(1, h)
	b := img.Rect
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	if b.Empty() {
		return dst
	}
	src := plane{img.Pix, img.Stride, b.Dx(), b.Dy(), 4}
	out := plane{dst.Pix, dst.Stride, w, h, 4}
	if img.Opaque() {
		src.resize(out)
		return dst
	}
	src.resizeTranslucent(out)
	return dst
}

// resizePlanes is [Resize] for the three planes of a JPEG, whose colours may be coarser than its light.
func resizePlanes(img *image.YCbCr, w, h int) *image.YCbCr {
	dst := image.NewYCbCr(image.Rect(0, 0, w, h), img.SubsampleRatio)
	from, to := planes(img), planes(dst)
	for i := range from {
		from[i].resize(to[i])
	}
	return dst
}

// planes are the light and the two colours of a picture.
func planes(img *image.YCbCr) [3]plane {
	b := img.Rect
	at, last := img.COffset(b.Min.X, b.Min.Y), img.COffset(b.Max.X-1, b.Max.Y-1)
	w, h := last%img.CStride-at%img.CStride+1, last/img.CStride-at/img.CStride+1
	return [3]plane{
		{img.Y[img.YOffset(b.Min.X, b.Min.Y):], img.YStride, b.Dx(), b.Dy(), 1},
		{img.Cb[at:], img.CStride, w, h, 1},
		{img.Cr[at:], img.CStride, w, h, 1},
	}
}

// plane is values of 0 to 255 in rows; channels of them make a pixel.
type plane struct {
	pix      []byte
	stride   int
	w, h     int // pixels
	channels int
}

// resize fills dst, which has the same number of channels and no transparency. One row is made at a time: first from the rows above and
// below, then along it, so that no more than that row is held.
func (p plane) resize(dst plane) {
	across, down := kernel(p.w, dst.w), kernel(p.h, dst.h)
	sum, row := make([]int32, p.w*p.channels), make([]int32, p.w*p.channels)
	for y, taps := range down {
		p.across(sum, taps)
		for x, v := range sum {
			row[x] = (v + 1<<(drop-1)) >> drop
		}
		into := dst.pix[y*dst.stride:][:dst.w*dst.channels]
		if p.channels == 4 {
			along4(into, row, across)
		} else {
			along(into, row, across)
		}
	}
}

// across sums up the rows above and below a row of the result, four at a time because that spares most reads and writes of the sum.
func (p plane) across(sum []int32, t taps) {
	clear(sum)
	rows, i := p.pix[t.first*p.stride:], 0
	for ; i+4 <= len(t.weights); i += 4 {
		a, b, c, d := rows[i*p.stride:][:len(sum)], rows[(i+1)*p.stride:][:len(sum)], rows[(i+2)*p.stride:][:len(sum)], rows[(i+3)*p.stride:][:len(sum)]
		u, v, w, z := t.weights[i], t.weights[i+1], t.weights[i+2], t.weights[i+3]
		for x := range sum {
			sum[x] += u*int32(a[x]) + v*int32(b[x]) + w*int32(c[x]) + z*int32(d[x])
		}
	}
	for ; i < len(t.weights); i++ {
		from, weight := rows[i*p.stride:][:len(sum)], t.weights[i]
		for x := range sum {
			sum[x] += weight * int32(from[x])
		}
	}
}

// Fixed point: weights have fine bits behind the point. A row between the two passes keeps keep of them, so that the second pass does not overflow.
const (
	fine = 14
	keep = 6
	drop = fine - keep
	half = 1 << (fine + keep - 1)
)

// along resamples a row of one channel.
func along(dst []byte, row []int32, across []taps) {
	for x := range dst {
		t := &across[x]
		from := row[t.first:][:len(t.weights)]
		sum := int32(half)
		for i, w := range t.weights {
			sum += w * from[i]
		}
		dst[x] = clamp(sum >> (fine + keep))
	}
}

// along4 resamples a row of four channels.
func along4(dst []byte, row []int32, across []taps) {
	for x := range across {
		t := &across[x]
		from := row[4*t.first:][:4*len(t.weights)]
		r, g, b, a := int32(half), int32(half), int32(half), int32(half)
		for _, w := range t.weights {
			four := from[:4:4]
			r, g, b, a = r+w*four[0], g+w*four[1], b+w*four[2], a+w*four[3]
			from = from[4:]
		}
		to := dst[4*x : 4*x+4 : 4*x+4]
		to[0], to[1], to[2], to[3] = clamp(r>>(fine+keep)), clamp(g>>(fine+keep)), clamp(b>>(fine+keep)), clamp(a>>(fine+keep))
	}
}

// clamp brings what the filter overshot back into a byte.
func clamp(v int32) byte { return byte(min(max(v, 0), 255)) }

// taps are the weights of neighbouring source pixels in one pixel of the result. They add up to 1<<fine.
type taps struct {
	first   int
	weights []int32
}

// lobes of the sinc function that are used on either side.
const lobes = 3

// kernel is the taps of each of n pixels that are made of size ones (K. Turkowski, "Filters for Common Resampling Tasks", 1990). Where the
// picture gets smaller, the filter is stretched, so that no pixel is left out. Beyond the ends nothing counts.
func kernel(size, n int) []taps {
	scale := float64(size) / float64(n)
	stretch := math.Max(1, scale)
	list := make([]taps, n)
	for i := range list {
		centre := float64((float64(i)+0.5)*scale) - 0.5
		first, last := max(0, int(math.Ceil(centre-lobes*stretch))), min(size-1, int(math.Floor(centre+lobes*stretch)))
		values, total := make([]float64, last-first+1), 0.0
		for j := range values {
			values[j] = lanczos((float64(first+j) - centre) / stretch)
			total += values[j]
		}
		list[i] = taps{first, rounded(values, total)}
	}
	return list
}

// rounded brings weights to fixed point; what rounding lost goes to the heaviest.
func rounded(values []float64, total float64) []int32 {
	weights, left, heaviest := make([]int32, len(values)), int32(1<<fine), 0
	for j, v := range values {
		weights[j] = int32(math.Round(v / total * (1 << fine)))
		if left -= weights[j]; weights[j] > weights[heaviest] {
			heaviest = j
		}
	}
	weights[heaviest] += left
	return weights
}

// lanczos is the filter: a sinc function in the window of a wider one.
func lanczos(x float64) float64 {
	if x = math.Abs(x); x < 1e-9 {
		return 1
	}
	if x >= lobes {
		return 0
	}
	x *= math.Pi
	return lobes * math.Sin(x) * math.Sin(x/lobes) / (x * x)
}
