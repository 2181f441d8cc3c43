package retouch

// path is the best known way to a pixel: the lowest and the highest level on it.
type path struct{ low, high uint8 }

// barrier is the distance of each pixel from the rim in levels of one channel: the smallest range of levels that a path from there passes
// through. Zhang et al., Minimum Barrier Salient Object Detection at 80 FPS, 2015: two passes to and two fro come close to it.
func barrier(level []uint8, w, h int) []uint8 {
	dist, paths := make([]uint8, w*h), make([]path, w*h)
	for i, v := range level {
		paths[i] = path{v, v}
		if x, y := i%w, i/w; x > 0 && y > 0 && x < w-1 && y < h-1 {
			dist[i] = 255
		}
	}
	relax := func(i, from int) {
		low, high := min(paths[from].low, level[i]), max(paths[from].high, level[i])
		if high-low < dist[i] {
			dist[i], paths[i] = high-low, path{low, high}
		}
	}
	for range 2 {
		for i := w + 1; i < w*h; i++ {
			relax(i, i-1)
			relax(i, i-w)
		}
		for i := w*h - w - 2; i >= 0; i-- {
			relax(i, i+1)
			relax(i, i+w)
		}
	}
	return dist
}
