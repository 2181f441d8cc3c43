package creative

import (
	"cmp"
	"maps"
	"slices"
)

// Customised is a creative as a place shows it to somebody of whom nothing is known: where its feed has customization rules, the assets that the
// rule of the place names, and all of the lists that it does not mention; see [Rules.Fitting]. Without rules it is the creative itself. Nothing of
// it may be changed.
func Customised(spec map[string]any, platform, position string) map[string]any {
	rules := CustomRulesOf(spec)
	if len(rules) == 0 {
		return spec
	}
	return rules[rules.Fitting(&Occasion{Platform: platform, Position: position}, nil)].narrow(spec)
}

// Labelled is a creative with only those assets of its feed that carry a label; lists in which nothing carries it stay whole.
func Labelled(spec map[string]any, label string) map[string]any {
	if label == "" || dig(spec, "asset_feed_spec") == nil {
		return spec
	}
	return narrowed(spec, func(string) string { return label })
}

// narrowed cuts each list of a creative's feed down to the assets with the label that its slot asks for.
func narrowed(spec map[string]any, label func(slot string) string) map[string]any {
	feed := maps.Clone(dig(spec, "asset_feed_spec"))
	for slot, list := range listsOfSlots() {
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
	} else if label("video") != "" && rule == "" && len(elems(feed, "videos")) > 0 {
		delete(feed, "images")
	}
	out := maps.Clone(spec)
	out["asset_feed_spec"] = feed
	return out
}

// listsOfSlots are the lists of a feed from which labels pick, by slot.
func listsOfSlots() map[string]string {
	return map[string]string{
		"image": "images", "video": "videos", "body": "bodies", "title": "titles", "description": "descriptions", "link_url": "link_urls",
		"caption": "captions", "call_to_action": "call_to_actions", "carousel": "carousels",
	}
}

// carries reports whether an asset has a label.
func carries(elem any, label string) bool {
	asset, _ := elem.(map[string]any)
	return slices.ContainsFunc(elems(asset, "adlabels"), func(l any) bool {
		named, _ := l.(map[string]any)
		return str(named, "name") == label
	})
}
