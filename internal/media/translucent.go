package media

// resizeTranslucent is [plane.resize] for four channels of which the last says how opaque the others are.
func (p plane) resizeTranslucent(dst plane) {
	across, down := kernel(p.w, dst.w), kernel(p.h, dst.h)
	sum := make([]int64, 4*p.w)
	for y, taps := range down {
		clear(sum)
		for i, weight := range taps.weights {
			from := p.pix[(taps.first+i)*p.stride:][:len(sum)]
			for x := 0; x < len(sum); x += 4 {
				opaque := int64(weight) * int64(from[x+3])
				sum[x] += opaque * int64(from[x])
				sum[x+1] += opaque * int64(from[x+1])
				sum[x+2] += opaque * int64(from[x+2])
				sum[x+3] += opaque
			}
		}
		alongTranslucent(dst.pix[y*dst.stride:][:4*dst.w], sum, across)
	}
}

// alongTranslucent resamples a row whose colours were multiplied by how opaque they are, and divides them again. The row has fine bits
// behind the point.
func alongTranslucent(dst []byte, row []int64, across []taps) {
	for x := range across {
		t := &across[x]
		from := row[4*t.first:][:4*len(t.weights)]
		var r, g, b, a int64
		for _, weight := range t.weights {
			w := int64(weight)
			r, g, b, a = r+w*from[0], g+w*from[1], b+w*from[2], a+w*from[3]
			from = from[4:]
		}
		to := dst[4*x : 4*x+4 : 4*x+4]
		if to[3] = clamp(int32((a + 1<<(2*fine-1)) >> (2 * fine))); to[3] > 0 {
			to[0], to[1], to[2] = divided(r, a), divided(g, a), divided(b, a)
		}
	}
}

// divided is a colour whose product with how opaque it is was summed up, a positive sum of how opaque.
func divided(product, opaque int64) byte {
	return byte(min(max((product+opaque/2)/opaque, 0), 255))
}
