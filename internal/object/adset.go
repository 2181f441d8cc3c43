package object

// AdSet declares the middle of the tree: whom to reach, with how much money, towards which goal.
func AdSet() *Type {
	return &Type{
		Name:    "adset",
		Display: "AdCampaign",
		Doc:     "Says whom to reach, with how much money, when and towards which goal; holds ads.",
		Prepare: []string{"adset", "adlabels"},
		Delete:  []string{"adset"},
		Fields: joined([]Field{
			idField("120200000000000006"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 400, Doc: "Name for the advertiser's eyes.", Example: "Women 25-44"},
			{Name: "campaign_id", Kind: ID, Ref: "campaign", Alias: []string{"campaign_group_id"}, Mode: Fixed | Required, Unless: []string{"campaign_spec"}, Doc: "The campaign that the ad set is in, unless campaign_spec makes it.", Example: "120200000000000005"},
			{Name: "campaign", Kind: Object, Ref: "campaign", Mode: Derived, Doc: "The campaign, expanded."},
			{Name: "campaign_spec", Kind: Object, Mode: Create | Update, Doc: "A whole campaign to make with the ad set; of an existing ad set, changes of its campaign."},
			{Name: "is_dynamic_creative", Kind: Bool, Mode: Fixed, Preset: false, Doc: "Whether the one ad of this set is combined from an asset feed.", Example: "true"},
		}, statusFields("campaign_status", "issues"), adsetGoal(), adsetMoney(), adsetSchedule(), adsetRest(), []Field{
			labelsField(),
			labelIDsField(),
			optionsParam("validate_only", "include_recommendations"),
			createdField(),
			updatedField(),
		},
			unset(String, "attribution_count_type campaign_active_time"),
			unset(Int, "anchor_event_attribution_window_days"),
			unset(ID, "asset_feed_id instagram_user_id"),
			unset(Bool, "recurring_budget_semantics use_new_app_click"),
			unset(Any, `brand_safety_config creative_diversity_label creative_diversity_score low_creative_reach recommendations
				targeting_optimization_types`),
			since(260, kept(Any, "is_dc_follow_optimized is_sequenced_conversion_creation")),
			taken(Any, "budget_source budget_split_set_id date_format"),
			asked("am_call_tags date_preset from_adtable time_range"),
		),
		Edges: append([]Edge{
			{Name: "asyncadrequests", Target: "adasyncrequest", By: "scope_object_id", Filter: "async.statuses", Params: requestStatusParams(), Doc: "Requests of sets that made its ads."},
			{Name: "ads", Alias: []string{"adgroups"}, Target: "ad", By: "adset_id", Params: listParams(), Doc: "Ads of the ad set."},
			{Name: "adcreatives", Target: "adcreative", Resolve: "adset.adcreatives", Doc: "Creatives that the ads of the ad set show."},
			periodsEdge("adset_id"),
			insightsEdge(), restatementsEdge(),
			labelledEdge(),
			deliveryEdge(),
			sentencesEdge(),
			studiesEdge("adset_ids"),
			activitiesEdge(),
			adsetCopies(),
		}, outside("adrules_governed message_delivery_estimate")...),
	}
}

// adsetGoal is whom to reach and what to optimise for.
func adsetGoal() []Field {
	return []Field{
		{Name: "optimization_goal", Kind: Enum, Enum: optimizationGoals(), Mode: Editable | Required, Doc: "The event that delivery is optimised for; must fit the campaign's objective.", Example: "OFFSITE_CONVERSIONS"},
		{Name: "optimization_sub_event", Kind: Enum, Enum: optimizationSubEvents(), Mode: Editable, Preset: "NONE", Support: Stored, Doc: "A refinement of the goal.", Example: "NONE"},
		{Name: "billing_event", Kind: Enum, Enum: billingEvents(), Mode: Editable | Required, Remedy: "IMPRESSIONS", Doc: "What is charged for.", Example: "IMPRESSIONS"},
		{Name: "promoted_object", Kind: Object, Mode: Editable, Doc: "The pixel, Page, app or product set whose events count.", Example: `{"pixel_id":"120200000000000004","custom_event_type":"PURCHASE"}`},
		{Name: "targeting", Kind: Object, Inside: targetingKinds(), Mode: Editable | Required, Doc: "Whom to reach; needs a location.", Example: `{"geo_locations":{"countries":["US"]}}`},
		{Name: "destination_type", Kind: Enum, Enum: destinationTypes(), Mode: Editable, Doc: "Where a click leads.", Example: "WEBSITE"},
		{Name: "attribution_spec", Kind: List, Elem: Object, Inside: Kinds{"window_days": Int}, Mode: Editable, Doc: "Attribution windows.", Example: `[{"event_type":"CLICK_THROUGH","window_days":7},{"event_type":"VIEW_THROUGH","window_days":1}]`},
		{Name: "campaign_attribution", Kind: Any, Mode: Editable, Support: Stored, Doc: "Attribution of installs."},
		{Name: "is_incremental_attribution_enabled", Kind: Bool, Mode: Editable, Support: Stored, Doc: "Whether only additional results count."},
		{Name: "learning_stage_info", Kind: Object, Mode: Derived, Compute: "adset.learning", Doc: "How far delivery has learnt; marquetry_ads is ours: per ad the state, the value that is left to find and the days until the end of LEARNING.", Example: `{"status":"LEARNING","conversions":12}`},
		{Name: "multi_optimization_goal_weight", Kind: Enum, Enum: []string{"BALANCED", "PREFER_EVENT", "PREFER_INSTALL", "UNDEFINED"}, Mode: Editable, Support: Stored, Doc: "Weight of two goals."},
		{Name: "tune_for_category", Kind: Enum, Enum: specialCategories(), Mode: Create | Update, Support: Ignored, Doc: "The special category to adjust for."},
		{Name: "value_rule_set_id", Kind: ID, Mode: Editable, Support: Stored, Doc: "Rules that weigh people."},
		{Name: "value_rules_applied", Kind: Bool, Mode: Editable, Support: Stored, Doc: "Whether the rules apply."},
		{Name: "ad_set_goal", Kind: Any, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
	}
}

// adsetMoney is budgets, bids and caps.
func adsetMoney() []Field {
	return []Field{
		{Name: "daily_budget", Kind: Money, Mode: Editable, Doc: "Budget of a day; either this, lifetime_budget, or a budget of the campaign.", Example: "5000"},
		{Name: "lifetime_budget", Kind: Money, Mode: Editable, Doc: "Budget of the whole run; needs end_time.", Example: "150000"},
		{Name: "budget_remaining", Kind: Money, Mode: Derived, Compute: "budget_remaining", Doc: "What is left of the budget, of today or of the run.", Example: "4200"},
		{Name: "bid_strategy", Kind: Enum, Enum: bidStrategies(), Mode: Editable, Doc: "What may be paid; follows from the bid when it is not sent.", Example: "LOWEST_COST_WITHOUT_CAP"},
		{Name: "bid_amount", Kind: Int, Mode: Editable, Doc: "The cap that the bid strategy works with, in minor units.", Example: "500"},
		{Name: "bid_constraints", Kind: Object, Inside: Kinds{"roas_average_floor": Int}, Mode: Editable, Doc: "Least return on spend, times 10000.", Example: `{"roas_average_floor":10000}`},
		{Name: "bid_adjustments", Kind: Object, Mode: Editable, Support: Stored, Doc: "Bids by kind of person."},
		{Name: "bid_info", Kind: Object, Mode: Derived, Compute: "adset.bid_info", Doc: "The bid by what it is for.", Example: `{"ACTIONS":500}`},
		{Name: "autobid", Alias: []string{"is_autobid"}, Kind: Bool, Mode: Create | Update, Doc: "Older way to say LOWEST_COST_WITHOUT_CAP."},
		{Name: "daily_min_spend_target", Kind: Money, Mode: Editable, Support: Stored, Doc: "Least to spend in a day of a shared budget."},
		{Name: "daily_spend_cap", Kind: Money, Mode: Editable, Doc: "Most to spend in a day of a shared budget."},
		{Name: "lifetime_min_spend_target", Kind: Money, Mode: Editable, Support: Stored, Doc: "Least to spend of a shared budget."},
		{Name: "lifetime_spend_cap", Kind: Money, Mode: Editable, Doc: "Most to spend of a shared budget."},
		{Name: "min_budget_spend_percentage", Kind: Int, Mode: Editable, Support: Stored, Doc: "Least share of a shared budget, percent."},
		{Name: "max_budget_spend_percentage", Kind: Int, Mode: Editable, Support: Stored, Doc: "Largest share of a shared budget, percent."},
		{Name: "existing_customer_budget_percentage", Kind: Int, Mode: Editable, Support: Stored, Doc: "Largest share spent on existing customers, percent."},
		{Name: "lifetime_imps", Kind: Int, Mode: Editable, Support: Stored, Doc: "Impressions bought, for reserved campaigns."},
		{Name: "daily_imps", Kind: Int, Mode: Create | Update, Support: Ignored, Doc: "Impressions a day, for reserved campaigns."},
		{Name: "budget_schedule_specs", Kind: List, Elem: Object, Mode: Create | Update, Doc: "Periods with more budget to make, or with an id to change.", Example: `[{"time_start":1795737600,"time_end":1795824000,"budget_value":5000,"budget_value_type":"ABSOLUTE"}]`},
		{Name: "is_budget_schedule_enabled", Kind: Bool, Mode: Editable, Doc: "Whether periods with more budget apply; they do unless it is false."},
		{Name: "cost_bidding_mode", Kind: String, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
	}
}

// adsetSchedule is when the ads run and how often one person may see them.
func adsetSchedule() []Field {
	return []Field{
		{Name: "start_time", Alias: []string{"time_start"}, Kind: Time, Mode: Editable, Doc: "When delivery starts; at once when it is not sent.", Example: "2026-01-31T08:00:00-0800"},
		{Name: "end_time", Alias: []string{"time_stop"}, Kind: Time, Mode: Editable, Doc: "When delivery ends; 0 is never.", Example: "2026-03-31T08:00:00-0800"},
		{Name: "adset_schedule", Kind: List, Elem: Object, Inside: Kinds{"start_minute": Int, "end_minute": Int, "days": Int}, Mode: Editable, Doc: "Hours of the week in which to deliver; needs a lifetime budget.", Example: `[{"start_minute":540,"end_minute":1020,"days":[1,2,3,4,5],"timezone_type":"USER"}]`},
		{Name: "pacing_type", Kind: List, Elem: String, Mode: Editable, Doc: "How the budget is spread: standard, day_parting with a schedule, or no_pacing for as fast as it goes.", Example: `["standard"]`},
		{Name: "frequency_control_specs", Kind: List, Elem: Object, Inside: Kinds{"interval_days": Int, "max_frequency": Int}, Mode: Editable, Doc: "How often a person may see the ads of the set.", Example: `[{"event":"IMPRESSIONS","interval_days":7,"max_frequency":3}]`},
		{Name: "time_based_ad_rotation_id_blocks", Kind: List, Elem: Any, Mode: Editable, Support: Stored, Doc: "Ads in turn, by blocks."},
		{Name: "time_based_ad_rotation_intervals", Kind: List, Elem: Int, Mode: Editable, Support: Stored, Doc: "Days of each block."},
		{Name: "creative_sequence", Kind: List, Elem: ID, Mode: Editable, Support: Stored, Doc: "Ads in the order in which a person sees them."},
		{Name: "creative_sequence_repetition_pattern", Kind: Enum, Enum: []string{"FULL_SEQUENCE", "LAST_AD"}, Mode: Editable, Support: Stored, Doc: "What follows a sequence."},
	}
}

// adsetRest is stored and read back, and steers nothing.
func adsetRest() []Field {
	return []Field{
		{Name: "dsa_beneficiary", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who benefits from ads shown in the European Union.", Example: "Shop Ltd"},
		{Name: "dsa_payor", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who pays for ads shown in the European Union.", Example: "Shop Ltd"},
		{Name: "review_feedback", Kind: String, Mode: Derived, Compute: "adset.review_feedback", Doc: "Assets that were refused, as JSON text."},
		{Name: "automatic_manual_state", Kind: Enum, Enum: []string{"AUTOMATIC", "MANUAL", "UNSET"}, Mode: Editable, Support: Stored, Doc: "Whether the set-up is automatic."},
		{Name: "full_funnel_exploration_mode", Kind: Enum, Enum: []string{"EXTENDED_EXPLORATION", "LIMITED_EXPLORATION", "NONE_EXPLORATION"}, Mode: Editable, Support: Stored, Doc: "How far to explore."},
		{Name: "is_ba_skip_delayed_eligible", Kind: Bool, Mode: Editable, Support: Stored, Doc: "Stored as sent."},
		{Name: "is_sac_cfca_terms_certified", Kind: Bool, Mode: Create | Update, Support: Ignored, Doc: "Whether terms of special categories are certified."},
		{Name: "line_number", Kind: Int, Mode: Create, Support: Ignored, Doc: "Line of the insertion order."},
		{Name: "topline_id", Kind: ID, Mode: Create, Support: Ignored, Doc: "Top line of the insertion order."},
		{Name: "multi_event_conversion_attribution_window_seconds", Kind: Int, Mode: Editable, Support: Stored, Doc: "Window of several events, in seconds."},
		{Name: "placement_soft_opt_out", Kind: Object, Mode: Editable, Support: Stored, Doc: "Placements that get little of the budget."},
		{Name: "regional_regulated_categories", Kind: List, Elem: String, Mode: Editable, Support: Stored, Doc: "Regulated categories by region.", Example: `["TAIWAN_UNIVERSAL"]`},
		{Name: "regional_regulation_identities", Kind: Object, Mode: Editable, Support: Stored, Doc: "Who stands for the ads in regulated regions."},
		{Name: "rf_prediction_id", Kind: ID, Alias: []string{"rb_prediction_id"}, Mode: Editable, Support: Stored, Doc: "Prediction of a reserved campaign."},
		{Name: "source_adset_id", Kind: ID, Ref: "adset", Mode: Fixed, Doc: "The ad set that this one was copied from."},
		{Name: "source_adset", Kind: Object, Ref: "adset", Mode: Derived, Doc: "The ad set that this one was copied from, expanded."},
		{Name: "special_ad_categories", Kind: List, Elem: String, Mode: Derived, Compute: "special_ad_categories", Doc: "Special categories of the campaign."},
		{Name: "trending_topics_spec", Kind: Object, Mode: Editable, Support: Stored, Doc: "Topics to stand beside."},
		{Name: "is_organic_ad_joint_optimized", Kind: Bool, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
		{Name: "live_video_ad_campaign_config", Kind: Object, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
		{Name: "meta_moment_maker_spec", Kind: Object, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
		{Name: "relative_value", Kind: Any, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
	}
}

// LearningSince is when a significant edit last began the learning phase anew, unix seconds, in the data of campaigns, ad sets and ads. It is kept
// beside the declared fields and read in learning_stage_info.
const LearningSince = "learning_since"
