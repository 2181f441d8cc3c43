package target

// Index answers for many specs at once which of them admit a viewer: for each rule it has the positions of those that ask for a value, and of
// those that ask for nothing. It is not changed once it is made.
type Index struct {
	all            []uint64
	places, barred places
	asks           [rules]asked
	groups         []asked // by number of the group
	hours          running
}

// asked is what the specs ask by one rule.
type asked struct {
	free   []uint64 // positions that ask for nothing; not kept where the rule bars
	values []string // in the order in which they were first asked for
	sets   []set    // by number of the value: positions that ask for it
	number map[string]int
}

// Buffer is the memory of one search, to use again for the next.
type Buffer struct{ left, some []uint64 }

// NewIndex indexes specs by their positions. Specs may occur more than once.
func NewIndex(specs []*Spec) *Index {
	b := newBuilder(len(specs))
	order, at := distinct(specs)
	for _, s := range order {
		b.add(s, at[s])
	}
	return b.index()
}

// distinct are the specs in the order in which they first occur, with their positions.
func distinct(specs []*Spec) (order []*Spec, at map[*Spec][]uint32) {
	at = map[*Spec][]uint32{}
	for i, s := range specs {
		if at[s] == nil {
			order = append(order, s)
		}
		at[s] = append(at[s], uint32(i))
	}
	return order, at
}

// Narrow finds the specs that admit a viewer: bits by position, good until the buffer is used again.
func (x *Index) Narrow(v *Viewer, b *Buffer) []uint64 {
	if len(b.left) < len(x.all) {
		b.left, b.some = make([]uint64, len(x.all)), make([]uint64, len(x.all))
	}
	left, some := b.left[:len(x.all)], b.some[:len(x.all)]
	copy(left, x.all)
	x.places.keep(v, left, some)
	x.barred.drop(v, left)
	for r := AgeMin; r < Hours; r++ {
		a := &x.asks[r]
		switch {
		case len(a.values) == 0 || !v.knows(r):
		case r.bars():
			a.drop(r, v, left)
		default:
			a.keep(r, v, left, some)
		}
	}
	for i := range x.groups {
		if len(v.Interests) > 0 {
			x.groups[i].keep(FlexibleSpec, v, left, some)
		}
	}
	x.hours.keep(v, left, some)
	return left
}

// keep leaves those positions that ask for nothing, or for a value of the viewer's.
func (a *asked) keep(r Rule, v *Viewer, left, some []uint64) {
	if len(a.values) == 0 {
		return
	}
	copy(some, a.free)
	a.each(r, v, func(s set) { s.addTo(some) })
	intersect(left, some)
}

// drop takes those positions out that bar a value of the viewer's.
func (a *asked) drop(r Rule, v *Viewer, left []uint64) {
	a.each(r, v, func(s set) { s.takeFrom(left) })
}

// each finds the sets of the viewer's values: by name where the viewer has a list of them, else each value is tried, as there are few.
func (a *asked) each(r Rule, v *Viewer, take func(set)) {
	switch r {
	case Detailed, FlexibleSpec, Exclusions, CustomAudiences, ExcludedAudiences:
		for _, value := range v.list(r) {
			if i, ok := a.number[value]; ok {
				take(a.sets[i])
			}
		}
	default:
		for i, value := range a.values {
			if v.fits(r, value) {
				take(a.sets[i])
			}
		}
	}
}

// intersect leaves what is in both.
func intersect(left, some []uint64) {
	for i, w := range some {
		left[i] &= w
	}
}

// running is when the specs run: those that always do, and by hour those that do by the clock of the account and of the viewer.
type running struct {
	always          []uint64
	account, viewer []set // by hour, from 0; nil when all always run
}

// keep leaves the positions that run now.
func (r *running) keep(v *Viewer, left, some []uint64) {
	account, viewer := v.clocks()
	if r.account == nil || account == 0 {
		return
	}
	copy(some, r.always)
	r.account[account-1].addTo(some)
	r.viewer[viewer-1].addTo(some)
	intersect(left, some)
}
