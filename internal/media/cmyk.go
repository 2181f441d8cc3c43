package media

// inks are how the overprints of full process inks look on coated paper, in sRGB: what common desktop programs show for them. Bit 0 of the
// index is cyan, bit 1 magenta, bit 2 yellow and bit 3 black.
func inks() [16][3]uint64 {
	return [16][3]uint64{
		{255, 255, 255}, {0, 174, 239}, {236, 0, 140}, {46, 49, 146}, {255, 242, 0}, {0, 166, 81}, {237, 28, 36}, {54, 54, 57},
		{35, 31, 32}, {0, 15, 26}, {33, 0, 11}, {5, 2, 18}, {28, 26, 0}, {0, 20, 9}, {32, 4, 5}, {0, 0, 0},
	}
}

// printed turns one pixel of cyan, magenta, yellow and black, 255 for full ink, into sRGB: the mean of the overprints, each weighed by how
// much of the paper it covers where dots of ink fall independently (Demichel's equations). Mixing encoded values makes up for dots that
// spread: half black comes out at 145 as printers expect it. Profiles of printers are not read.
func printed(p, cmyk []byte, inks *[16][3]uint64) {
	var low, high [4]uint64 // weights of cyan and magenta, and of yellow and black
	for i := range low {
		low[i], high[i] = share(cmyk[0], i&1)*share(cmyk[1], i>>1), share(cmyk[2], i&1)*share(cmyk[3], i>>1)
	}
	var r, g, b uint64
	for i := range inks {
		w := low[i&3] * high[i>>2]
		r, g, b = r+w*inks[i][0], g+w*inks[i][1], b+w*inks[i][2]
	}
	const all = 255 * 255 * 255 * 255
	p[0], p[1], p[2], p[3] = byte((r+all/2)/all), byte((g+all/2)/all), byte((b+all/2)/all), 255
}

// share is the part of the paper with (1) or without (0) an ink, of 255.
func share(amount byte, with int) uint64 {
	if with == 1 {
		return uint64(amount)
	}
	return uint64(255 - amount)
}
