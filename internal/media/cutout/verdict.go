package cutout

// Bounds of what may be used. Shares are of the picture, of its rim, or of the product.
const (
	worstSigma  = 7 // levels
	leastEven   = 0.9
	smallest    = 0.01
	largest     = 0.9
	mostOnRim   = 0.25
	mostGlass   = 0.33
	glassDark   = 0.8 // of the backdrop's brightness: what is brighter, and has its tint, may be the backdrop seen through glass
	glassBright = 1.08
	glassTint   = 8 // levels
)

// verdict refuses what cannot be cut out well.
func verdict(s *surface, g *ground, product []bool) (code, reason string) {
	var n, onRim, rim, clear int
	for i, p := range product {
		x, y := i%g.pic.w, i/g.pic.w
		if x == 0 || y == 0 || x == g.pic.w-1 || y == g.pic.h-1 {
			rim++
			if p {
				onRim++
			}
		}
		if p {
			n++
			bright, tint := shade(g.pic.px[i], g.lit.px[i])
			if bright > glassDark && bright < glassBright && tint < glassTint {
				clear++
			}
		}
	}
	share := float32(n) / float32(len(product))
	switch {
	case s.sigma > worstSigma || s.inliers < leastEven:
		return "scene", "the background is not one even surface"
	case share < smallest || share > largest:
		return refusedSize(share)
	case float32(onRim) > mostOnRim*float32(rim):
		return "rim", "the product leaves the picture on too much of its sides"
	case float32(clear) > mostGlass*float32(n):
		return "glass", "the product is transparent, or too much like its background"
	}
	return "", ""
}

func refusedSize(share float32) (code, reason string) {
	if share < smallest {
		return "size", "the product is too small in the picture, or cannot be told from its background"
	}
	return "size", "the product fills the picture"
}
