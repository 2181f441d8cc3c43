package creative

import (
	"cmp"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
)

// Normalised is a creative in the platform's own shape, with the memory of how it was sent.
type Normalised struct {
	Spec     map[string]any   // what to check and to store; shares nothing with what was sent
	Changes  []object.Warning // one per member that was read as another one; paths as sent
	Informal bool             // the assets came as lists inside link_data
	moves    []move
}

// move is one part that stands elsewhere than where it was sent. An empty sent path means that it was not sent at all.
type move struct {
	normal, sent []string
}

// Normalise brings a creative into the platform's own shape: JSON strings inside the typed specs are decoded, nulls dropped, the
// informal shape (lists of assets inside link_data) becomes an asset_feed_spec, a list of names as standard_enhancements becomes
// one enrolment each. It does not change what was sent, and changes nothing in what is normal already.
func Normalise(spec map[string]any) Normalised {
	n := Normalised{Spec: make(map[string]any, len(spec))}
	for name, v := range spec {
		if v != nil {
			n.Spec[name] = copied(v)
		}
	}
	for _, s := range specs() {
		if v, ok := n.Spec[s.member]; ok {
			n.Spec[s.member] = decoded(s.shape(), v)
		}
	}
	n.informal()
	n.enhancements()
	return n
}

// moved records that what stands at normal was sent at sent.
func (n *Normalised) moved(normal, sent []string) {
	n.moves = append(n.moves, move{normal, sent})
}

// changed adds the warning that a member was read as another one, which stands at a place of its own.
func (n *Normalised) changed(rule string, sent, as []string, message string) {
	n.Changes = append(n.Changes, object.Warning{Rule: "normalised." + rule, Path: sent, As: as, Message: message})
}

// SentPath translates a path in Spec to the path at which the caller sent it. Parts that were not moved stay as they are.
func (n *Normalised) SentPath(path []string) []string {
	best := move{}
	for _, m := range n.moves {
		if len(m.normal) >= len(best.normal) && len(m.normal) <= len(path) && slices.Equal(m.normal, path[:len(m.normal)]) {
			best = m
		}
	}
	return slices.Concat(best.sent, path[len(best.normal):])
}

// Blame rewrites the paths of faults that were found in Spec to what the caller sent.
func (n *Normalised) Blame(faults object.Faults) object.Faults {
	out := make(object.Faults, len(faults))
	for i, f := range faults {
		blamed := *f
		blamed.Path = n.SentPath(f.Path)
		blamed.Fixes = nil
		for _, fix := range f.Fixes {
			blamed.Fixes = append(blamed.Fixes, n.sentFix(fix)...)
		}
		out[i] = &blamed
	}
	return out
}

// sentFix is a fix for what the caller sent. Of a part whose assets were read as a feed, only what was left behind is dropped.
func (n *Normalised) sentFix(fix object.Fix) []object.Fix {
	path := fix.Path
	fix.Path = n.SentPath(path)
	emptied := slices.ContainsFunc(n.moves, func(m move) bool {
		return len(m.sent) > len(fix.Path) && slices.Equal(fix.Path, m.sent[:len(fix.Path)])
	})
	if !fix.Drop || !emptied || !slices.Equal(fix.Path, path) {
		return []object.Fix{fix}
	}
	var fixes []object.Fix
	for _, name := range slices.Sorted(maps.Keys(dig(n.Spec, path...))) {
		fixes = append(fixes, object.Fix{Path: append(slices.Clip(fix.Path), name), Drop: true})
	}
	return fixes
}

// Advice is Advise for Spec, with paths as sent.
func (n *Normalised) Advice() []object.Warning {
	advice := Advise(n.Spec)
	for i := range advice {
		advice[i].Path = n.SentPath(advice[i].Path)
	}
	return advice
}

// Check normalises and validates a creative; the faults blame what was sent.
func Check(spec map[string]any, rules Rules) (Normalised, object.Faults) {
	n := Normalise(spec)
	return n, n.Blame(Validate(n.Spec, rules))
}

// enhancements reads a list of feature names as one enrolment each. A feature that is stated by itself keeps what was stated.
func (n *Normalised) enhancements() {
	features := dig(n.Spec, "degrees_of_freedom_spec", "creative_features_spec")
	names, ok := unquote(features[bundle]).([]any)
	if !ok || slices.ContainsFunc(names, func(v any) bool { _, isName := v.(string); return !isName }) {
		return
	}
	root := []string{"degrees_of_freedom_spec", "creative_features_spec"}
	sent := append(slices.Clone(root), bundle)
	delete(features, bundle)
	for i, name := range names {
		if name := name.(string); features[name] == nil {
			features[name] = map[string]any{"enroll_status": optIn}
			n.moved(append(slices.Clone(root), name), at{path: sent}.index(i).path)
		}
	}
	n.changed("enhancements", sent, root, "a list of names is read as enroll_status OPT_IN of each that is not stated by itself")
}

// Complete adds what the platform reads back although it was not sent: optimization_type, and of call_to_action_types and
// call_to_actions the one that is missing.
// It takes a valid normalised creative and changes it.
func Complete(spec map[string]any) {
	feed := dig(spec, "asset_feed_spec")
	if feed == nil {
		return
	}
	if feed["optimization_type"] == nil {
		feed["optimization_type"] = cmp.Or(optimization(feed), "REGULAR")
	}
	types, actions := elems(feed, "call_to_action_types"), elems(feed, "call_to_actions")
	if len(actions) == 0 && len(types) > 0 {
		for _, t := range types {
			actions = append(actions, map[string]any{"type": t})
		}
		feed["call_to_actions"] = actions
	}
	if len(types) == 0 && len(actions) > 0 {
		for _, action := range actions {
			types = append(types, content("call_to_actions", action))
		}
		feed["call_to_action_types"] = types
	}
}
