package target

// level is how much a place is.
type level uint8

// The levels. Elsewhere are places that nothing here can tell, such as a radius about a point: their country at most is known.
const (
	country level = iota
	region
	city
	zip
	elsewhere
)

// place is somewhere that targeting names. What it does not say of the place is "".
type place struct {
	level   level
	country string // upper case
	region  named  // in which it lies
	own     named  // of a region, a city or a ZIP code
}

// named is a place's key and name, folded.
type named struct{ key, text string }

// match says whether something is so: certainly not, as far as is known, certainly.
type match uint8

// The three answers.
const (
	no match = iota
	maybe
	yes
)

// is tells whether what a caller says of a place, a key or a name, means this one. A name cannot be told from a key.
func (n named) is(said string) match {
	switch {
	case said == "" || n == named{}:
		return maybe
	case said == n.key || said == n.text:
		return yes
	case numeric(said) && n.key == "" || !numeric(said) && n.text == "":
		return maybe
	}
	return no
}

// numeric reports whether a text is a key rather than a name.
func numeric(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// holds tells whether a viewer is in a place, looking no closer than a level.
func (p *place) holds(v *Viewer, closest level) match {
	switch {
	case p.country != "" && v.Country != "" && p.country != v.Country:
		return no
	case p.level == elsewhere || p.level > closest && closest == country:
		return maybe
	case p.level == country && v.Country != "":
		return yes
	case p.level == country:
		return maybe
	case p.level == region:
		return p.own.is(v.Region)
	case p.region.is(v.Region) == no:
		return no
	case p.level > closest:
		return maybe
	case p.level == city:
		return p.own.is(v.City)
	}
	return p.own.is(v.Zip)
}

// outside names the rule by which a viewer is in none of some places; Admitted when they may be in one, or there are none.
func outside(places []place, v *Viewer) Rule {
	for _, r := range [...]Rule{Countries, Regions, Cities, Zips} {
		if !within(places, v, level(r-Countries), maybe) {
			return r
		}
	}
	return Admitted
}

// within reports whether a viewer is in one of some places at least as surely as asked, or there are none.
func within(places []place, v *Viewer, closest level, sure match) bool {
	for i := range places {
		if places[i].holds(v, closest) >= sure {
			return true
		}
	}
	return len(places) == 0
}
