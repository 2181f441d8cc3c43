package expand

import "image"

// shrink is a part of a picture at a smaller size: each pixel is the mean of the area that it covers.
func shrink(img *image.NRGBA, part image.Rectangle, w, h int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	columns, rows := shares(part.Dx(), w), shares(part.Dy(), h)
	for y, row := range rows {
		for x, column := range columns {
			mean(out.Pix[out.PixOffset(x, y):], img, part.Min, column, row)
		}
	}
	return out
}

// share is the part of a line that one pixel of the shrunk line covers: from one pixel to another, both counted, the first and the last of
// them with weights of less than 256.
type share struct{ from, to, first, last int }

// shares cuts a line of n pixels into m.
func shares(n, m int) []share {
	out := make([]share, m)
	for i := range out {
		a, b := i*n*256/m, (i+1)*n*256/m
		out[i] = share{from: a >> 8, to: (b - 1) >> 8, first: 256 - a&255, last: (b-1)&255 + 1}
		if out[i].from == out[i].to {
			out[i].first = b - a
		}
	}
	return out
}

// weight is how much of a pixel counts, of 256.
func (s share) weight(i int) int {
	switch i {
	case s.from:
		return s.first
	case s.to:
		return s.last
	}
	return 256
}

// mean writes the mean colour of an area.
func mean(to []uint8, img *image.NRGBA, corner image.Point, column, row share) {
	var r, g, b, sum int
	for y := row.from; y <= row.to; y++ {
		line, wy := img.Pix[img.PixOffset(corner.X, corner.Y+y):], row.weight(y)
		for x := column.from; x <= column.to; x++ {
			weight := wy * column.weight(x)
			p := line[4*x : 4*x+3 : 4*x+3]
			r, g, b, sum = r+weight*int(p[0]), g+weight*int(p[1]), b+weight*int(p[2]), sum+weight
		}
	}
	to[0], to[1], to[2], to[3] = uint8((r+sum/2)/sum), uint8((g+sum/2)/sum), uint8((b+sum/2)/sum), 255
}
