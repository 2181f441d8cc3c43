package target

// builder collects the positions of an index.
type builder struct {
	n              int
	places, barred placesBuilder
	asks           [rules]askedBuilder
	groups         []askedBuilder
	always         []uint32
	account        [inWeek][]uint32
	viewer         [inWeek][]uint32
}

// askedBuilder collects what is asked by one rule.
type askedBuilder struct {
	asking []uint32
	values []string
	number map[string]int
	lists  [][]uint32
}

// newBuilder starts an index of n positions.
func newBuilder(n int) *builder { return &builder{n: n} }

// add takes a spec at some positions.
func (b *builder) add(s *Spec, at []uint32) {
	b.places.add(s.places, at)
	b.barred.add(s.barred, at)
	for r := range s.asks {
		b.asks[r].add(s.asks[r], at)
	}
	for i, group := range s.groups {
		if i == len(b.groups) {
			b.groups = append(b.groups, askedBuilder{})
		}
		b.groups[i].add(group, at)
	}
	if s.hours == nil {
		b.always = append(b.always, at...)
		return
	}
	for hour := range inWeek {
		if s.hours.account[hour] {
			b.account[hour] = append(b.account[hour], at...)
		}
		if s.hours.viewer[hour] {
			b.viewer[hour] = append(b.viewer[hour], at...)
		}
	}
}

// add takes what a spec asks for.
func (b *askedBuilder) add(values []string, at []uint32) {
	if len(values) == 0 {
		return
	}
	b.asking = append(b.asking, at...)
	if b.number == nil {
		b.number = map[string]int{}
	}
	for _, value := range values {
		i, known := b.number[value]
		if !known {
			i = len(b.values)
			b.number[value] = i
			b.values, b.lists = append(b.values, value), append(b.lists, nil)
		}
		b.lists[i] = append(b.lists[i], at...)
	}
}

// index packs what was collected.
func (b *builder) index() *Index {
	x := &Index{all: without(nil, b.n), places: b.places.pack(b.n), barred: b.barred.pack(b.n)}
	for r := range b.asks {
		x.asks[r] = b.asks[r].pack(b.n)
	}
	for i := range b.groups {
		x.groups = append(x.groups, b.groups[i].pack(b.n))
	}
	if len(b.always) < b.n {
		x.hours = running{always: bitsOf(b.always, b.n), account: packedAll(b.account[:], b.n), viewer: packedAll(b.viewer[:], b.n)}
	}
	return x
}

// pack is what was asked by one rule, over n positions.
func (b *askedBuilder) pack(n int) asked {
	if len(b.values) == 0 {
		return asked{}
	}
	return asked{free: without(b.asking, n), values: b.values, number: b.number, sets: packedAll(b.lists, n)}
}

// packedAll packs each list.
func packedAll(lists [][]uint32, n int) []set {
	sets := make([]set, len(lists))
	for i, list := range lists {
		sets[i] = packed(list, n)
	}
	return sets
}

// without is all positions below n but some, as bits.
func without(some []uint32, n int) []uint64 {
	words := make([]uint64, wordsFor(n))
	for i := range words {
		words[i] = ^uint64(0)
	}
	if n%64 != 0 {
		words[len(words)-1] = 1<<(n%64) - 1
	}
	set{list: some}.takeFrom(words)
	return words
}
