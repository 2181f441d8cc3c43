package webp

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Most bits that a code of the format has, and one for lengths of codes.
const (
	longestCode   = 15
	longestLength = 7
)

// prefixCode is a canonical code: how long the bits of each symbol are, and the bits, the first of them lowest. A symbol that does not occur has none,
// nor has one that is alone.
type prefixCode struct {
	length []uint8
	bits   []uint16
}

// newCode makes a code of at least two symbols for how often each occurs.
func newCode(counts []uint32, longest int) prefixCode {
	c := prefixCode{lengths(counts, longest), make([]uint16, len(counts))}
	next := uint16(0)
	for length := uint8(1); length <= uint8(longest); length++ {
		next <<= 1
		for symbol, l := range c.length {
			if l == length {
				c.bits[symbol] = bits.Reverse16(next) >> (16 - length)
				next++
			}
		}
	}
	return c
}

// tree is a node of one: a symbol, or two others by their places in a list.
type tree struct {
	count       uint64
	left, right int
	symbol      int
}

// lengths are how long a code is for each symbol (D. A. Huffman, "A Method for the Construction of Minimum-Redundancy Codes", 1952). Where one gets too long,
// rare symbols count for more, as often as it takes.
func lengths(counts []uint32, longest int) []uint8 {
	used := 0
	for _, n := range counts {
		if n > 0 {
			used++
		}
	}
	counts = slices.Clone(counts)
	for i := 0; used < 2; i++ { // one that never occurs makes the code whole
		if counts[i] == 0 {
			counts[i] = 1
			used++
		}
	}
	for least := uint64(1); ; least *= 2 {
		if list, deepest := depths(counts, least); deepest <= longest {
			return list
		}
	}
}

// depths is where the symbols lie in a tree, each counted at least so often.
func depths(counts []uint32, least uint64) (list []uint8, deepest int) {
	var nodes []tree
	for symbol, n := range counts {
		if n > 0 {
			nodes = append(nodes, tree{max(uint64(n), least), -1, -1, symbol})
		}
	}
	slices.SortStableFunc(nodes, func(a, b tree) int { return cmp.Compare(a.count, b.count) })
	leaves := len(nodes)
	leaf, inner := 0, leaves
	rarest := func() int { // inner nodes come about in the order of their counts
		if inner == len(nodes) || leaf < leaves && nodes[leaf].count <= nodes[inner].count {
			leaf++
			return leaf - 1
		}
		inner++
		return inner - 1
	}
	for range leaves - 1 {
		a, b := rarest(), rarest()
		nodes = append(nodes, tree{nodes[a].count + nodes[b].count, a, b, -1})
	}
	list, depth := make([]uint8, len(counts)), make([]int, len(nodes))
	for i := len(nodes) - 1; i >= 0; i-- {
		if n := nodes[i]; n.symbol >= 0 {
			list[n.symbol] = uint8(min(depth[i], 255))
			deepest = max(deepest, depth[i])
		} else {
			depth[n.left], depth[n.right] = depth[i]+1, depth[i]+1
		}
	}
	return list, deepest
}

// put writes a symbol.
func (c prefixCode) put(w *bitWriter, symbol int) {
	w.write(uint32(c.bits[symbol]), uint(c.length[symbol]))
}

// lengthOrder is the order in which the lengths of the code of lengths are written, and how they are repeated: 16 the last one, 17 and 18 zeros.
func lengthOrder() []int {
	return []int{17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
}

// writeCode makes a code, tells it to the reader and returns it.
func writeCode(w *bitWriter, counts []uint32) prefixCode {
	var used []int
	for symbol, n := range counts {
		if n > 0 {
			used = append(used, symbol)
		}
	}
	if len(used) == 0 {
		used = []int{0}
	}
	if len(used) == 1 && used[0] < 256 { // takes no bits where it occurs
		w.write(0b001|0b100, 3)
		w.write(uint32(used[0]), 8)
		return prefixCode{make([]uint8, len(counts)), make([]uint16, len(counts))}
	}
	c := newCode(counts, longestCode)
	runs := runsOf(c.length)
	often := make([]uint32, 19)
	for _, r := range runs {
		often[r.symbol]++
	}
	of := newCode(often, longestLength)
	last := 18
	for ; last > 3 && of.length[lengthOrder()[last]] == 0; last-- {
	}
	w.write(0, 1)
	w.write(uint32(last-3), 4)
	for _, symbol := range lengthOrder()[:last+1] {
		w.write(uint32(of.length[symbol]), 3)
	}
	w.write(0, 1) // the lengths of all symbols follow
	for _, r := range runs {
		of.put(w, r.symbol)
		w.write(r.extra, r.bits)
	}
	return c
}

// run is a length, or a repetition, with the bits that say of how many.
type run struct {
	symbol int
	extra  uint32
	bits   uint
}

// runsOf shortens a list of lengths.
func runsOf(list []uint8) (runs []run) {
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n] == list[i] {
			n++
		}
		length := list[i]
		if i += n; length > 0 {
			runs = append(runs, run{symbol: int(length)})
			n--
		}
		for n > 0 {
			r, most := run{symbol: int(length)}, 1
			switch {
			case length == 0 && n > 10:
				most = min(n, 138)
				r = run{18, uint32(most - 11), 7}
			case length == 0 && n > 2:
				most = n
				r = run{17, uint32(most - 3), 3}
			case length > 0 && n > 2:
				most = min(n, 6)
				r = run{16, uint32(most - 3), 2}
			}
			runs = append(runs, r)
			n -= most
		}
	}
	return runs
}

// entropy is about how many bits it takes to write symbols that occur so often.
func entropy(counts []uint32) float64 {
	total, sum := 0.0, 0.0
	for _, n := range counts {
		if n > 0 {
			total += float64(n)
			sum -= float64(n) * math.Log2(float64(n))
		}
	}
	if total == 0 {
		return 0
	}
	return sum + total*math.Log2(total)
}
