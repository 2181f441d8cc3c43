package cutout

// Bounds of what may be used. Shares are of the picture, of its rim, or of the product.
const (
	worstSigma  = 6 // levels
	leastEven   = 0.9
	smallest    = 0.01
	largest     = 0.9
	mostOnRim   = 0.25
	mostGlass   = 0.33
	glassDark   = 0.8 // of the backdrop's brightness: what is brighter, and has its tint, may be the backdrop seen through glass
	glassBright = 1.08
	glassTint   = 8    // levels
	glintReach  = 3    // pixels of the working size on both sides of a glint
	glintFar    = 12   // from the product
	glintLevels = 1.5  // that a glint is brighter, and as much again as the rim is rough
	mostGlints  = 0.45 // pixels, for each of the root of the product's area
)

// verdict refuses what cannot be cut out well.
func verdict(s *surface, g *ground, product []bool) (code, reason string) {
	area, onRim, clear := g.measure(product)
	share := float32(area) / float32(len(product))
	switch {
	case s.sigma > worstSigma || s.inliers < leastEven && onRim <= mostOnRim:
		return "scene", "the background is not one even surface"
	case onRim > mostOnRim:
		return "rim", "the product leaves the picture on too much of its sides"
	case share < smallest || share > largest:
		return refusedSize(share)
	case clear > mostGlass:
		return "glass", "the product is transparent, or too much like its background"
	case float32(g.glints(product)) > mostGlints*root(float32(area)):
		return "glass", "the product is transparent, or parts of it cannot be told from its background"
	}
	return "", ""
}

func refusedSize(share float32) (code, reason string) {
	if share < smallest {
		return "size", "the product is too small in the picture, or cannot be told from its background"
	}
	return "size", "the product fills the picture"
}

// measure counts the product's pixels, and answers which share of the rim is product and which share of the product looks like the backdrop.
func (g *ground) measure(product []bool) (area int, onRim, clear float32) {
	var rim, rimArea, clearArea int
	for i, p := range product {
		x, y := i%g.pic.w, i/g.pic.w
		atRim := x == 0 || y == 0 || x == g.pic.w-1 || y == g.pic.h-1
		if atRim {
			rim++
		}
		if !p {
			continue
		}
		area++
		if atRim {
			rimArea++
		}
		if bright, tint := shade(g.pic.px[i], g.lit.px[i]); bright > glassDark && bright < glassBright && tint < glassTint {
			clearArea++
		}
	}
	return area, float32(rimArea) / float32(rim), float32(clearArea) / float32(max(area, 1))
}

// glints counts pixels off the product that are brighter than the backdrop on both sides of them: shadows have none, glass and metal that were taken for shadow do.
func (g *ground) glints(product []bool) int {
	w, h := g.pic.w, g.pic.h
	near := spread(product, w, h, glintFar)
	light := g.pic.smoothLuma()
	least := glintLevels + medianAt(g.rough, rimOf(g.pic))
	n := 0
	for y := glintReach + 1; y < h-glintReach-1; y++ {
		for x := glintReach + 1; x < w-glintReach-1; x++ {
			i := y*w + x
			if near[i] {
				continue
			}
			for _, step := range [4]int{1, w - 1, w, w + 1} {
				if light[i]-max(light[i-glintReach*step], light[i+glintReach*step]) > least {
					n++
					break
				}
			}
		}
	}
	return n
}
