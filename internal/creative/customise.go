package creative

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Customised is a creative as a place shows it: where its feed has customization rules, the assets that the rule of the place names, and all
// of the lists that it does not mention. The rule with the lowest priority that fits wins; without one, the default rule does. Without rules
// it is the creative itself. Nothing of it may be changed.
func Customised(spec map[string]any, platform, position string) map[string]any {
	feed := dig(spec, "asset_feed_spec")
	rule := fitting(elems(feed, "asset_customization_rules"), platform, position)
	if rule == nil {
		return spec
	}
	return narrowed(spec, func(slot string) string { return str(dig(rule, slot+"_label"), "name") })
}

// Labelled is a creative with only those assets of its feed that carry a label; lists in which nothing carries it stay whole.
func Labelled(spec map[string]any, label string) map[string]any {
	if label == "" || dig(spec, "asset_feed_spec") == nil {
		return spec
	}
	return narrowed(spec, func(string) string { return label })
}

// fitting is the rule for a place, nil for none.
func fitting(rules []any, platform, position string) map[string]any {
	var fit, fallback map[string]any
	best := 0
	for i, elem := range rules {
		rule, _ := elem.(map[string]any)
		priority, err := strconv.Atoi(id(rule["priority"]))
		if err != nil {
			priority = i + 1
		}
		if isDefault, _ := rule["is_default"].(bool); isDefault {
			fallback = rule
		}
		if suits(dig(rule, "customization_spec"), platform, position) && (fit == nil || priority < best) {
			fit, best = rule, priority
		}
	}
	if fit == nil {
		return fallback
	}
	return fit
}

// suits reports whether a rule is for a place. One that is for a part of the audience only is for no place as such.
func suits(spec map[string]any, platform, position string) bool {
	platforms, positions := elems(spec, "publisher_platforms"), elems(spec, platform+"_positions")
	for name := range spec {
		switch {
		case name == "publisher_platforms" || name == platform+"_positions":
		case strings.HasSuffix(name, "_positions"): // of another platform, which the rule is for as well
		default:
			return false
		}
	}
	if platforms == nil && positions == nil {
		return false
	}
	return (platforms == nil || slices.Contains(platforms, any(platform))) && (positions == nil || slices.Contains(positions, any(position)))
}

// narrowed cuts each list of a creative's feed down to the assets with the label that its slot asks for.
func narrowed(spec map[string]any, label func(slot string) string) map[string]any {
	feed := maps.Clone(dig(spec, "asset_feed_spec"))
	for slot, list := range map[string]string{
		"image": "images", "video": "videos", "body": "bodies", "title": "titles", "description": "descriptions", "link_url": "link_urls",
		"caption": "captions", "call_to_action": "call_to_actions", "carousel": "carousels",
	} {
		wanted := label(slot)
		if slot == "call_to_action" {
			wanted = cmp.Or(wanted, label("call_to_action_type"))
		}
		carry := slices.DeleteFunc(slices.Clone(elems(feed, list)), func(elem any) bool { return wanted == "" || !carries(elem, wanted) })
		if len(carry) > 0 {
			feed[list] = carry
		}
	}
	if rule := label("image"); rule != "" && label("video") == "" && len(elems(feed, "images")) > 0 {
		delete(feed, "videos") // the rule says what the place shows
	} else if label("video") != "" && rule == "" {
		delete(feed, "images")
	}
	out := maps.Clone(spec)
	out["asset_feed_spec"] = feed
	return out
}

// carries reports whether an asset has a label.
func carries(elem any, label string) bool {
	asset, _ := elem.(map[string]any)
	return slices.ContainsFunc(elems(asset, "adlabels"), func(l any) bool {
		named, _ := l.(map[string]any)
		return str(named, "name") == label
	})
}
