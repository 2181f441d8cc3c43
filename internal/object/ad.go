package object

// Ad declares the bottom of the tree: a creative in an ad set.
func Ad() *Type {
	return &Type{
		Name:    "ad",
		Display: "AdGroup",
		Doc:     "Shows one creative to the audience of its ad set.",
		Prepare: []string{"ad"},
		Delete:  []string{"ad"},
		Fields: joined([]Field{
			idField("120200000000000008"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable, MaxRunes: 400, Doc: "Name for the advertiser's eyes; taken from the creative when it is not sent.", Example: "Shoes, dynamic"},
			{Name: "adset_id", Kind: ID, Ref: "adset", Mode: Fixed | Required, Doc: "The ad set that the ad is in.", Example: "120200000000000006"},
			{Name: "adset", Kind: Object, Ref: "adset", Mode: Derived, Doc: "The ad set, expanded."},
			{Name: "campaign_id", Kind: ID, Ref: "campaign", Mode: Derived, Doc: "The campaign of the ad set.", Example: "120200000000000005"},
			{Name: "campaign", Kind: Object, Ref: "campaign", Mode: Derived, Doc: "The campaign, expanded."},
			{Name: "creative", Kind: Object, Ref: "adcreative", Mode: Editable | Required, Doc: "What to show: {creative_id}, or a whole creative.", Example: `{"creative_id":"120200000000000007"}`},
			{Name: "creative_id", Kind: ID, Ref: "adcreative", Mode: Derived, Doc: "Id of the creative.", Example: "120200000000000007"},
		}, statusFields("adgroup_status", "issues"), []Field{
			{Name: "bid_amount", Kind: Money, Mode: Editable, Doc: "Bid of this ad instead of the ad set's.", Example: "200"},
			{Name: "bid_type", Kind: Enum, Enum: []string{"ABSOLUTE_OCPM", "CPA", "CPC", "CPM", "MULTI_PREMIUM"}, Mode: Derived, Compute: "ad.bid_type", Doc: "What the bid is for.", Example: "ABSOLUTE_OCPM"},
			{Name: "tracking_specs", Kind: Any, Mode: Editable, Doc: "Actions to count.", Example: `[{"action.type":["offsite_conversion"],"fb_pixel":["1"]}]`},
			{Name: "conversion_specs", Kind: Any, Mode: Derived, Doc: "Actions to optimise for."},
			{Name: "conversion_domain", Kind: String, Mode: Editable, MaxRunes: 255, Doc: "Domain on which conversions happen.", Example: "example.com"},
			{Name: "ad_schedule_start_time", Kind: Time, Mode: Editable, Doc: "When this ad starts, within the ad set's run."},
			{Name: "ad_schedule_end_time", Kind: Time, Mode: Editable, Doc: "When this ad ends, within the ad set's run."},
			{Name: "creative_asset_groups_spec", Kind: Object, Mode: Editable, Doc: "Groups of assets of a flexible ad."},
			{Name: "creative_automation_spec", Kind: Object, Mode: Editable, Since: 260, Doc: "Stored as sent."},
			{Name: "adset_spec", Kind: Object, Mode: Create | Update, Doc: "An ad set to make with the ad; not done here, give adset_id."},
			{Name: "display_sequence", Kind: Int, Mode: Editable, Doc: "Place of the ad in a sequence.", Example: "1"},
			{Name: "engagement_audience", Kind: Bool, Mode: Editable, Doc: "Whether people who react form an audience."},
			{Name: "audience_id", Kind: ID, Mode: Create | Update, Doc: "An audience."},
			{Name: "priority", Kind: Int, Mode: Editable, Doc: "Rank among the ads of the ad set.", Example: "1"},
			{Name: "include_demolink_hashes", Kind: Bool, Mode: Create | Update, Doc: "Accepted."},
			{Name: "draft_adgroup_id", Kind: ID, Mode: Create | Update, Doc: "The draft that the ad was made from."},
			{Name: "source_ad_id", Kind: ID, Mode: Fixed, Doc: "The ad that this one was copied from."},
			{Name: "source_ad", Kind: Object, Ref: "ad", Mode: Derived, Doc: "The ad that this one was copied from, expanded."},
			{Name: "ad_review_feedback", Kind: Object, Mode: Derived, Doc: "Why the ad was refused, by policy."},
			{Name: "failed_delivery_checks", Kind: List, Elem: Object, Mode: Derived, Doc: "Checks that the ad did not pass."},
			{Name: "recommendations", Kind: List, Elem: Object, Mode: Derived, Doc: "What could be done better."},
			labelsField(),
			optionsParam("validate_only", "synchronous_ad_review", "include_recommendations"),
			createdField(),
			updatedField(),
		}),
		Edges: []Edge{
			{Name: "adcreatives", Target: "adcreative", Via: "creative_id", Doc: "The creative of the ad, as a list of one."},
			{Name: "combinations", Resolve: "combinations", Doc: "Ours: every combination of assets that the ad can show, with stable ids."},
			insightsEdge(),
		},
	}
}
