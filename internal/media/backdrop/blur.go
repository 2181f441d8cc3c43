package backdrop

// blurred is the mean of the squares of 2·radius+1 around each value; beyond the sides the outermost values go on.
func blurred(v []int32, w, h, radius int) []int32 {
	across := make([]int32, len(v))
	for y := range h {
		slide(v[y*w:], across[y*w:], w, 1, radius)
	}
	out := make([]int32, len(v))
	for x := range w {
		slide(across[x:], out[x:], h, w, radius)
	}
	return out
}

// slide moves a window along n values that lie stride apart.
func slide(src, dst []int32, n, stride, radius int) {
	sum := src[0] * int32(radius)
	for i := range radius {
		sum += src[min(i, n-1)*stride]
	}
	width := int32(2*radius + 1)
	for i := range n {
		sum += src[min(i+radius, n-1)*stride]
		if i > 0 {
			sum -= src[max(i-radius-1, 0)*stride]
		}
		dst[i*stride] = sum / width
	}
}
