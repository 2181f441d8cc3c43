package account

// event is what a change is called.
type event struct {
	name     string // the platform's event_type
	text     string // for people
	category string // by which a log can be narrowed, beside the kind of object
}

// subject is a kind of object whose changes are shown.
type subject struct {
	name     string // object_type
	category string
	create   event
	remove   event
	fields   map[string]event // what a change of a field is called
	rest     event            // what a change of any other field is called; none when it has no name
}

// subjects are the kinds of objects by our names. Creatives, images, labels and pixels have no events on the platform.
func subjects() map[string]subject {
	labels := event{"update_ad_labels", "Labels updated", ""}
	return map[string]subject{
		"campaign": {
			name: "CAMPAIGN", category: "CAMPAIGN",
			create: event{"create_campaign_group", "Campaign created", "STATUS"},
			remove: event{"update_campaign_run_status", "Campaign status updated", "STATUS"},
			fields: fieldEvents(
				event{"update_campaign_name", "Campaign name updated", ""}, "name",
				event{"update_campaign_run_status", "Campaign status updated", "STATUS"}, "status",
				event{"update_campaign_budget", "Campaign budget updated", "BUDGET"}, "daily_budget lifetime_budget",
				event{"update_campaign_budget_optimization_toggling_status", "Budget sharing updated", "BUDGET"}, "is_adset_budget_sharing_enabled",
				event{"update_campaign_group_spend_cap", "Campaign spending limit updated", "BUDGET"}, "spend_cap",
				event{"update_campaign_duration", "Campaign schedule updated", "DATE"}, "start_time stop_time",
				event{"update_campaign_delivery_type", "Campaign delivery updated", ""}, "pacing_type",
				labels, "adlabels"),
			rest: event{"unknown", "Campaign updated", ""},
		},
		"adset": {
			name: "AD_SET", category: "AD_SET",
			create: event{"create_ad_set", "Ad set created", "STATUS"},
			remove: event{"update_ad_set_run_status", "Ad set status updated", "STATUS"},
			fields: fieldEvents(
				event{"update_ad_set_name", "Ad set name updated", ""}, "name",
				event{"update_ad_set_run_status", "Ad set status updated", "STATUS"}, "status",
				event{"update_ad_set_budget", "Ad set budget updated", "BUDGET"}, "daily_budget lifetime_budget",
				event{"update_ad_set_bidding", "Ad set bid updated", "BID"}, "bid_amount bid_constraints bid_adjustments",
				event{"update_ad_set_bid_strategy", "Ad set bid strategy updated", "BID"}, "bid_strategy",
				event{"update_ad_set_duration", "Ad set schedule updated", "DATE"}, "start_time end_time",
				event{"update_campaign_ad_scheduling", "Ad scheduling updated", "DATE"}, "adset_schedule",
				event{"update_ad_set_optimization_goal", "Optimization goal updated", "BID"}, "optimization_goal",
				event{"update_ad_set_target_spec", "Audience updated", "TARGETING"}, "targeting",
				event{"update_ad_set_min_spend_target", "Minimum spend updated", "BUDGET"}, "daily_min_spend_target lifetime_min_spend_target",
				event{"update_ad_set_spend_cap", "Ad set spending limit updated", "BUDGET"}, "daily_spend_cap lifetime_spend_cap",
				labels, "adlabels"),
			rest: event{"unknown", "Ad set updated", ""},
		},
		"ad": {
			name: "AD", category: "AD",
			create: event{"create_ad", "Ad created", "STATUS"},
			remove: event{"update_ad_run_status", "Ad status updated", "STATUS"},
			fields: fieldEvents(
				event{"update_ad_friendly_name", "Ad name updated", ""}, "name",
				event{"update_ad_run_status", "Ad status updated", "STATUS"}, "status",
				event{"update_ad_creative", "Ad creative updated", ""}, "creative",
				event{"update_ad_bid_info", "Ad bid updated", "BID"}, "bid_amount",
				labels, "adlabels"),
			rest: event{"unknown", "Ad updated", ""},
		},
		"customaudience": {
			name: "CUSTOM_AUDIENCE", category: "AUDIENCE",
			create: event{"create_audience", "Audience created", ""},
			remove: event{"delete_audience", "Audience deleted", ""},
			rest:   event{"update_audience", "Audience updated", ""},
		},
		"adaccount": {
			name: "ACCOUNT", category: "ACCOUNT",
			fields: fieldEvents(event{"ad_account_update_spend_limit", "Account spending limit updated", "BUDGET"}, "spend_cap spend_cap_action"),
			rest:   event{"ad_account_set_business_information", "Account updated", ""},
		},
	}
}
