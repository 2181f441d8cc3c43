package object

import "slices"

// AdAccount declares the owner of campaigns, creatives and images, with its currency and time zone.
func AdAccount() *Type {
	return &Type{
		Name:    "adaccount",
		Display: "AdAccount",
		Doc:     "Owns campaigns, creatives, images and pixels; has one currency and one time zone.",
		Prepare: []string{"adaccount"},
		Fields: joined([]Field{
			idField("act_120200000000000002"),
			{Name: "account_id", Kind: ID, Mode: Derived | Default, Doc: "The id without act_.", Example: "120200000000000002"},
			{Name: "name", Kind: String, Mode: Editable, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Shop"},
			{Name: "currency", Kind: String, Mode: Derived | Update, Doc: "ISO 4217 code; every amount of the account is in it. Fixed by the first ad.", Example: "USD"},
			{Name: "timezone_id", Kind: Int, Mode: Derived | Update, Support: Stored, Doc: "The platform's number of a time zone; timezone_name is what counts here.", Example: "0"},
			{Name: "timezone_name", Kind: String, Mode: Editable, MaxRunes: 60, Doc: "IANA name of the time zone in which days begin and end.", Example: "America/Los_Angeles"},
			{Name: "timezone_offset_hours_utc", Kind: Float, Mode: Derived, Compute: "adaccount.timezone_offset", Doc: "Hours ahead of UTC now.", Example: "-8"},
			{Name: "account_status", Kind: Int, Mode: Derived | Update, Doc: "1 is active; the other numbers say what is wrong. Ours: it can be set with the scope sandbox.", Example: "1"},
			{Name: "disable_reason", Kind: Int, Mode: Derived, Doc: "0 while the account is active.", Example: "0"},
			{Name: "age", Kind: Float, Mode: Derived, Compute: "adaccount.age", Doc: "Days since the account was made.", Example: "12.5"},
			{Name: "amount_spent", Kind: Money, Mode: Derived, Compute: "adaccount.amount_spent", Doc: "What impressions have cost so far, or since the spend cap was reset.", Example: "12345"},
			{Name: "balance", Kind: Money, Mode: Derived, Doc: "What is owed; nothing is billed here.", Example: "0"},
			{Name: "spend_cap", Kind: Float, Reads: Money, Mode: Derived | Update, Compute: "adaccount.spend_cap", Doc: "Most the account may spend: sent in whole units of the currency, read in minor ones; 0 is no cap.", Example: "0"},
			{Name: "spend_cap_action", Kind: Enum, Enum: []string{"reset", "delete"}, Mode: Update, Doc: "reset starts counting what is spent under the cap anew, delete takes the cap away.", Example: "reset"},
			{Name: "min_daily_budget", Kind: Int, Mode: Derived, Compute: "adaccount.min_daily_budget", Doc: "Least daily budget of an ad set billed by impressions.", Example: "100"},
			{Name: "min_campaign_group_spend_cap", Kind: Money, Mode: Derived, Compute: "adaccount.min_spend_cap", Doc: "Least spend cap of a campaign.", Example: "10000"},
			{Name: "marquetry_cpm_micros", Kind: Int, Mode: Editable, Doc: "Ours: millionths of the currency charged for a thousand impressions.", Example: "5000000"},
			{Name: "attribution_spec", Kind: List, Elem: Object, Inside: Kinds{"window_days": Int}, Mode: Editable, Doc: "Attribution windows of new ad sets.", Example: `[{"event_type":"CLICK_THROUGH","window_days":7}]`},
			{Name: "owner", Kind: ID, Ref: "business", Mode: Derived, Doc: "The business that owns the account.", Example: "120200000000000005"},
			{Name: "business", Kind: Object, Ref: "business", Mode: Derived, Compute: "adaccount.business", Doc: "The same business.", Example: `{"id":"1","name":"Shop Ltd"}`},
			{Name: "business_name", Kind: String, Mode: Derived, Compute: "adaccount.business_name", Doc: "Name of the business."},
			{Name: "end_advertiser", Kind: ID, Mode: Editable, Support: Stored, Doc: "For whom an agency advertises.", Example: "NONE"},
			{Name: "media_agency", Kind: ID, Mode: Editable, Support: Stored, Doc: "The agency that runs the account.", Example: "NONE"},
			{Name: "partner", Kind: ID, Mode: Editable, Support: Stored, Doc: "The partner that runs the account.", Example: "NONE"},
			{Name: "default_dsa_beneficiary", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who benefits from ads shown in the European Union, unless an ad set says otherwise."},
			{Name: "default_dsa_payor", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who pays for ads shown in the European Union, unless an ad set says otherwise."},
			{Name: "existing_customers", Kind: List, Elem: ID, Mode: Editable, Support: Stored, Doc: "Audiences that hold existing customers."},
			{Name: "is_notifications_enabled", Kind: Bool, Mode: Editable, Support: Stored, Doc: "Whether users are told of problems."},
			{Name: "is_personal", Kind: Int, Mode: Derived, Doc: "1 for an account of a person.", Example: "0"},
			{Name: "is_prepay_account", Kind: Bool, Mode: Derived, Doc: "Whether money is paid in beforehand.", Example: "false"},
			{Name: "is_direct_deals_enabled", Kind: Bool, Mode: Derived, Doc: "Whether direct deals are on.", Example: "false"},
			{Name: "has_migrated_permissions", Kind: Bool, Mode: Derived, Doc: "Whether permissions are by task.", Example: "true"},
			{Name: "has_page_authorized_adaccount", Kind: Bool, Mode: Derived, Doc: "Whether a Page allows only named accounts.", Example: "false"},
			{Name: "offsite_pixels_tos_accepted", Kind: Bool, Mode: Derived, Doc: "Whether the terms of pixels were accepted.", Example: "true"},
			{Name: "tax_id_status", Kind: Int, Mode: Derived, Doc: "What is known of the tax number.", Example: "0"},
			{Name: "tos_accepted", Kind: Object, Mode: Editable, Support: Stored, Doc: "Terms that were accepted.", Example: `{"web_custom_audience_tos":1}`},
			{Name: "user_tasks", Kind: List, Elem: String, Mode: Derived, Doc: "What the user may do in the account.", Example: `["ADVERTISE","ANALYZE"]`},
			createdField(),
			updatedField(),
		},
			reviewFields(),
			unset(String, `business_city business_country_code business_state business_street business_street2 business_zip
				end_advertiser_name tax_id tax_id_type`),
			unset(ID, "funding_source io_number"),
			unset(List, "capabilities line_numbers"),
			taken(Object, "business_info"),
			kept(Object, "agency_client_declaration custom_audience_info"),
			kept(Bool, "is_ba_skip_delayed_eligible"),
			since(260, unset(Float, "opportunity_score_weight")),
			unset(Bool, `can_create_brand_lift_study is_attribution_spec_system_default
				is_in_3ds_authorization_enabled_market is_tax_id_required show_checkout_experience`),
			unset(Int, "fb_entity offsite_clo_signal_status"),
			unset(Float, "opportunity_score"),
			unset(Time, "user_access_expire_time"),
			unset(Any, `ad_account_promotable_objects all_capabilities brand_safety_content_filter_levels
				expired_funding_source_details extended_credit_invoice_group failed_delivery_checks funding_source_details
				liable_address marketing_messages_settings owner_business rf_spec send_bill_to_address sold_to_address
				user_tos_accepted viewable_business`),
		),
		Edges: accountEdges(),
	}
}

// accountEdges are an ad account's collections.
func accountEdges() []Edge {
	return slices.Concat([]Edge{
		{Name: "campaigns", Alias: []string{"adcampaign_groups"}, Target: "campaign", By: "account_id", Create: true, Delete: "campaigns.delete", Params: append(runParams(), deletionParams()...), Doc: "Campaigns of the account; a DELETE removes many by a strategy."},
		{Name: "adsets", Alias: []string{"adcampaigns"}, Target: "adset", By: "account_id", Create: true, Params: runParams(), Doc: "Ad sets of the account."},
		{Name: "ads", Alias: []string{"adgroups"}, Target: "ad", By: "account_id", Create: true, Params: listParams(), Doc: "Ads of the account."},
		{Name: "adcreatives", Target: "adcreative", By: "account_id", Create: true, Doc: "Creatives of the account; a POST with the content of one that exists answers that one."},
		{Name: "adimages", Target: "adimage", Resolve: "adaccount.adimages", Action: "adimages.upload", Undoable: true, Delete: "adimages.delete", Doc: "Images of the account; a POST uploads, a DELETE with hash removes.", Params: []Field{
			{Name: "hashes", Alias: []string{"selected_hashes"}, Kind: List, Elem: String, Doc: "Only images with these hashes.", Example: `["9d377b10ce778c4938b3c7e2c63a229a"]`},
			{Name: "name", Kind: String, Doc: "Only images with this name.", Example: "shoes.jpg"},
			{Name: "minwidth", Kind: Int, Doc: "Only images at least this wide, in pixels.", Example: "600"},
			{Name: "minheight", Kind: Int, Doc: "Only images at least this high, in pixels.", Example: "600"},
			{Name: "hash", Kind: String, Doc: "The image that a DELETE removes.", Example: "9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "image_id", Kind: ID, Doc: "The same, by its id.", Example: "120200000000000002:9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "biz_tag_id", Kind: Int, Support: Ignored, Doc: "Accepted: images have no business tags."},
			{Name: "business_id", Kind: ID, Support: Ignored, Doc: "Accepted: images belong to the account alone."},
			{Name: "url", Kind: String, Doc: "Address from which a POST's image is fetched.", Example: "https://example.com/shoes.jpg"},
			{Name: "bytes", Kind: String, Doc: "A POST's image, base64."},
			{Name: "copy_from", Kind: Object, Doc: "An image of another account to copy.", Example: `{"source_account_id":"120200000000000009","hash":"9d377b10ce778c4938b3c7e2c63a229a"}`},
		}},
		generatePreviewsEdge("adaccount.generatepreviews"),
		{Name: "adspixels", Target: "adspixel", By: "account_id", Create: true, Doc: "Pixels of the account.", Params: []Field{
			{Name: "sort_by", Kind: Enum, Enum: []string{"LAST_FIRED_TIME", "NAME"}, Support: Ignored, Doc: "Order; the newest come first here."},
		}},
		{Name: "minimum_budgets", Resolve: "adaccount.minimum_budgets", Doc: "Least daily budgets by what is charged for, in minor units.", Params: []Field{
			{Name: "bid_amount", Kind: Int, Doc: "A bid cap, in minor units: the least budgets then follow from it.", Example: "500"},
		}},
		{Name: "promote_pages", Target: "page", Resolve: "user.accounts", Doc: "Pages that the account may advertise."},
		{Name: "users", Resolve: "adaccount.users", Doc: "Who may work on the account, of those that the token sees."},
		{Name: "assigned_users", Resolve: "adaccount.users", Action: "adaccount.assign", Delete: "adaccount.unassign", Doc: "The same users. A POST says what one may do, a DELETE takes one off the list; their tokens decide what they can do in fact.", Params: append([]Field{
			{Name: "user", Kind: ID, Doc: "The user to assign or to take off.", Example: "120200000000000007"},
			{Name: "tasks", Kind: List, Elem: Enum, Enum: []string{"AA_ANALYZE", "ADVERTISE", "ANALYZE", "DRAFT", "MANAGE"}, Doc: "What the user may do.", Example: `["ADVERTISE","ANALYZE"]`},
		}, taken(ID, "business")...)},
		{Name: "product_catalogs", Target: "productcatalog", By: "account_id", Create: true, Doc: "Ours: catalogs that belong to the account and to no business."},
		insightsEdge(), restatementsEdge(),
	}, []Edge{videosEdge()}, laterEdges(), labelEdges(), accountGroups(), accountOutside())
}

// deletionParams say which campaigns a DELETE on the account's list removes.
func deletionParams() []Field {
	return []Field{
		{Name: "delete_strategy", Kind: Enum, Enum: []string{"DELETE_ANY", "DELETE_OLDEST", "DELETE_ARCHIVED_BEFORE"}, Doc: "Of a DELETE: which campaigns go first.", Example: "DELETE_OLDEST"},
		{Name: "before_date", Kind: Time, Doc: "Of a DELETE: only campaigns that last changed before this time; required with DELETE_ARCHIVED_BEFORE.", Example: "2026-01-31"},
		{Name: "object_count", Kind: Int, Doc: "Of a DELETE: how many campaigns to remove, at most 500 at once.", Example: "10"},
		{Name: "delete_offset", Kind: Int, Doc: "Of a DELETE: how many of the chosen campaigns to spare from the first on.", Example: "0"},
	}
}

// accountOutside are the account's edges that lead to objects which are not emulated: places, playables, reach and frequency, Instagram,
// block lists, messages, other people's access.
func accountOutside() []Edge {
	return outside(`account_controls adcloudplayables adplayables ad_place_page_sets ad_place_page_sets_async ad_saved_keywords ads_reporting_mmm_reports
		ads_reporting_mmm_schedulers ads_volume advertisable_applications affectedadsets agencies applications audience_funnel
		block_list_drafts brand_safety_content_filter_levels broadtargetingcategories businessprojects
		connected_instagram_accounts connected_instagram_accounts_with_iabp conversion_goals customaudiencestos
		deprecatedtargetingadsets dsa_recommendations impacting_ad_studies instagram_accounts ios_fourteen_campaign_limits
		matched_search_applications max_bid mcmeconversions message_campaign message_delivery_estimate messages onbehalf_requests
		product_audiences publisher_block_lists reachfrequencypredictions recommendations subscribed_apps tracking
		usersofanyaudience value_rule_set value_rule_set_translation video_ads`)
}
