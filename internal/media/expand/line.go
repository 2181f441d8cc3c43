package expand

// smooth is a line after three running means, which together come close to a Gaussian of that sigma; ends are held.
func smooth(line []float64, sigma float64) []float64 {
	r := int(sigma + 0.5) // three boxes of 2r+1 have a variance of r(r+1)
	out := append([]float64(nil), line...)
	if r < 1 || len(line) == 0 {
		return out
	}
	next := make([]float64, len(out))
	for range 3 {
		means(next, out, r)
		out, next = next, out
	}
	return out
}

// means writes running means of 2r+1 values, the first and last of which are held beyond the ends.
func means(to, from []float64, r int) {
	n := len(from)
	clamp := func(i int) float64 { return from[max(0, min(n-1, i))] }
	sum := 0.0
	for i := -r; i <= r; i++ {
		sum += clamp(i)
	}
	for i := range from {
		to[i] = sum / float64(2*r+1)
		sum += clamp(i+r+1) - clamp(i-r)
	}
}

// byteOf rounds a level into 0..255.
func byteOf(v float64) uint8 { return uint8(max(0, min(255, v+0.5))) }
