package expand

import "image"

// salienceSide is the longer side of the picture on which salience is measured, in pixels.
const salienceSide = 160

// salience says of each pixel how much it belongs to a subject, from 0 to 1: the minimum barrier distance from the rim of the picture, the
// smallest range of levels that a path from there passes through (Zhang et al., Minimum Barrier Salient Object Detection at 80 FPS, 2015).
type salience struct {
	w, h   int
	values []float64
	of     image.Rectangle // what it covers of the canvas
}

// newSalience measures the salience of a part of a picture.
func newSalience(img *image.NRGBA, part image.Rectangle) salience {
	f := min(1, float64(salienceSide)/float64(max(part.Dx(), part.Dy())))
	w, h := max(3, int(float64(part.Dx())*f)), max(3, int(float64(part.Dy())*f))
	small := shrink(img, part, w, h)
	sum := make([]float64, w*h)
	for ch := range 3 {
		for i, d := range barrier(small.Pix, ch, w, h, everySide()) {
			sum[i] += float64(d)
		}
	}
	sum = squareMeans(sum, w, h, 2)
	most := 90.0
	for _, v := range sum {
		most = max(most, v)
	}
	for i, v := range sum {
		sum[i] = max(0, min(1, (v/most-0.25)/0.35))
	}
	return salience{w, h, sum, part}
}

// at is the salience of a pixel of the canvas; the nearest one of the part for pixels outside.
func (s salience) at(x, y int) float64 {
	sx := max(0, min(s.w-1, (x-s.of.Min.X)*s.w/s.of.Dx()))
	sy := max(0, min(s.h-1, (y-s.of.Min.Y)*s.h/s.of.Dy()))
	return s.values[sy*s.w+sx]
}

// squareMeans is the mean over squares of 2r+1.
func squareMeans(values []float64, w, h, r int) []float64 {
	rows := make([][]float64, h)
	for y := range rows {
		rows[y] = values[y*w : y*w+w]
	}
	out := make([]float64, 0, w*h)
	for _, row := range boxMean(rows, r) {
		out = append(out, row...)
	}
	return out
}

// path is the best known way to a pixel: the lowest and the highest level on it.
type path struct{ low, high uint8 }

// everySide is the whole rim.
func everySide() [4]bool { return [4]bool{true, true, true, true} }

// barrier is the distance of each pixel from some sides of the rim in levels of one channel, by four raster passes, to and fro.
func barrier(pix []uint8, ch, w, h int, from [4]bool) []uint8 {
	dist, paths := make([]uint8, w*h), make([]path, w*h)
	for i := range dist {
		v := pix[4*i+ch]
		paths[i] = path{v, v}
		x, y := i%w, i/w
		if from[left] && x == 0 || from[right] && x == w-1 || from[top] && y == 0 || from[bottom] && y == h-1 {
			continue
		}
		dist[i] = 255
	}
	relax := func(i, from int) {
		if dist[from] == 255 {
			return
		}
		v := pix[4*i+ch]
		low, high := min(paths[from].low, v), max(paths[from].high, v)
		if high-low < dist[i] {
			dist[i], paths[i] = high-low, path{low, high}
		}
	}
	for range 2 {
		for i := range w * h {
			if i%w > 0 {
				relax(i, i-1)
			}
			if i >= w {
				relax(i, i-w)
			}
		}
		for i := w*h - 1; i >= 0; i-- {
			if i%w < w-1 {
				relax(i, i+1)
			}
			if i < w*h-w {
				relax(i, i+w)
			}
		}
	}
	return dist
}
