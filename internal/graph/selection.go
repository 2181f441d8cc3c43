package graph

import (
	"maps"
	"slices"
	"strings"
)

// add appends a field, or merges it into the one that is already answered under the same key.
func (s *Selection) add(f Selected) {
	at := slices.IndexFunc(s.Fields, func(g Selected) bool { return g.As == f.As })
	if at < 0 {
		s.Fields = append(s.Fields, f)
		return
	}
	old := &s.Fields[at]
	switch {
	case old.Name != f.Name || old.Below == nil:
	case f.Below == nil:
		f.Below = old.Below
	default:
		for _, below := range f.Below.Fields {
			old.Below.add(below)
		}
		f.Below = old.Below
	}
	*old = f
}

// selected asks for fields by their names alone; nil for none.
func selected(names []string) *Selection {
	if len(names) == 0 {
		return nil
	}
	s := &Selection{}
	for _, name := range names {
		s.Fields = append(s.Fields, Selected{Name: name, As: name})
	}
	return s
}

// String writes the selection as a `fields` parameter that parses to the same.
func (s *Selection) String() string {
	if s == nil {
		return ""
	}
	parts := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		parts[i] = f.String()
	}
	return strings.Join(parts, ",")
}

// String writes one field with its modifiers, in the order of their names.
func (f Selected) String() string {
	var b strings.Builder
	b.WriteString(f.Name)
	for _, name := range slices.Sorted(maps.Keys(f.Args)) {
		b.WriteString("." + name + "(" + f.Args[name] + ")")
	}
	if f.As != f.Name {
		b.WriteString(".as(" + f.As + ")")
	}
	if f.Below != nil {
		b.WriteString("{" + f.Below.String() + "}")
	}
	return b.String()
}
