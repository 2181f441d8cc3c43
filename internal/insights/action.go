package insights

import "strings"

// linkClick is the action type of a click; clicks are counted as such and are not stored as actions.
const linkClick = "link_click"

// actionTypes lists the action types that one pixel event is reported under, the most specific first; none for events that the
// platform does not report, such as PageView. Each of them is the same event seen from another side: they do not add up.
func actionTypes(event string) []string {
	const pixel = "offsite_conversion.fb_pixel_"
	switch event {
	case "Purchase":
		return []string{pixel + "purchase", "purchase", "omni_purchase"}
	case "AddToCart":
		return []string{pixel + "add_to_cart", "add_to_cart", "omni_add_to_cart"}
	case "InitiateCheckout":
		return []string{pixel + "initiate_checkout", "initiate_checkout", "omni_initiated_checkout"}
	case "ViewContent":
		return []string{pixel + "view_content", "view_content", "omni_view_content"}
	case "CompleteRegistration":
		return []string{pixel + "complete_registration", "complete_registration", "omni_complete_registration"}
	case "Search":
		return []string{pixel + "search", "search", "omni_search"}
	case "AddPaymentInfo":
		return []string{pixel + "add_payment_info", "add_payment_info"}
	case "AddToWishlist":
		return []string{pixel + "add_to_wishlist", "add_to_wishlist"}
	case "Lead":
		return []string{pixel + "lead", "lead"}
	case "Contact", "CustomizeProduct", "Donate", "FindLocation", "Schedule", "StartTrial", "SubmitApplication", "Subscribe":
		name := snake(event)
		return []string{name + "_website", name + "_total"}
	case "PageView":
		return nil
	}
	return []string{pixel + "custom." + event}
}

// snake writes a CamelCase event name in lower case with underscores: StartTrial is start_trial.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}
