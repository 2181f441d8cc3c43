package score

import (
	"math"
	"math/rand/v2"
	"slices"
)

// What the texture distance looks at.
const (
	swdLevels  = 4    // of the Laplacian pyramid, finest first; the coarsest colours are left to Hist
	swdPatch   = 7    // pixels on a side
	swdPatches = 1500 // a level, at the same places in both pictures
	swdSlices  = 64   // random directions
	swdFloor   = 0.5  // levels: contrast below is not told apart
)

// swd is the sliced Wasserstein distance (Rabin and others 2011) of patches in a Laplacian pyramid, as Karras and others (2018) use it on generated pictures:
// patches of red, green and blue, each channel in units of the truth's deviation at that level, are projected on random directions; the distance of the
// sorted projections is averaged, times 100. A blurred part has no contrast and is far; a strange object has too much of it.
func swd(t, m [3]plane, hidden []side) float64 {
	rng := rand.New(rand.NewPCG(7, 49)) //nolint:gosec // the same directions for everyone
	sum := 0.0
	for level := range swdLevels {
		places := sample(rng, hidden, level)
		var bt, bm [3]plane
		for c := range t {
			t[c], bt[c] = laplace(t[c])
			m[c], bm[c] = laplace(m[c])
		}
		sum += sliced(rng, bt, bm, places)
	}
	return 100 * sum / swdLevels
}

// laplace splits a plane into one of half the size and the details that this one lacks.
func laplace(p plane) (low, band plane) {
	low = p.half()
	return low, p.minus(low.double(p.w, p.h))
}

// sample draws middles of patches at a level of the pyramid, spread over the sides by their area.
func sample(rng *rand.Rand, hidden []side, level int) [][2]int {
	area := 0
	for _, s := range hidden {
		area += s.Dx() * s.Dy()
	}
	var places [][2]int
	for _, s := range hidden {
		for range swdPatches * s.Dx() * s.Dy() / max(1, area) {
			x, y := s.Min.X+rng.IntN(s.Dx()), s.Min.Y+rng.IntN(s.Dy())
			places = append(places, [2]int{x >> level, y >> level})
		}
	}
	return places
}

// sliced is the mean distance over the directions.
func sliced(rng *rand.Rand, t, m [3]plane, places [][2]int) float64 {
	var middle, unit [3]float64
	for c := range t {
		middle[c], unit[c] = spread(t[c], places)
	}
	pt, pm := patches(t, middle, unit, places), patches(m, middle, unit, places)
	sum := 0.0
	for range swdSlices {
		way := direction(rng)
		a, b := project(pt, way), project(pm, way)
		slices.Sort(a)
		slices.Sort(b)
		for i := range a {
			sum += math.Abs(a[i] - b[i])
		}
	}
	return sum / float64(swdSlices*max(1, len(places)))
}

// direction is a random unit vector of a patch's size, channel by channel.
func direction(rng *rand.Rand) []float64 {
	way, sum := make([]float64, 3*swdPatch*swdPatch), 0.0
	for i := range way {
		way[i] = rng.NormFloat64()
		sum += way[i] * way[i]
	}
	for i := range way {
		way[i] /= math.Sqrt(sum)
	}
	return way
}

// spread is the mean and the deviation of a channel over the patches' middles.
func spread(p plane, places [][2]int) (mean, deviation float64) {
	sum, square := 0.0, 0.0
	for _, at := range places {
		v := p.at(at[0], at[1])
		sum, square = sum+v, square+v*v
	}
	n := float64(max(1, len(places)))
	mean = sum / n
	return mean, max(swdFloor, math.Sqrt(max(0, square/n-mean*mean)))
}

// patches are the surroundings of places, channel by channel, in units of the truth.
func patches(p [3]plane, middle, unit [3]float64, places [][2]int) [][]float64 {
	all := make([][]float64, len(places))
	for i, at := range places {
		all[i] = make([]float64, 0, 3*swdPatch*swdPatch)
		for c := range p {
			for y := -swdPatch / 2; y <= swdPatch/2; y++ {
				for x := -swdPatch / 2; x <= swdPatch/2; x++ {
					all[i] = append(all[i], (p[c].at(at[0]+x, at[1]+y)-middle[c])/unit[c])
				}
			}
		}
	}
	return all
}

// project is the length of each patch in a direction.
func project(patches [][]float64, way []float64) []float64 {
	out := make([]float64, len(patches))
	for i, patch := range patches {
		for k, v := range patch {
			out[i] += v * way[k]
		}
	}
	return out
}

// gradBins are how many classes of strength there are, one for each doubling from an eighth of a level on; the first holds all that is weaker.
const gradBins = 12

// grad is the share of pixels whose gradient is of another class: half the sum of differences between the histograms of gradient strength, the mean of
// the gradients along rows and along columns.
func grad(t, m plane, hidden []side) float64 {
	sum := 0.0
	for _, way := range [][2]int{{1, 0}, {0, 1}} {
		a, b := strengths(t, hidden, way[0], way[1]), strengths(m, hidden, way[0], way[1])
		for i := range a {
			sum += math.Abs(a[i]-b[i]) / 4
		}
	}
	return sum
}

// strengths is the histogram of luma's central differences in one direction; it sums to one.
func strengths(p plane, hidden []side, dx, dy int) [gradBins]float64 {
	var bins [gradBins]float64
	n := 0.0
	each(hidden, func(x, y int) {
		g, class := math.Abs(p.at(x+dx, y+dy)-p.at(x-dx, y-dy))/2, 0
		if g > 0.125 {
			class = 1 + int(math.Log2(g/0.125))
		}
		bins[min(class, gradBins-1)]++
		n++
	})
	for i := range bins {
		bins[i] /= max(1, n)
	}
	return bins
}
