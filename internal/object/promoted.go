package object

import "strings"

// PromotedEvent is the pixel event that an ad set optimises for and that its reports count as a conversion, from the promoted_object in
// its data; Purchase when that names none. The platform writes standard events there as PURCHASE or ADD_TO_CART, and custom ones as OTHER
// with custom_event_str.
func PromotedEvent(adset map[string]any) string {
	promoted, _ := adset["promoted_object"].(map[string]any)
	name, _ := promoted["custom_event_type"].(string)
	switch name {
	case "":
		return "Purchase"
	case "OTHER":
		custom, _ := promoted["custom_event_str"].(string)
		return custom
	case "CONTENT_VIEW":
		return "ViewContent"
	case "INITIATED_CHECKOUT":
		return "InitiateCheckout"
	}
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(word[:min(1, len(word))]))
		b.WriteString(strings.ToLower(word[min(1, len(word)):]))
	}
	return b.String()
}
