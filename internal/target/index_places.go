package target

// places is the positions of those that name a place, by each way in which what is known of a viewer can mean it.
type places struct {
	free  []uint64 // positions that name no place
	spots map[spot]set
	named [elsewhere + 1]bool // levels that have a spot
}

// spot is a place as a viewer may be known to be there. Its parts are what is said of it, or one of the signs below.
type spot struct {
	level                level
	country, region, own string
}

// Signs that stand for what cannot be told.
const (
	unknown  = "\x00*" // whatever it is: the viewer's is not known
	nameless = "\x00?" // a place of which a key alone is said, for viewers of whom a name is
	keyless  = "\x00#" // the other way round
	unsaid   = ""      // targeting does not say it
)

// placesBuilder collects positions.
type placesBuilder struct {
	naming []uint32
	lists  map[spot][]uint32
}

// add takes the places of a spec under each spot that means them.
func (b *placesBuilder) add(all []place, at []uint32) {
	if len(all) == 0 {
		return
	}
	b.naming = append(b.naming, at...)
	if b.lists == nil {
		b.lists = map[spot][]uint32{}
	}
	for i := range all {
		p := &all[i]
		for _, c := range []string{unknown, p.country} {
			for _, r := range p.region.signs(p.level == city || p.level == zip) {
				for _, o := range p.own.signs(p.level != country && p.level != elsewhere) {
					s := spot{p.level, c, r, o}
					b.lists[s] = append(b.lists[s], at...)
				}
			}
		}
	}
}

// signs are the ways in which a viewer may be known to be there; just nothing where it does not matter.
func (n named) signs(matters bool) []string {
	if !matters {
		return []string{unsaid}
	}
	ways := []string{unknown}
	switch {
	case n == named{}:
		return append(ways, unsaid)
	case n.key == "":
		return append(ways, n.text, keyless)
	case n.text == "":
		return append(ways, n.key, nameless)
	case n.text == n.key:
		return append(ways, n.key)
	}
	return append(ways, n.key, n.text)
}

// pack is what was collected, over n positions.
func (b *placesBuilder) pack(n int) places {
	if len(b.lists) == 0 {
		return places{}
	}
	p := places{free: without(b.naming, n), spots: make(map[spot]set, len(b.lists))}
	for s, list := range b.lists {
		p.spots[s], p.named[s.level] = packed(list, n), true
	}
	return p
}

// keep leaves the positions of places in which a viewer may be, and those that name none.
func (p *places) keep(v *Viewer, left, some []uint64) {
	if p.spots == nil {
		return
	}
	copy(some, p.free)
	p.each(v, false, func(s set) { s.addTo(some) })
	intersect(left, some)
}

// drop takes the positions out of places in which a viewer certainly is.
func (p *places) drop(v *Viewer, left []uint64) {
	if p.spots != nil {
		p.each(v, true, func(s set) { s.takeFrom(left) })
	}
}

// ways are how targeting may mean what is said of one part of a viewer's place.
type ways struct {
	words [3]string
	n     int
}

// waysOf are those of a text, which may be the key or the name, or of nothing.
func waysOf(text string) ways {
	switch {
	case text == "":
		return ways{[3]string{unknown}, 1}
	case numeric(text):
		return ways{[3]string{text, unsaid, keyless}, 3}
	}
	return ways{[3]string{text, unsaid, nameless}, 3}
}

// each finds the spots in which a viewer may be, or certainly is.
func (p *places) each(v *Viewer, certain bool, take func(set)) {
	said := [...]string{country: v.Country, region: v.Region, city: v.City, zip: v.Zip, elsewhere: ""}
	whatever := ways{n: 1} // of a part that does not matter
	for l := country; l <= elsewhere; l++ {
		within, own := whatever, waysOf(said[l])
		switch {
		case !p.named[l], certain && said[l] == "":
			continue
		case certain:
			own.n = 1
		}
		if l == city || l == zip {
			within = waysOf(v.Region)
		}
		if l == country || l == elsewhere {
			own = whatever
		}
		p.look(l, waysOf(v.Country), within, own, take)
	}
}

// look finds the spots of a level by every combination of ways.
func (p *places) look(l level, countries, regions, own ways, take func(set)) {
	for _, c := range countries.words[:countries.n] {
		for _, r := range regions.words[:regions.n] {
			for _, o := range own.words[:own.n] {
				if s, ok := p.spots[spot{l, c, r, o}]; ok {
					take(s)
				}
			}
		}
	}
}
