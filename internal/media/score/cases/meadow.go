package cases

import (
	"image"
	"math"
	"math/rand/v2"
)

// meadowCoarse is the width of the widest waves of a meadow's texture, in pixels; each of its octaves is half as wide and sqrt(1/2) as strong.
const (
	meadowCoarse  = 96
	meadowOctaves = 6
)

// Meadow draws a square without a flat side: clouds above a rough line of hills, grass below. It costs a painter as much as a photograph does.
func Meadow(side int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	rng := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // the same meadow every time
	clouds, grass := waves(rng, side), waves(rng, side)
	for y := range side {
		for x := range side {
			i := y*side + x
			if float64(y) < float64(side)*(0.45+0.1*clouds[(side/2)*side+x]) {
				set(img, x, y, [3]float64{150, 180, 220}, 1+0.6*clouds[i])
				continue
			}
			set(img, x, y, [3]float64{110, 125, 60}, 1+1.2*grass[i])
		}
	}
	speckle(img)
	return img
}

// waves are random numbers about 0, smooth at every scale: the sum of grids of noise, each finer and weaker than the one before.
func waves(rng *rand.Rand, side int) []float64 {
	sum, strength := make([]float64, side*side), 0.5
	for width := meadowCoarse; width >= meadowCoarse>>(meadowOctaves-1); width /= 2 {
		n := side/width + 2
		grid := make([]float64, n*n)
		for i := range grid {
			grid[i] = strength * (2*rng.Float64() - 1)
		}
		for i := range sum {
			x, y := i%side, i/side
			at, u, v := y/width*n+x/width, float64(x%width)/float64(width), float64(y%width)/float64(width)
			sum[i] += float64((1-v)*((1-u)*grid[at]+u*grid[at+1])) + float64(v*((1-u)*grid[at+n]+u*grid[at+n+1]))
		}
		strength *= math.Sqrt2 / 2
	}
	return sum
}
