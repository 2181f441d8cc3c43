package retouch

import "image"

// luma is Rec. 601's, 0 to 255.
func luma(p []uint8) int32 { return (77*int32(p[0]) + 150*int32(p[1]) + 29*int32(p[2])) >> 8 }

// outstanding is how far each pixel stands out from the rim of the picture, 0 to 255: the mean barrier of the channels between an eighth
// and half of its maximum, so that shading does not count.
func outstanding(img *image.NRGBA) []int32 {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	sum, level := make([]int32, w*h), make([]uint8, w*h)
	most := int32(90)
	for ch := range 3 {
		for i := range level {
			level[i] = img.Pix[4*i+ch]
		}
		for i, d := range barrier(level, w, h) {
			sum[i] += int32(d)
			most = max(most, sum[i])
		}
	}
	for i, v := range sum {
		sum[i] = min(max((v-most/8)*255/(most*3/8), 0), 255)
	}
	return sum
}

// edged is the strength of edges, 0 to 255, smoothed so that the inside of a textured thing counts with its edges.
func edged(img *image.NRGBA) []int32 {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	edges := make([]int32, w*h)
	at := func(x, y int) int32 { return luma(img.Pix[img.PixOffset(x, y):]) }
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			dx, dy := at(x+1, y)-at(x-1, y), at(x, y+1)-at(x, y-1)
			edges[y*w+x] = min(2*(max(dx, -dx)+max(dy, -dy)), 255)
		}
	}
	return smoothed(edges, w, h, 2)
}

// smoothed is the mean over squares of 2·radius+1, cut at the sides.
func smoothed(v []int32, w, h, radius int) []int32 {
	out := make([]int32, len(v))
	for y := range h {
		for x := range w {
			sum, n := int32(0), int32(0)
			for j := max(y-radius, 0); j <= min(y+radius, h-1); j++ {
				for i := max(x-radius, 0); i <= min(x+radius, w-1); i++ {
					sum, n = sum+v[j*w+i], n+1
				}
			}
			out[y*w+x] = sum / n
		}
	}
	return out
}

// skinned tells the pixels that have a colour of skin, light to dark: Kovac et al., Human Skin Color Clustering for Face Detection, 2003,
// for daylight, and the ranges of Cb and Cr of Chai and Ngan, Face Segmentation Using Skin-Color Map, 1999, which hold for all complexions.
// Wood and sand have such colours too.
func skinned(img *image.NRGBA) []bool {
	skin := make([]bool, len(img.Pix)/4)
	for i := range skin {
		p := img.Pix[4*i:][:3]
		r, g, b := int32(p[0]), int32(p[1]), int32(p[2])
		y := luma(p)
		cb, cr := 128+(b-y)*144>>8, 128+(r-y)*183>>8
		skin[i] = r > 60 && r > g && g > b && r-b > 15 && r-g > 10 && cb >= 85 && cb <= 127 && cr >= 136 && cr <= 168
	}
	return skin
}
