package creative

import "slices"

// custom checks feeds whose assets are customised by rules: for places, languages or segments of the audience.
func (c *checker) custom(feed map[string]any, kind string) {
	p, rules := feedAt("asset_customization_rules"), elems(feed, "asset_customization_rules")
	if n := len(rules); n < minCustomRules {
		c.limit(p, "min", n, minCustomRules, "%s needs at least %d asset_customization_rules, %d were sent", kind, minCustomRules, n)
	}
	defaults, known := 0, carried(feed)
	for i, elem := range rules {
		rule, _ := elem.(map[string]any)
		if isDefault, _ := rule["is_default"].(bool); isDefault {
			defaults++
		}
		for _, slot := range labelled() {
			name := str(dig(rule, slot+"_label"), "name")
			if name != "" && !known[name] {
				c.fault(p.index(i).member(slot+"_label"), "label", "no asset carries the label %q", clip(name)).Subcode = 2446173
			}
		}
	}
	if kind == "LANGUAGE" && defaults != 1 {
		c.limit(p, "default", defaults, 1, "LANGUAGE needs exactly one rule with is_default, %d were sent", defaults)
	}
}

// labelled are the slots that a customization rule can fill by label, in the order in which faults name them.
func labelled() []string {
	return []string{"image", "video", "body", "title", "description", "link_url", "caption", "call_to_action_type", "call_to_action", "carousel"}
}

// carried is the set of label names on the assets of a feed.
func carried(feed map[string]any) map[string]bool {
	names := map[string]bool{}
	for _, list := range slices.Concat(feedLists(), []string{"captions", "carousels"}) {
		for _, elem := range elems(feed, list) {
			asset, _ := elem.(map[string]any)
			for _, label := range elems(asset, "adlabels") {
				label, _ := label.(map[string]any)
				names[str(label, "name")] = true
			}
		}
	}
	return names
}
