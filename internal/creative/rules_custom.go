package creative

import "slices"

// custom checks feeds whose assets are customised by rules: for places, languages or segments of the audience.
func (c *checker) custom(feed map[string]any, kind string) {
	p, rules := feedAt("asset_customization_rules"), elems(feed, "asset_customization_rules")
	if n := len(rules); n < minCustomRules {
		c.limit(p, "min", n, minCustomRules, "%s needs at least %d asset_customization_rules, %d were sent", kind, minCustomRules, n)
	}
	defaults, known := 0, carriers(feed)
	for i, elem := range rules {
		rule, _ := elem.(map[string]any)
		if isDefault, _ := rule["is_default"].(bool); isDefault {
			defaults++
		}
		for _, slot := range labelled() {
			name := str(dig(rule, slot+"_label"), "name")
			if n := known[listOfSlot(slot)][name]; n > 1 && slot != "carousel" {
				c.limit(p.index(i).member(slot+"_label"), "several", n, 1, "%d assets carry the label %q; a rule takes one of each kind", n, clip(name)).
					drop(p.index(i).member(slot + "_label")).Subcode = 1885878
			}
		}
	}
	for i, elem := range rules {
		rule, _ := elem.(map[string]any)
		if slices.Contains(elems(dig(rule, "customization_spec"), "messenger_positions"), any("sponsored_messages")) {
			c.fault(p.index(i).member("customization_spec").member("messenger_positions"), "place", "sponsored_messages can't be customised")
		}
	}
	if defaults > 1 && kind != "LANGUAGE" {
		c.limit(p, "default", defaults, 1, "at most one rule may be the default, %d are", defaults)
	}
	if kind == "LANGUAGE" && defaults != 1 {
		c.limit(p, "default", defaults, 1, "LANGUAGE needs exactly one rule with is_default, %d were sent", defaults)
	}
}

// labelled are the slots that a customization rule can fill by label, in the order in which faults name them.
func labelled() []string {
	return []string{"image", "video", "body", "title", "description", "link_url", "caption", "call_to_action_type", "call_to_action", "carousel"}
}

// listOfSlot is the list of a feed from which a label of that slot picks.
func listOfSlot(slot string) string {
	switch slot {
	case "body":
		return "bodies"
	case "call_to_action_type":
		return "call_to_actions" // types carry no labels
	}
	return slot + "s"
}

// labels checks that every label that a rule, a group or a card of a carousel names is carried by an asset.
func (c *checker) labels(feed map[string]any) {
	known := map[string]bool{}
	for _, byName := range carriers(feed) {
		for name := range byName {
			known[name] = true
		}
	}
	for _, list := range []string{"asset_customization_rules", "groups"} {
		for i, elem := range elems(feed, list) {
			c.named(feedAt(list).index(i), elem, known)
		}
	}
	for i, elem := range elems(feed, "carousels") {
		carousel, _ := elem.(map[string]any)
		for j, card := range elems(carousel, "child_attachments") {
			c.named(feedAt("carousels").index(i).member("child_attachments").index(j), card, known)
		}
	}
}

// named checks the labels that one record names.
func (c *checker) named(p at, elem any, known map[string]bool) {
	record, _ := elem.(map[string]any)
	for _, slot := range append(labelled(), "phone_data_ids") {
		name := str(dig(record, slot+"_label"), "name")
		if name != "" && !known[name] {
			c.fault(p.member(slot+"_label"), "label", "no asset carries the label %q", clip(name)).drop(p.member(slot + "_label")).Subcode = 2446173
		}
	}
}

// carriers counts, by list of a feed and name of a label, the assets that carry it.
func carriers(feed map[string]any) map[string]map[string]int {
	counts := map[string]map[string]int{}
	for _, list := range slices.Concat(feedLists(), []string{"captions", "carousels"}) {
		counts[list] = map[string]int{}
		for _, elem := range elems(feed, list) {
			asset, _ := elem.(map[string]any)
			for _, label := range elems(asset, "adlabels") {
				label, _ := label.(map[string]any)
				counts[list][str(label, "name")]++
			}
		}
	}
	return counts
}
