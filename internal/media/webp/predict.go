package webp

import "math/bits"

// black is the colour from which the first pixel is predicted.
const black = 0xff000000

// tileBits says how large the tiles are that have a prediction of their own: 16 pixels a side.
const tileBits = 4

// modes are the predictions that are tried, by the numbers of the format: the pixel to the left, that above, the mean of both, that of the two whose
// direction the colours change less in, and the plane through three.
func modes() []uint32 { return []uint32{1, 2, 7, 11, 12} }

// lessGreen takes green from the other colours, which mostly go along with it.
func lessGreen(pixels []uint32) []uint32 {
	out := make([]uint32, len(pixels))
	for i, p := range pixels {
		green := p >> 8 & 0xff
		out[i] = minus(p, green<<16|green)
	}
	return out
}

// predicted replaces pixels by their differences from what is predicted, and lists the modes of the tiles, as pixels.
func predicted(pixels []uint32, width, height int) (differences, tiles []uint32, across int) {
	across = (width + 1<<tileBits - 1) >> tileBits
	differences = make([]uint32, len(pixels))
	weights := weighed()
	for top := 0; top < height; top += 1 << tileBits {
		for left := 0; left < width; left += 1 << tileBits {
			t := tile{pixels, width, left, top, min(left+1<<tileBits, width), min(top+1<<tileBits, height)}
			best, least := uint32(0), 1<<30
			for _, mode := range modes() {
				if cost := t.cost(mode, weights, least); cost < least {
					best, least = mode, cost
				}
			}
			t.each(best, func(at int, difference uint32) bool {
				differences[at] = difference
				return true
			})
			tiles = append(tiles, black|best<<8)
		}
	}
	return differences, tiles, across
}

// tile is a part of a picture.
type tile struct {
	pixels                   []uint32
	width                    int
	left, top, right, bottom int
}

// weighed is about how many bits a difference takes.
func weighed() *[256]uint8 {
	var w [256]uint8
	for i := range w {
		w[i] = uint8(bits.Len8(uint8(max(int8(i), -int8(i)))))
	}
	return &w
}

// cost is about how many bits the tile takes with a mode; it is not counted beyond a limit.
func (t tile) cost(mode uint32, weights *[256]uint8, limit int) (cost int) {
	t.each(mode, func(_ int, d uint32) bool {
		cost += int(weights[d&0xff]) + int(weights[d>>8&0xff]) + int(weights[d>>16&0xff]) + int(weights[d>>24])
		return cost < limit
	})
	return cost
}

// each calls f with each pixel's difference from what a mode predicts, until f says no.
func (t tile) each(mode uint32, f func(at int, difference uint32) bool) {
	for y := t.top; y < t.bottom; y++ {
		for x := t.left; x < t.right; x++ {
			at, from := y*t.width+x, uint32(black)
			switch {
			case y == 0 && x > 0:
				from = t.pixels[at-1]
			case x == 0 && y > 0:
				from = t.pixels[at-t.width]
			case y > 0:
				from = predict(mode, t.pixels[at-1], t.pixels[at-t.width], t.pixels[at-t.width-1])
			}
			if !f(at, minus(t.pixels[at], from)) {
				return
			}
		}
	}
}

// predict is the colour that a mode expects between neighbours to the left, above, and above to the left.
func predict(mode, left, above, corner uint32) uint32 {
	switch mode {
	case 1:
		return left
	case 2:
		return above
	case 7:
		return ((left^above)&0xfefefefe)>>1 + (left & above) // the mean of each channel
	case 11:
		if distance(above, corner) < distance(left, corner) {
			return left
		}
		return above
	}
	var plane uint32
	for shift := 0; shift < 32; shift += 8 {
		sum := int(left>>shift&0xff) + int(above>>shift&0xff) - int(corner>>shift&0xff)
		plane |= uint32(min(max(sum, 0), 255)) << shift
	}
	return plane
}

// distance adds up how far the channels of two colours lie apart.
func distance(a, b uint32) (sum int) {
	for shift := 0; shift < 32; shift += 8 {
		d := int(a>>shift&0xff) - int(b>>shift&0xff)
		sum += max(d, -d)
	}
	return sum
}

// minus takes one colour from another, each channel modulo 256.
func minus(a, b uint32) uint32 {
	ag := 0x00ff00ff + (a & 0xff00ff00) - (b & 0xff00ff00) // what is added is borrowed from, and falls away
	rb := 0xff00ff00 + (a & 0x00ff00ff) - (b & 0x00ff00ff)
	return ag&0xff00ff00 | rb&0x00ff00ff
}
