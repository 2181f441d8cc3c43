package target

// Spec is whom an ad set is for, and when. It is not changed once it is made.
type Spec struct {
	places, barred []place         // anywhere when there are no places
	asks           [rules][]string // values of which the viewer has to have one, or none where the rule bars; nothing is asked where there are none
	groups         [][]string      // of each one has to be the viewer's; the first are those that stand in targeting itself
	hours          *hours
}

// Admits names the first rule that keeps a viewer away; Admitted when there is none.
func (s *Spec) Admits(v *Viewer) Rule {
	if r := outside(s.places, v); r != Admitted {
		return r
	}
	if len(s.barred) > 0 && within(s.barred, v, zip, yes) {
		return ExcludedPlaces
	}
	for r := AgeMin; r < Hours; r++ {
		if !s.passes(r, v) {
			return r
		}
	}
	if !s.hours.run(v) {
		return Hours
	}
	return Admitted
}

// passes reports whether a viewer fits what one rule asks.
func (s *Spec) passes(r Rule, v *Viewer) bool {
	switch {
	case !v.knows(r):
		return true
	case r == Detailed:
		return len(s.groups) == 0 || fitsAny(v, r, s.groups[0])
	case r == FlexibleSpec:
		for i := 1; i < len(s.groups); i++ {
			if !fitsAny(v, r, s.groups[i]) {
				return false
			}
		}
		return true
	case r.bars():
		return len(s.asks[r]) == 0 || !fitsAny(v, r, s.asks[r])
	}
	return fitsAny(v, r, s.asks[r])
}

// fitsAny reports whether one of some values is the viewer's, or none is asked for.
func fitsAny(v *Viewer, r Rule, values []string) bool {
	for _, value := range values {
		if v.fits(r, value) {
			return true
		}
	}
	return len(values) == 0
}
