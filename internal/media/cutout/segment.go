package cutout

import "math"

// seed is what is known of a pixel before the cut.
type seed uint8

const (
	undecided seed = iota
	isBackdrop
	isProduct
)

// grid is a picture to be cut in two: what is decided stays so, and for the rest a least cut is sought.
type grid struct {
	pic  plane
	seed []seed
	cost func(i int) (asProduct, asBackdrop float32) // of an undecided pixel, -log of a probability
	edge float32                                     // cost of a cut between two pixels of one colour
}

// costUnit is that of the capacities, which are whole numbers.
const costUnit = 64

// cut says of every pixel whether it is product. The cost of parting neighbours falls with their contrast (Boykov and Jolly, "Interactive Graph Cuts", 2001).
func (g *grid) cut() []bool {
	nodes := make([]int32, len(g.seed))
	var order []int
	for i, s := range g.seed {
		nodes[i] = -1
		if s == undecided {
			nodes[i] = int32(len(order))
			order = append(order, i)
		}
	}
	net := newNetwork(len(order))
	for n, i := range order {
		asProduct, asBackdrop := g.cost(i)
		net.pole[n] = int32(mul(asBackdrop-asProduct, costUnit))
	}
	g.connect(net, nodes, order)
	net.cut()
	product := make([]bool, len(g.seed))
	for i, s := range g.seed {
		product[i] = s == isProduct || s == undecided && net.isSource(nodes[i])
	}
	return product
}

// connect links every undecided pixel with its neighbours, or with a terminal where the neighbour is decided.
func (g *grid) connect(net *network, nodes []int32, order []int) {
	around := [directions][2]int{{1, 0}, {-1, 1}, {0, 1}, {1, 1}, {-1, -1}, {0, -1}, {1, -1}, {-1, 0}} // opposites add up to seven
	fall := g.contrastFall(order)
	for n, i := range order {
		x, y := i%g.pic.w, i/g.pic.w
		for direction, s := range around {
			if x+s[0] < 0 || x+s[0] >= g.pic.w || y+s[1] < 0 || y+s[1] >= g.pic.h {
				continue
			}
			j := i + s[1]*g.pic.w + s[0]
			if g.seed[j] == undecided && direction >= directions/2 {
				continue // linked from the other end
			}
			d := g.pic.px[i].sub(g.pic.px[j])
			capacity := float32(float64(costUnit*g.edge) * math.Exp(float64(-mul(fall, d.dot(d)))))
			if s[0] != 0 && s[1] != 0 {
				capacity /= math.Sqrt2
			}
			switch g.seed[j] {
			case isProduct:
				net.pole[n] += int32(capacity)
			case isBackdrop:
				net.pole[n] -= int32(capacity)
			default:
				net.link(int32(n), nodes[j], direction, int32(capacity))
			}
		}
	}
}

// contrastFall is how fast the cost of an edge falls with the squared contrast: by its mean where the cut is sought.
func (g *grid) contrastFall(order []int) float32 {
	var sum float64
	for _, i := range order {
		if i+1 < len(g.pic.px) {
			d := g.pic.px[i].sub(g.pic.px[i+1])
			sum += float64(d.dot(d))
		}
	}
	return float32(1 / (2*sum/float64(max(len(order), 1)) + 10))
}
