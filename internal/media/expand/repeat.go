package expand

// Sources are owned in blocks of 1<<blockBits pixels a side, by the innermost pixel that is painted like one of them. What lies more than apart pixels
// farther out, yet straight outwards of it (aside pixels off at most), pays repeatLevel levels for using the block again: else the strip along the border
// would be copied over and over. Where the picture is larger than repeatSide on its shorter side, all that is settled, and paying would only blur.
const (
	blockBits   = 2
	apart       = 8
	aside       = 24
	repeatLevel = 8.0
	repeatSide  = 300
)

// owners says by block which target uses it innermost.
type owners struct {
	stride int
	of     []owner
	cost   int32
}

// owner is a target and how far it is from what is known; 0 in every field for none.
type owner struct {
	x, y, away int16
}

// newOwners has room for a level's blocks.
func newOwners(v *level) owners {
	if min(v.known.Dx(), v.known.Dy()) > repeatSide {
		return owners{}
	}
	stride := v.w>>blockBits + 1
	return owners{stride: stride, of: make([]owner, stride*(v.h>>blockBits+1)), cost: int32(samples * repeatLevel * repeatLevel)}
}

// settle finds the owners anew.
func (v *level) settle() {
	o := &v.prior.owners
	if o.cost == 0 {
		return
	}
	clear(o.of)
	v.targets(v.inner.Min.Y, v.inner.Max.Y, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			q := v.q[y*v.w+x]
			hx, hy := v.home(x, y)
			away := int16(max(distance(x, hx), distance(y, hy)))
			if at := &o.of[o.block(q)]; at.away == 0 || away < at.away {
				*at = owner{int16(x), int16(y), away}
			}
		}
	})
}

// block is the index of a source's block.
func (o *owners) block(q pair) int { return int(q.y)>>blockBits*o.stride + int(q.x)>>blockBits }

// repeated is what it costs that a pixel is painted like q.
func (o *owners) repeated(x, y, away int, q pair) int32 {
	if o.cost == 0 {
		return 0
	}
	at := &o.of[o.block(q)]
	if at.away == 0 || away < int(at.away)+apart || distance(x, int(at.x)) > aside && distance(y, int(at.y)) > aside {
		return 0
	}
	return o.cost
}
