package object

// Ad declares the bottom of the tree: a creative in an ad set.
func Ad() *Type {
	return &Type{
		Name:    "ad",
		Display: "AdGroup",
		Doc:     "Shows one creative to the audience of its ad set.",
		Prepare: []string{"ad", "adlabels", "ad.generation"},
		Delete:  []string{"ad"},
		Fields: joined([]Field{
			idField("120200000000000008"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable, MaxRunes: 400, Doc: "Name for the advertiser's eyes; taken from the creative when it is not sent.", Example: "Shoes, dynamic"},
			{Name: "adset_id", Kind: ID, Ref: "adset", Mode: Fixed | Required, Unless: []string{"adset_spec", "campaign_id"}, Doc: "The ad set that the ad is in, unless adset_spec makes it; campaign_id may name it, as it did when ad sets were called campaigns.", Example: "120200000000000006"},
			{Name: "adset", Kind: Object, Ref: "adset", Mode: Derived, Doc: "The ad set, expanded."},
			{Name: "campaign_id", Kind: ID, Ref: "campaign", Mode: Derived, Doc: "The campaign of the ad set.", Example: "120200000000000005"},
			{Name: "campaign", Kind: Object, Ref: "campaign", Mode: Derived, Doc: "The campaign, expanded."},
			{Name: "creative", Kind: Object, Ref: "adcreative", Mode: Editable | Required, Doc: "What to show: {creative_id}, or a whole creative.", Example: `{"creative_id":"120200000000000007"}`},
			{Name: "creative_id", Kind: ID, Ref: "adcreative", Mode: Derived, Doc: "Id of the creative.", Example: "120200000000000007"},
		}, statusFields("adgroup_status", "issues"), []Field{
			{Name: "bid_amount", Kind: Money, Mode: Editable, Doc: "Bid of this ad instead of the ad set's.", Example: "200"},
			{Name: "bid_type", Kind: Enum, Enum: []string{"ABSOLUTE_OCPM", "CPA", "CPC", "CPM", "MULTI_PREMIUM"}, Mode: Derived, Compute: "ad.bid_type", Doc: "What the bid is for.", Example: "ABSOLUTE_OCPM"},
			{Name: "tracking_specs", Kind: Any, Inside: trackedKinds(), Mode: Editable, Support: Stored, Doc: "Actions to count.", Example: `[{"action.type":["offsite_conversion"],"fb_pixel":["1"]}]`},
			{Name: "conversion_domain", Kind: String, Mode: Editable, MaxRunes: 255, Support: Stored, Doc: "Domain on which conversions happen.", Example: "example.com"},
			{Name: "ad_schedule_start_time", Kind: Time, Mode: Editable, Doc: "When this ad starts, within the ad set's run."},
			{Name: "ad_schedule_end_time", Kind: Time, Mode: Editable, Doc: "When this ad ends, within the ad set's run."},
			{Name: "creative_asset_groups_spec", Kind: Object, Mode: Editable, Doc: "Groups of assets of a flexible ad."},
			{Name: "creative_automation_spec", Kind: Object, Mode: Editable, Since: 260, Support: Stored, Doc: "Stored as sent."},
			{Name: "adset_spec", Kind: Object, Mode: Create | Update, Doc: "A whole ad set to make with the ad; of an existing ad, changes of its ad set."},
			{Name: "display_sequence", Kind: Int, Mode: Editable, Support: Stored, Doc: "Place of the ad in a sequence.", Example: "1"},
			{Name: "engagement_audience", Kind: Bool, Mode: Editable, Support: Stored, Doc: "Whether people who react form an audience."},
			{Name: "audience_id", Kind: ID, Mode: Create | Update, Support: Ignored, Doc: "An audience."},
			{Name: "priority", Kind: Int, Mode: Editable, Support: Stored, Doc: "Rank among the ads of the ad set.", Example: "1"},
			{Name: "include_demolink_hashes", Kind: Bool, Mode: Create | Update, Support: Ignored, Doc: "Accepted."},
			{Name: "draft_adgroup_id", Kind: ID, Mode: Create | Update, Support: Ignored, Doc: "The draft that the ad was made from."},
			{Name: "source_ad_id", Kind: ID, Ref: "ad", Mode: Fixed, Doc: "The ad that this one was copied from."},
			{Name: "source_ad", Kind: Object, Ref: "ad", Mode: Derived, Doc: "The ad that this one was copied from, expanded."},
			{Name: "ad_review_feedback", Kind: Object, Mode: Derived, Compute: "ad.review_feedback", Doc: "Why the ad was disapproved, by policy.", Example: `{"global":{"Advertising standards":"The ad was refused in a test."}}`},
			{Name: "marquetry_policy", Kind: String, Mode: Editable, MaxRunes: 40, Doc: "Ours: the policy that chooses combinations, default or one of the simpler ones; unset leaves it to the server.", Example: "asset-beta"},
			{Name: "marquetry_control_share", Kind: Float, Mode: Editable, Doc: "Ours: share of the decisions that show any combination evenly, 0 to 0.5; unset leaves it to the server.", Example: "0.05"},
			{Name: "marquetry_stopped_assets", Kind: List, Elem: ID, Mode: Editable, Doc: "Ours: assets that are not shown, by their ids in decisions and reports. What was learnt of them stays.", Example: `["98202095664450737"]`},
			{Name: "marquetry_pinned_assets", Kind: List, Elem: ID, Mode: Editable, Doc: "Ours: assets that alone are shown of their slots.", Example: `["20139531314174426"]`},
			{Name: "marquetry_forbidden_pairs", Kind: List, Elem: Any, Mode: Editable, Doc: "Ours: pairs of assets that are not shown together.", Example: `[["98202095664450737","78394466720519856"]]`},
			frequencyField("ad"),
			{Name: "marquetry_disapproved_adset_id", Kind: ID, Ref: "adset", Mode: Derived, Doc: "Ours: the ad set, while the ad is disapproved."},
			{Name: "marquetry_disapproved_campaign_id", Kind: ID, Ref: "campaign", Mode: Derived, Doc: "Ours: the campaign, while the ad is disapproved."},
			{Name: "special_ad_categories", Kind: List, Elem: String, Mode: Derived, Compute: "special_ad_categories", Doc: "Special categories of the campaign."},
			{Name: "targeting", Kind: Object, Mode: Derived, Compute: "ad.targeting", Doc: "The audience of the ad set."},
			{Name: "preview_shareable_link", Kind: String, Mode: Derived, Compute: "ad.preview_link", Doc: "A page that shows the ad to anyone who has the link, for thirty days."},
			labelsField(),
			labelIDsField(),
			optionsParam("validate_only", "synchronous_ad_review", "include_recommendations"),
			createdField(),
			updatedField(),
		},
			unset(String, "ad_active_time demolink_hash last_updated_by_app_id"),
			unset(Any, "bid_info conversion_specs failed_delivery_checks placement recommendations tracking_and_conversion_with_defaults"),
			taken(String, "date_format"),
			asked("am_call_tags date_preset from_adtable review_feedback_breakdown time_range"),
		),
		Edges: append([]Edge{
			{Name: "adcreatives", Target: "adcreative", Via: "creative_id", Doc: "The creative of the ad, as a list of one."},
			{Name: "combinations", Resolve: "combinations", Doc: "Ours: every combination of assets that the ad can show, with stable ids."},
			previewsEdge("ad.previews"),
			{Name: "review", Action: "ad.review", Doc: "Ours, with the scope sandbox: a POST ends the ad's review with a verdict.", Params: []Field{
				{Name: "decision", Kind: Enum, Enum: []string{Approve, Disapprove}, Mode: Required, Doc: "How the review ends.", Example: "DISAPPROVE"},
				{Name: "policy", Kind: String, MaxRunes: 200, Doc: "Of a disapproval: the policy that the ad breaks.", Example: "Weapons"},
				{Name: "text", Kind: String, MaxRunes: 2000, Doc: "Of a disapproval: what people are told.", Example: "The ad shows a sword."},
				{Name: "assets", Kind: List, Elem: String, Doc: "Of a disapproval: the assets that were refused, by image hash, video id or text.", Example: `["Shop Now"]`},
			}},
			insightsEdge(), restatementsEdge(),
			labelledEdge(),
			sentencesEdge(),
			adCopies(),
		}, outside("adrules_governed leads")...),
	}
}

// trackedKinds are the members of tracking_specs that name objects.
func trackedKinds() Kinds {
	return Kinds{"application": ID, "conversion_id": ID, "dataset": ID, "fb_pixel": ID, "offsite_pixel": ID, "page": ID, "post": ID}
}
