package cutout

// Of the decision at the working size. Costs are -log of a probability.
const (
	surelyTint    = 40   // levels: so much of another colour is no shadow
	surelyDark    = 0.25 // of the backdrop's brightness
	surelyBright  = 1.25
	reachedCost   = 3  // of calling product what was reached as shadow
	unreachedCost = 2  // of calling backdrop what was not reached
	closedCost    = 6  // or what was taken back
	decideEdge    = 12 // of a cut where nothing changes
)

// decide tells product from backdrop: what is surely one or the other stays, and the rest is cut by two mixtures of colours (Rother, Kolmogorov and Blake, "GrabCut", 2004).
func (g *ground) decide() []bool {
	seeds := make([]seed, len(g.kind))
	var inside, outside []rgb
	for i, c := range g.pic.px {
		seeds[i] = g.seed(i)
		if g.kind[i] == backdrop || g.kind[i] == shadow {
			outside = append(outside, c)
		} else {
			inside = append(inside, c)
		}
	}
	if len(inside) == 0 || len(outside) == 0 {
		return make([]bool, len(g.kind))
	}
	in, out := learn(inside), learn(outside)
	cut := grid{pic: g.pic, seed: seeds, edge: decideEdge, cost: func(i int) (asProduct, asBackdrop float32) {
		asProduct, asBackdrop = in.cost(g.pic.px[i]), out.cost(g.pic.px[i])
		switch g.kind[i] {
		case shadow:
			asProduct += reachedCost
		case closed:
			asBackdrop += closedCost
		default:
			asBackdrop += unreachedCost
		}
		return asProduct, asBackdrop
	}}
	return cut.cut()
}

// seed tells what is decided: what was reached without a shadow, and what no light or shadow makes of the backdrop.
func (g *ground) seed(i int) seed {
	if g.kind[i] == backdrop {
		return isBackdrop
	}
	bright, tint := shade(g.pic.px[i], g.lit.px[i])
	if g.kind[i] == unreached && (tint > surelyTint || bright < surelyDark || bright > surelyBright) {
		return isProduct
	}
	return undecided
}
