package image

import "image"

// cell is the side of the squares that are searched for letters, in pixels: letters of 12 to 60 pixels fill a few of them.
const cell = 16

// lettering is the share of a part of a picture, 0 to 1, that looks like lines of letters: squares of two tones with sharp changes between them, at least
// four in a row. Foliage and weave have tones between; stripes and tiles are taken for letters, which is why a picture is compared with its source.
func lettering(img *image.NRGBA, part func(x, y int) bool) float64 {
	cells, letters := 0, 0
	for y := 0; y+cell <= img.Rect.Dy(); y += cell {
		run := 0
		for x := 0; x+cell <= img.Rect.Dx(); x += cell {
			if !part(x, y) || !part(x+cell-1, y) || !part(x, y+cell-1) || !part(x+cell-1, y+cell-1) {
				run = 0
				continue
			}
			cells++
			if !twoTone(img, x, y) {
				run = 0
				continue
			}
			if run++; run == 4 {
				letters += 4
			} else if run > 4 {
				letters++
			}
		}
	}
	return float64(letters) / float64(max(cells, 1))
}

// twoTone reports whether a square holds two tones far apart, little between them, and several changes from one to the other in its rows.
func twoTone(img *image.NRGBA, left, top int) bool {
	var luma [cell][cell]int
	low, high := 255, 0
	for y := range cell {
		for x := range cell {
			p := img.Pix[img.PixOffset(left+x, top+y):]
			v := (77*int(p[0]) + 150*int(p[1]) + 29*int(p[2])) >> 8
			luma[y][x], low, high = v, min(low, v), max(high, v)
		}
	}
	span := high - low
	if span < 80 {
		return false
	}
	dark, light, changes := 0, 0, 0
	for y := range cell {
		for x := range cell {
			switch v := luma[y][x]; {
			case v <= low+span/4:
				dark++
			case v >= high-span/4:
				light++
			}
			if x > 0 && (luma[y][x]-low > span/2) != (luma[y][x-1]-low > span/2) {
				changes++
			}
		}
	}
	return dark+light >= cell*cell*7/10 && min(dark, light) >= cell*cell/12 && changes >= cell
}
