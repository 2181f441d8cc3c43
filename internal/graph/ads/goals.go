package ads

import "slices"

// goals are the optimization goals that serve an objective: those of the platform's table over all destinations, and the newer ones
// that clients use. Nil means that every goal is accepted.
func goals(objective string) []string {
	website := []string{"OFFSITE_CONVERSIONS", "ONSITE_CONVERSIONS", "LANDING_PAGE_VIEWS", "LINK_CLICKS", "IMPRESSIONS", "REACH"}
	switch objective {
	case "OUTCOME_AWARENESS":
		return []string{"AD_RECALL_LIFT", "REACH", "IMPRESSIONS", "THRUPLAY", "TWO_SECOND_CONTINUOUS_VIDEO_VIEWS"}
	case "OUTCOME_TRAFFIC":
		return append(website, "CONVERSATIONS", "ENGAGED_PAGE_VIEWS", "PROFILE_VISIT", "QUALITY_CALL", "VISIT_INSTAGRAM_PROFILE")
	case "OUTCOME_ENGAGEMENT":
		return append(website, "THRUPLAY", "TWO_SECOND_CONTINUOUS_VIDEO_VIEWS", "POST_ENGAGEMENT", "EVENT_RESPONSES", "PAGE_LIKES",
			"CONVERSATIONS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS", "ENGAGED_USERS", "MEANINGFUL_CALL_ATTEMPT",
			"PROFILE_AND_PAGE_ENGAGEMENT", "PROFILE_VISIT", "QUALITY_CALL", "REMINDERS_SET", "SUBSCRIBERS")
	case "OUTCOME_LEADS":
		return append(website, "LEAD_GENERATION", "QUALITY_LEAD", "QUALITY_CALL", "CONVERSATIONS", "MEANINGFUL_CALL_ATTEMPT",
			"MESSAGING_APPOINTMENT_CONVERSION", "SUBSCRIBERS")
	case "OUTCOME_APP_PROMOTION":
		return []string{"LINK_CLICKS", "APP_INSTALLS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS", "OFFSITE_CONVERSIONS", "VALUE", "IN_APP_VALUE"}
	case "OUTCOME_SALES":
		return append(website, "VALUE", "CONVERSATIONS", "ADVERTISER_SILOED_VALUE", "IN_APP_VALUE", "QUALITY_CALL",
			"MESSAGING_DEEP_CONVERSATION_AND_FOLLOW", "MESSAGING_PURCHASE_CONVERSION", "DERIVED_EVENTS")
	}
	return nil
}

// usualGoal is one that serves an objective and needs no promoted object.
func usualGoal(objective string) string {
	if objective == "OUTCOME_AWARENESS" {
		return "REACH"
	}
	return "LINK_CLICKS"
}

// billedAlone reports whether an event is charged for only where it is the goal, too. Impressions are charged for with every goal.
func billedAlone(billing string) bool {
	return slices.Contains([]string{"APP_INSTALLS", "LINK_CLICKS", "PAGE_LIKES", "POST_ENGAGEMENT", "THRUPLAY"}, billing)
}

// destinations are the objectives that a place to lead people to serves; nil for places of no particular objective.
func destinations(destination string) []string {
	const (
		traffic, engagement, leads, app, sales = "OUTCOME_TRAFFIC", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS", "OUTCOME_APP_PROMOTION", "OUTCOME_SALES"
	)
	switch destination {
	case "ON_AD":
		return []string{leads}
	case "ON_EVENT", "ON_PAGE", "ON_POST", "ON_VIDEO":
		return []string{engagement}
	case "SHOP_AUTOMATIC":
		return []string{sales, traffic}
	case "APP":
		return []string{traffic, engagement, leads, app, sales}
	case "APPLINKS_AUTOMATIC":
		return []string{traffic, app, sales}
	case "WEBSITE", "MESSENGER", "WHATSAPP", "INSTAGRAM_DIRECT":
		return []string{traffic, engagement, leads, sales}
	}
	return nil
}

// needs are the members of promoted_object one of which a goal cannot do without; nil for goals that count by themselves.
func needs(goal string) []string {
	switch goal {
	case "OFFSITE_CONVERSIONS", "VALUE":
		return []string{"pixel_id", "application_id", "product_set_id", "custom_conversion_id", "offline_conversion_data_set_id", "page_id"}
	case "LEAD_GENERATION", "QUALITY_LEAD", "PAGE_LIKES", "CONVERSATIONS", "MESSAGING_PURCHASE_CONVERSION":
		return []string{"page_id"}
	case "APP_INSTALLS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS":
		return []string{"application_id"}
	}
	return nil
}

// conversionEvents are the standard events that a promoted object can name.
func conversionEvents() []string {
	return []string{"ACHIEVEMENT_UNLOCKED", "ADD_PAYMENT_INFO", "ADD_TO_CART", "ADD_TO_WISHLIST", "AD_IMPRESSION",
		"COMPLETE_REGISTRATION", "CONTACT", "CONTENT_VIEW", "CUSTOMIZE_PRODUCT", "D2_RETENTION", "D7_RETENTION", "DONATE",
		"FIND_LOCATION", "INITIATED_CHECKOUT", "LEAD", "LEVEL_ACHIEVED", "LISTING_INTERACTION", "MESSAGING_CONVERSATION_STARTED_7D",
		"OTHER", "PURCHASE", "RATE", "SCHEDULE", "SEARCH", "SERVICE_BOOKING_REQUEST", "SPENT_CREDITS", "START_TRIAL",
		"SUBMIT_APPLICATION", "SUBSCRIBE", "TUTORIAL_COMPLETION"}
}
