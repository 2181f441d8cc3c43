package object

// Values of the platform's enumerations that the declarations and the rules mention. They are functions so that nobody can
// change a shared table.

// statuses are what an advertiser can set on a campaign, an ad set or an ad.
func statuses() []string { return []string{Active, Paused, Deleted, Archived} }

// effectiveStatuses is the union over campaign, ad set and ad, which is also what the listing filter accepts on each of them.
func effectiveStatuses() []string {
	return []string{Active, Paused, Deleted, Archived, "CAMPAIGN_PAUSED", "ADSET_PAUSED", "IN_PROCESS", "WITH_ISSUES",
		"PENDING_REVIEW", "DISAPPROVED", "PREAPPROVED", "PENDING_BILLING_INFO"}
}

// creativeStatuses are those of an AdCreative; only ACTIVE and DELETED are set by callers.
func creativeStatuses() []string { return []string{Active, "IN_PROCESS", "WITH_ISSUES", Deleted} }

// objectives includes the names that older campaigns carry; new campaigns take the six OUTCOME_ ones.
func objectives() []string {
	return append(Outcomes(), "APP_INSTALLS", "BRAND_AWARENESS", "CONVERSIONS", "EVENT_RESPONSES", "LEAD_GENERATION", "LINK_CLICKS",
		"LOCAL_AWARENESS", "MESSAGES", "OFFER_CLAIMS", "PAGE_LIKES", "POST_ENGAGEMENT", "PRODUCT_CATALOG_SALES", "REACH",
		"STORE_VISITS", "VIDEO_VIEWS")
}

// Outcomes are the objectives that a new campaign may have.
func Outcomes() []string {
	return []string{"OUTCOME_APP_PROMOTION", "OUTCOME_AWARENESS", "OUTCOME_ENGAGEMENT", "OUTCOME_LEADS", "OUTCOME_SALES", "OUTCOME_TRAFFIC"}
}

// specialCategories subject a campaign to rules on targeting.
func specialCategories() []string {
	return []string{"NONE", "CREDIT", "EMPLOYMENT", "FINANCIAL_PRODUCTS_SERVICES", "HOUSING", "ISSUES_ELECTIONS_POLITICS", "ONLINE_GAMBLING_AND_GAMING"}
}

// bidStrategies say what the auction may pay.
func bidStrategies() []string {
	return []string{"LOWEST_COST_WITHOUT_CAP", "LOWEST_COST_WITH_BID_CAP", "COST_CAP", "LOWEST_COST_WITH_MIN_ROAS"}
}

// optimizationGoals includes two names that the platform's documentation lists and its specification does not.
func optimizationGoals() []string {
	return []string{"ADVERTISER_SILOED_VALUE", "AD_RECALL_LIFT", "APP_INSTALLS", "APP_INSTALLS_AND_OFFSITE_CONVERSIONS",
		"AUTOMATIC_OBJECTIVE", "CONVERSATIONS", "DERIVED_EVENTS", "ENGAGED_PAGE_VIEWS", "ENGAGED_USERS", "EVENT_RESPONSES",
		"IMPRESSIONS", "IN_APP_VALUE", "LANDING_PAGE_VIEWS", "LEAD_GENERATION", "LINK_CLICKS", "MEANINGFUL_CALL_ATTEMPT",
		"MESSAGING_APPOINTMENT_CONVERSION", "MESSAGING_DEEP_CONVERSATION_AND_FOLLOW", "MESSAGING_PURCHASE_CONVERSION", "NONE",
		"OFFSITE_CONVERSIONS", "ONSITE_CONVERSIONS", "PAGE_LIKES", "POST_ENGAGEMENT", "PROFILE_AND_PAGE_ENGAGEMENT",
		"PROFILE_VISIT", "QUALITY_CALL", "QUALITY_LEAD", "REACH", "REMINDERS_SET", "SUBSCRIBERS", "THRUPLAY",
		"TWO_SECOND_CONTINUOUS_VIDEO_VIEWS", "VALUE", "VISIT_INSTAGRAM_PROFILE"}
}

// optimizationSubEvents refine a goal.
func optimizationSubEvents() []string {
	return []string{"NONE", "POST_INTERACTION", "TRAVEL_INTENT", "TRAVEL_INTENT_BUCKET_01", "TRAVEL_INTENT_BUCKET_02",
		"TRAVEL_INTENT_BUCKET_03", "TRAVEL_INTENT_BUCKET_04", "TRAVEL_INTENT_BUCKET_05", "TRAVEL_INTENT_NO_DESTINATION_INTENT",
		"TRIP_CONSIDERATION", "VIDEO_SOUND_ON"}
}

// billingEvents are what an advertiser is charged for.
func billingEvents() []string {
	return []string{"APP_INSTALLS", "CLICKS", "IMPRESSIONS", "LINK_CLICKS", "LISTING_INTERACTION", "NONE", "OFFER_CLAIMS",
		"PAGE_LIKES", "POST_ENGAGEMENT", "PURCHASE", "THRUPLAY"}
}

// destinationTypes are where a click leads.
func destinationTypes() []string {
	return []string{"UNDEFINED", "APP", "APPLINKS_AUTOMATIC", "FACEBOOK", "FACEBOOK_LIVE", "FACEBOOK_PAGE", "IMAGINE",
		"INSTAGRAM_DIRECT", "INSTAGRAM_LIVE", "INSTAGRAM_PROFILE", "INSTAGRAM_PROFILE_AND_FACEBOOK_PAGE",
		"MESSAGING_INSTAGRAM_DIRECT_MESSENGER", "MESSAGING_INSTAGRAM_DIRECT_MESSENGER_WHATSAPP",
		"MESSAGING_INSTAGRAM_DIRECT_WHATSAPP", "MESSAGING_MESSENGER_WHATSAPP", "MESSENGER", "ON_AD", "ON_EVENT", "ON_PAGE",
		"ON_POST", "ON_VIDEO", "SHOP_AUTOMATIC", "WEBSITE", "WHATSAPP"}
}

// objectTypes are the kinds of post that a creative amounts to.
func objectTypes() []string {
	return []string{"APPLICATION", "DOMAIN", "EVENT", "INVALID", "OFFER", "PAGE", "PHOTO", "POST_DELETED", "PRIVACY_CHECK_FAIL",
		"SHARE", "STATUS", "STORE_ITEM", "VIDEO"}
}
