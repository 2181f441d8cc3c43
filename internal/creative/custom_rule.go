package creative

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Occasion is where an ad is shown and how old who looks is, as far as that is known. What is not known is the zero value.
type Occasion struct {
	Platform, Position string // as a customization_spec says them: instagram, stream
	AgeFrom, AgeTo     int64  // years, inclusive
}

// CustomRules are the asset_customization_rules of a feed in the order in which they are asked, and last of all the one that always fits. A feed
// without rules has none.
type CustomRules []CustomRule

// CustomRule says what is shown in some places, in some languages or to some of the audience.
type CustomRule struct {
	rule     map[string]any // as sent; nil for the first asset of each list, which is shown where nothing else is said
	fallback bool
	places   map[string][]string // by platform its positions, nil for all of them; nil for every place
	ageMin   int64
	ageMax   int64 // 0 without end
	closed   bool  // asks for something that is never known, and so fits nobody

	Audience map[string]any // what else it asks of the viewer, in the words of targeting; nil for nothing
}

// openAge as an upper bound has no end.
const openAge = 65

// CustomRulesOf reads the rules of a stored creative.
func CustomRulesOf(spec map[string]any) CustomRules {
	list := elems(dig(spec, "asset_feed_spec"), "asset_customization_rules")
	if len(list) == 0 {
		return nil
	}
	var rules CustomRules
	var last CustomRule
	priorities := map[int]int{} // of list positions
	order := make([]int, len(list))
	for i, elem := range list {
		rule, _ := elem.(map[string]any)
		order[i], priorities[i] = i, i+1
		if given, err := strconv.Atoi(id(rule["priority"])); err == nil {
			priorities[i] = given
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(priorities[a], priorities[b]) })
	for _, i := range order {
		raw, _ := list[i].(map[string]any)
		rule := customRuleOf(raw)
		if isDefault, _ := raw["is_default"].(bool); isDefault {
			last.rule = raw
		}
		rules = append(rules, rule)
	}
	last.fallback = true
	return append(rules, last)
}

// customRuleOf reads one rule. One that says nothing of when it holds fits nobody but as the default.
func customRuleOf(raw map[string]any) CustomRule {
	spec := dig(raw, "customization_spec")
	r := CustomRule{rule: raw, closed: len(spec) == 0}
	for _, name := range slices.Sorted(maps.Keys(spec)) {
		platform, isPosition := strings.CutSuffix(name, "_positions")
		switch {
		case name == "publisher_platforms" || isPosition:
			r.places = placesOf(spec, r.places, platform, isPosition)
		case name == "age_min":
			r.ageMin = number64(spec[name])
		case name == "age_max":
			r.ageMax = number64(spec[name])
		case slices.Contains([]string{"device_platforms", "locales", "geo_locations", "genders"}, name):
			if r.Audience == nil {
				r.Audience = map[string]any{}
			}
			r.Audience[name] = spec[name]
		default:
			r.closed = true
		}
	}
	return r
}

// placesOf adds to places what one member says: the platforms, each with its positions, or the positions of a platform where none is named.
func placesOf(spec map[string]any, places map[string][]string, platform string, isPosition bool) map[string][]string {
	if places == nil {
		places = map[string][]string{}
	}
	if !isPosition {
		for _, name := range texts(spec, "publisher_platforms") {
			places[name] = texts(spec, name+"_positions")
		}
	} else if len(elems(spec, "publisher_platforms")) == 0 {
		places[platform] = texts(spec, platform+"_positions")
	}
	return places
}

// Fitting is the position of the rule that says what is shown: the first that fits, by priority; without one the default rule, and without that
// the first asset of each list. There must be rules. Holds tells of a rule with an audience whether the viewer is surely of it; nil where nothing is
// known of the viewer.
func (rules CustomRules) Fitting(o *Occasion, holds func(rule int) bool) int {
	for i := range rules {
		r := &rules[i]
		if r.fallback || r.fits(o) && (r.Audience == nil || holds != nil && holds(i)) {
			return i
		}
	}
	return len(rules) - 1
}

// fits reports whether what a rule asks of place and age is known of an occasion, and so.
func (r *CustomRule) fits(o *Occasion) bool {
	positions, placed := r.places[o.Platform]
	return !r.closed && r.aged(o) && (r.places == nil || placed && (positions == nil || slices.Contains(positions, o.Position)))
}

// aged reports whether an age range lies within that of a rule.
func (r *CustomRule) aged(o *Occasion) bool {
	if r.ageMin == 0 && r.ageMax == 0 {
		return true
	}
	return o.AgeTo > 0 && o.AgeFrom >= r.ageMin && (r.ageMax == 0 || r.ageMax >= openAge || o.AgeTo <= r.ageMax)
}

// Allowed marks the assets of a creative's feed that the rule lets through, by pool. Where a rule picks by label, what the creative's post holds
// beside its feed is not let through.
func (r *CustomRule) Allowed(spec map[string]any, feed Feed) [][]bool {
	narrow := r.narrow(spec)
	marks := make([][]bool, len(feed.Pools))
	whole, _ := FeedOf(narrow) // without any asset nothing is marked
	own, _ := FeedOf(map[string]any{"asset_feed_spec": narrow["asset_feed_spec"]})
	for i, pool := range feed.Pools {
		let := whole.pool(pool.Name)
		if picked := own.pool(pool.Name); len(picked) > 0 && (r.rule == nil || r.picks(pool.Name)) {
			let = picked
		}
		if r.rule == nil {
			let = let[:min(len(let), 1)]
		}
		marks[i] = make([]bool, len(pool.Assets))
		for j, a := range pool.Assets {
			marks[i][j] = slices.ContainsFunc(let, func(b Asset) bool { return a.ID == b.ID })
		}
	}
	return marks
}

// Carousel is the cards that the rule lets through, see [CarouselOf].
func (r *CustomRule) Carousel(spec map[string]any, feed Feed) *Carousel {
	return CarouselOf(r.narrow(spec), feed)
}

// pool is the assets of a pool, none when there is no such pool.
func (f Feed) pool(name string) []Asset {
	for _, p := range f.Pools {
		if p.Name == name {
			return p.Assets
		}
	}
	return nil
}

// picks reports whether a rule names a label for a pool.
func (r *CustomRule) picks(pool string) bool {
	return slices.ContainsFunc(map[string][]string{
		"image": {"image", "video"}, "link": {"link_url"}, "call_to_action": {"call_to_action", "call_to_action_type"},
	}[pool], r.labels) || r.labels(pool)
}

// labels reports whether a rule names a label for a slot.
func (r *CustomRule) labels(slot string) bool { return str(dig(r.rule, slot+"_label"), "name") != "" }

// narrow is a creative with only what the rule lets through of its feed.
func (r *CustomRule) narrow(spec map[string]any) map[string]any {
	if r.rule != nil {
		return narrowed(spec, func(slot string) string { return str(dig(r.rule, slot+"_label"), "name") })
	}
	feed := maps.Clone(dig(spec, "asset_feed_spec"))
	for _, list := range listsOfSlots() {
		if all := elems(feed, list); len(all) > 1 {
			feed[list] = all[:1]
		}
	}
	out := maps.Clone(spec)
	out["asset_feed_spec"] = feed
	return out
}

// texts are the strings of a list; nil for no list.
func texts(spec map[string]any, name string) []string {
	var all []string
	for _, elem := range elems(spec, name) {
		all = append(all, id(elem))
	}
	return all
}

// number64 is a whole number as JSON or a store gives it, 0 for anything else.
func number64(v any) int64 {
	n, _ := strconv.ParseInt(id(v), 10, 64)
	return n
}
