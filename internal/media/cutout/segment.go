package cutout

import "math"

// Of the graph cut. Costs are -log of a probability.
const (
	surelyTint    = 40   // levels: so much of another colour is no shadow
	surelyDark    = 0.25 // of the backdrop's brightness
	surelyBright  = 1.25
	reachedCost   = 3  // of calling product what was reached as shadow
	unreachedCost = 2  // of calling backdrop what was not reached
	closedCost    = 6  // or what was taken back
	edgeCost      = 30 // of a cut between two pixels of one colour
	costUnit      = 64 // of the capacities, which are whole numbers
)

// decide says for every pixel whether it is product: what is surely one or the other stays, and for the rest a least cut is sought whose costs are two mixtures of colours
// and the contrast of neighbours (Rother, Kolmogorov and Blake, "GrabCut", 2004).
func (g *ground) decide() []bool {
	product := make([]bool, len(g.kind))
	var outside, inside []rgb
	for i, c := range g.pic.px {
		product[i] = g.surelyProduct(i)
		switch {
		case g.kind[i] == backdrop || g.kind[i] == shadow:
			outside = append(outside, c)
		default:
			inside = append(inside, c)
		}
	}
	if len(inside) == 0 || len(outside) == 0 {
		return product
	}
	nodes, order := g.undecided(product)
	net := newNetwork(len(order))
	in, out := learn(inside), learn(outside)
	for n, i := range order {
		c := g.pic.px[i]
		asProduct, asBackdrop := in.cost(c), out.cost(c)
		switch g.kind[i] {
		case shadow:
			asProduct += reachedCost
		case closed:
			asBackdrop += closedCost
		default:
			asBackdrop += unreachedCost
		}
		net.pole[n] = int32(mul(asBackdrop-asProduct, costUnit))
	}
	g.connect(net, nodes, product)
	net.cut()
	for n, i := range order {
		product[i] = net.isSource(int32(n))
	}
	return product
}

// surelyProduct is for what no light or shadow makes of the backdrop.
func (g *ground) surelyProduct(i int) bool {
	if g.kind[i] != unreached {
		return false
	}
	bright, tint := shade(g.pic.px[i], g.lit.px[i])
	return tint > surelyTint || bright < surelyDark || bright > surelyBright
}

// undecided numbers the pixels that are neither surely product nor surely backdrop; the others have -1.
func (g *ground) undecided(product []bool) (nodes []int32, order []int) {
	nodes = make([]int32, len(g.kind))
	for i := range nodes {
		nodes[i] = -1
		if g.kind[i] != backdrop && !product[i] {
			nodes[i] = int32(len(order))
			order = append(order, i)
		}
	}
	return nodes, order
}

// connect links every undecided pixel with its eight neighbours, or with the terminal where the neighbour is decided.
func (g *ground) connect(net *network, nodes []int32, product []bool) {
	w, h := g.pic.w, g.pic.h
	steps := [4][2]int{{1, 0}, {-1, 1}, {0, 1}, {1, 1}}
	fall := g.contrastFall()
	for i, a := range nodes {
		x, y := i%w, i/w
		for direction, s := range steps {
			if x+s[0] < 0 || x+s[0] >= w || y+s[1] >= h {
				continue
			}
			j := i + s[1]*w + s[0]
			b := nodes[j]
			if a < 0 && b < 0 {
				continue
			}
			d := g.pic.px[i].sub(g.pic.px[j])
			long := float32(1)
			if s[0] != 0 && s[1] != 0 {
				long = math.Sqrt2
			}
			capacity := int32(costUnit * edgeCost / long * float32(math.Exp(float64(-fall*d.dot(d)))))
			switch {
			case a >= 0 && b >= 0:
				net.link(a, b, direction, capacity)
			case a >= 0:
				net.pole[a] += towards(product[j], capacity)
			default:
				net.pole[b] += towards(product[i], capacity)
			}
		}
	}
}

func towards(product bool, capacity int32) int32 {
	if product {
		return capacity
	}
	return -capacity
}

// contrastFall is how fast the cost of a cut falls with the squared contrast: by its mean where something changes.
func (g *ground) contrastFall() float32 {
	var sum float64
	n := 1
	for i := range len(g.kind) - 1 {
		if g.kind[i] == backdrop && g.kind[i+1] == backdrop {
			continue
		}
		d := g.pic.px[i].sub(g.pic.px[i+1])
		sum += float64(d.dot(d))
		n++
	}
	return float32(1 / (2*sum/float64(n) + 10))
}
