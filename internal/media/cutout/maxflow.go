package cutout

// network is a graph on the pixels of a grid whose least cut is looked for (Boykov and Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms", 2004).
// Two trees grow from the terminals until they meet; the path between them is filled, and what it cut off is adopted again.
type network struct {
	head   []int32 // of the arc node*8+direction, or -1
	rest   []int32 // what that arc can still carry
	pole   []int32 // what the link to a terminal can still carry: above 0 from the source, below 0 to the sink
	parent []int32 // the arc from a node to its parent, or one of the values below
	sink   []bool  // in which tree the node is
	stamp  []int32 // when dist was true
	dist   []int32 // steps to the terminal
	now    int32
	active []int32
	queued []bool
	orphan []int32
}

// Values of parent that are no arcs.
const (
	free     = -1
	terminal = -2
	orphaned = -3
)

const directions = 8

func newNetwork(nodes int) *network {
	n := &network{
		head: make([]int32, nodes*directions), rest: make([]int32, nodes*directions), pole: make([]int32, nodes), parent: make([]int32, nodes),
		sink: make([]bool, nodes), stamp: make([]int32, nodes), dist: make([]int32, nodes), queued: make([]bool, nodes),
	}
	for i := range n.head {
		n.head[i] = -1
	}
	return n
}

// link joins two nodes both ways. The direction is that from a to b, 0 to 3; from b to a it is 7 less that.
func (n *network) link(a, b int32, direction int, capacity int32) {
	there, back := int(a)*directions+direction, int(b)*directions+7-direction
	n.head[there], n.head[back] = b, a
	n.rest[there], n.rest[back] = capacity, capacity
}

// sister is the arc that runs the other way.
func (n *network) sister(arc int32) int32 { return n.head[arc]*directions + 7 - arc%directions }

// cut runs to the end. Afterwards isSource tells the sides apart.
func (n *network) cut() {
	for i, c := range n.pole {
		n.parent[i] = free
		if c != 0 {
			n.sink[i], n.parent[i], n.dist[i] = c < 0, terminal, 1
			n.push(int32(i))
		}
	}
	for first := 0; first < len(n.active); first++ {
		i := n.active[first]
		n.queued[i] = false
		for n.parent[i] != free {
			meeting := n.extend(i)
			if meeting < 0 {
				break
			}
			n.now++
			n.augment(meeting)
			n.adopt()
		}
		if first > 1<<16 {
			n.active = append(n.active[:0], n.active[first+1:]...)
			first = -1
		}
	}
}

// isSource reports whether a node is on the source's side of the cut.
func (n *network) isSource(i int32) bool { return n.parent[i] != free && !n.sink[i] }

func (n *network) push(i int32) {
	if !n.queued[i] {
		n.queued[i] = true
		n.active = append(n.active, i)
	}
}

// room is what flows outwards over an arc of the source's tree, or inwards over one of the sink's.
func (n *network) room(arc int32, sink bool) int32 {
	if sink {
		return n.rest[n.sister(arc)]
	}
	return n.rest[arc]
}

// extend grows the tree of an active node by its free neighbours. It answers an arc from the source's tree to the sink's where they meet, or -1.
func (n *network) extend(i int32) int32 {
	for arc := i * directions; arc < (i+1)*directions; arc++ {
		j := n.head[arc]
		if j < 0 || n.room(arc, n.sink[i]) == 0 {
			continue
		}
		switch {
		case n.parent[j] == free:
			n.sink[j], n.parent[j], n.stamp[j], n.dist[j] = n.sink[i], n.sister(arc), n.stamp[i], n.dist[i]+1
			n.push(j)
		case n.sink[j] != n.sink[i]:
			if n.sink[i] {
				return n.sister(arc)
			}
			return arc
		case n.stamp[j] <= n.stamp[i] && n.dist[j] > n.dist[i]:
			n.parent[j], n.stamp[j], n.dist[j] = n.sister(arc), n.stamp[i], n.dist[i]+1
		}
	}
	return -1
}

// augment fills the path over a meeting arc.
func (n *network) augment(meeting int32) {
	from, to := n.head[n.sister(meeting)], n.head[meeting]
	flow := n.rest[meeting]
	for _, end := range [2]int32{from, to} {
		i := end
		for ; n.parent[i] != terminal; i = n.head[n.parent[i]] {
			flow = min(flow, n.room(n.sister(n.parent[i]), n.sink[i]))
		}
		flow = min(flow, max(n.pole[i], -n.pole[i]))
	}
	n.carry(meeting, flow)
	n.drain(from, flow)
	n.drain(to, flow)
}

func (n *network) carry(arc, flow int32) {
	n.rest[arc] -= flow
	n.rest[n.sister(arc)] += flow
}

// drain takes flow from the path between a node and its terminal. Nodes whose link to their parent is used up become orphans.
func (n *network) drain(i, flow int32) {
	for n.parent[i] != terminal {
		up := n.parent[i]
		down := n.sister(up)
		if n.sink[i] {
			n.carry(up, flow)
		} else {
			n.carry(down, flow)
		}
		if n.room(down, n.sink[i]) == 0 {
			n.leave(i)
		}
		i = n.head[up]
	}
	if n.sink[i] {
		flow = -flow
	}
	if n.pole[i] -= flow; n.pole[i] == 0 {
		n.leave(i)
	}
}

// leave makes a node an orphan.
func (n *network) leave(i int32) {
	n.parent[i] = orphaned
	n.orphan = append(n.orphan, i)
}

// adopt finds a new parent for every orphan, or sets it free.
func (n *network) adopt() {
	for first := 0; first < len(n.orphan); first++ {
		i := n.orphan[first]
		if arc, dist := n.foster(i); arc >= 0 {
			n.parent[i], n.stamp[i], n.dist[i] = arc, n.now, dist+1
			continue
		}
		n.parent[i] = free
		for arc := i * directions; arc < (i+1)*directions; arc++ {
			j := n.head[arc]
			if j < 0 || n.parent[j] == free || n.sink[j] != n.sink[i] {
				continue
			}
			back := n.sister(arc)
			if n.room(back, n.sink[i]) > 0 {
				n.push(j)
			}
			if n.parent[j] == back {
				n.leave(j)
			}
		}
	}
	n.orphan = n.orphan[:0]
}

// foster is the arc to the neighbour of the same tree, still rooted in its terminal, that is nearest to it; -1 if there is none.
func (n *network) foster(i int32) (best, nearest int32) {
	best = -1
	for arc := i * directions; arc < (i+1)*directions; arc++ {
		j := n.head[arc]
		if j < 0 || n.parent[j] == free || n.sink[j] != n.sink[i] || n.room(n.sister(arc), n.sink[i]) == 0 {
			continue
		}
		if dist := n.root(j); dist > 0 && (best < 0 || dist < nearest) {
			best, nearest = arc, dist
		}
	}
	return best, nearest
}

// root is the number of steps from a node to its terminal, or 0 when it hangs on an orphan. The way there is stamped, to be found at once the next time.
func (n *network) root(j int32) int32 {
	steps := int32(0)
	for k := j; ; k = n.head[n.parent[k]] {
		if n.stamp[k] == n.now {
			steps += n.dist[k]
			break
		}
		if n.parent[k] == terminal {
			n.stamp[k], n.dist[k] = n.now, 1
			steps++
			break
		}
		if n.parent[k] == orphaned || n.parent[k] == free {
			return 0
		}
		steps++
	}
	for k, d := j, steps; n.stamp[k] != n.now; k, d = n.head[n.parent[k]], d-1 {
		n.stamp[k], n.dist[k] = n.now, d
	}
	return steps
}
