package target

// Surely reports whether all that targeting asks for is known of a viewer and so: what is not known is no. Hours are not asked.
func (s *Spec) Surely(v *Viewer) bool {
	if !within(s.places, v, zip, yes) || len(s.barred) > 0 && within(s.barred, v, zip, maybe) {
		return false
	}
	for r := AgeMin; r < Hours; r++ {
		if s.Asks(r) && !v.knows(r) || !s.passes(r, v) {
			return false
		}
	}
	return true
}

// Asks reports whether there is anything that a rule about people and devices asks for.
func (s *Spec) Asks(r Rule) bool {
	switch r {
	case Detailed:
		return len(s.groups) > 0 && len(s.groups[0]) > 0
	case FlexibleSpec:
		return len(s.groups) > 1
	}
	return len(s.asks[r]) > 0
}
