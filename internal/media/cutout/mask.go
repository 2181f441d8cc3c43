package cutout

// spread marks what lies within r pixels, in rows and columns, of a marked one.
func spread(in []bool, w, h, r int) []bool {
	rows := make([]bool, len(in))
	spreadLine(in, rows, w, h, 1, w, r)
	out := make([]bool, len(in))
	spreadLine(rows, out, h, w, w, 1, r)
	return out
}

// spreadLine is [spread] along lines of n pixels; step leads from pixel to pixel, next from line to line.
func spreadLine(in, out []bool, n, lines, step, next, r int) {
	for l := range lines {
		last := -2*r - 1
		for i := range n + r {
			if i < n && in[l*next+i*step] {
				last = i
			}
			if at := i - r; at >= 0 && last >= at-r {
				out[l*next+at*step] = true
			}
		}
	}
}

func inverse(in []bool) []bool {
	out := make([]bool, len(in))
	for i, b := range in {
		out[i] = !b
	}
	return out
}
