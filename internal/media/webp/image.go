package webp

// Symbols of the first code: green of a colour, lengths of copies, and colours seen lately.
const (
	greens  = 256
	lengthN = 24
	seenAt  = greens + lengthN
)

// counts are how often each symbol of the five codes occurs: green with what stands in its place, red, blue, alpha, distances.
type counts [5][]uint32

// cacheSizes are those that are tried for the memory of colours seen lately, as powers of two; 0 for none.
func cacheSizes() []uint { return []uint{0, 6, 10} }

// writeImage writes pixels as tokens. The picture itself says that its codes are the same everywhere; the small ones of transforms need not.
func writeImage(w *bitWriter, pixels []uint32, width int, itself bool) {
	list := tokens(pixels, width)
	var best counts
	var seen []int32
	size, least := uint(0), 0.0
	for _, bits := range cacheSizes() {
		s := lately(list, pixels, bits)
		c := count(list, s, bits)
		cost := 0.0
		for _, one := range c {
			cost += entropy(one)
		}
		if best[0] == nil || cost < least {
			best, seen, size, least = c, s, bits, cost
		}
	}
	if w.flag(size > 0); size > 0 {
		w.write(uint32(size), 4)
	}
	if itself {
		w.write(0, 1)
	}
	var codes [5]prefixCode
	for i, one := range best {
		codes[i] = writeCode(w, one)
	}
	for i, t := range list {
		t.write(w, &codes, seen[i])
	}
}

// lately finds for each token the place of its colour among those seen lately, in a memory of so many bits; -1 for what is not there.
func lately(list []token, pixels []uint32, bits uint) []int32 {
	seen := make([]int32, len(list))
	memory := make([]uint32, 1<<bits)
	at := 0
	for i, t := range list {
		seen[i] = -1
		n := max(1, int(t.length))
		for _, p := range pixels[at : at+n] {
			if bits == 0 {
				break
			}
			place := p * 0x1e35a7bd >> (32 - bits)
			if t.length == 0 && memory[place] == p {
				seen[i] = int32(place)
			}
			memory[place] = p
		}
		at += n
	}
	return seen
}

// count counts symbols.
func count(list []token, seen []int32, bits uint) counts {
	c := counts{make([]uint32, seenAt), make([]uint32, 256), make([]uint32, 256), make([]uint32, 256), make([]uint32, 40)}
	if bits > 0 {
		c[0] = make([]uint32, seenAt+1<<bits)
	}
	for i, t := range list {
		switch {
		case t.length > 0:
			length, _, _ := split(t.length)
			distance, _, _ := split(t.code)
			c[0][greens+length]++
			c[4][distance]++
		case seen[i] >= 0:
			c[0][seenAt+seen[i]]++
		default:
			c[0][t.colour>>8&0xff]++
			c[1][t.colour>>16&0xff]++
			c[2][t.colour&0xff]++
			c[3][t.colour>>24]++
		}
	}
	return c
}

// write writes a token, by its place among the colours seen lately where it has one.
func (t token) write(w *bitWriter, codes *[5]prefixCode, seen int32) {
	switch {
	case t.length > 0:
		symbol, extra, n := split(t.length)
		codes[0].put(w, greens+symbol)
		w.write(extra, n)
		symbol, extra, n = split(t.code)
		codes[4].put(w, symbol)
		w.write(extra, n)
	case seen >= 0:
		codes[0].put(w, seenAt+int(seen))
	default:
		codes[0].put(w, int(t.colour>>8&0xff))
		codes[1].put(w, int(t.colour>>16&0xff))
		codes[2].put(w, int(t.colour&0xff))
		codes[3].put(w, int(t.colour>>24))
	}
}
