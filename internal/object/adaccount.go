package object

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
			{Name: "currency", Kind: String, Mode: Derived, Doc: "ISO 4217 code; every amount of the account is in it.", Example: "USD"},
			{Name: "timezone_id", Kind: Int, Mode: Derived, Doc: "The platform's number of the time zone.", Example: "0"},
			{Name: "timezone_name", Kind: String, Mode: Editable, MaxRunes: 60, Doc: "IANA name of the time zone in which days begin and end.", Example: "America/Los_Angeles"},
			{Name: "timezone_offset_hours_utc", Kind: Float, Mode: Derived, Compute: "adaccount.timezone_offset", Doc: "Hours ahead of UTC now.", Example: "-8"},
			{Name: "account_status", Kind: Int, Mode: Derived, Doc: "1 is active; the other numbers say what is wrong.", Example: "1"},
			{Name: "disable_reason", Kind: Int, Mode: Derived, Doc: "0 while the account is active.", Example: "0"},
			{Name: "age", Kind: Float, Mode: Derived, Compute: "adaccount.age", Doc: "Days since the account was made.", Example: "12.5"},
			{Name: "amount_spent", Kind: Money, Mode: Derived, Compute: "adaccount.amount_spent", Doc: "What impressions have cost so far.", Example: "12345"},
			{Name: "balance", Kind: Money, Mode: Derived, Doc: "What is owed; nothing is billed here.", Example: "0"},
			{Name: "spend_cap", Kind: Money, Mode: Derived, Doc: "Most the account may spend; 0 is no cap.", Example: "0"},
			{Name: "min_daily_budget", Kind: Int, Mode: Derived, Compute: "adaccount.min_daily_budget", Doc: "Least daily budget of an ad set billed by impressions.", Example: "100"},
			{Name: "min_campaign_group_spend_cap", Kind: Money, Mode: Derived, Compute: "adaccount.min_spend_cap", Doc: "Least spend cap of a campaign.", Example: "10000"},
			{Name: "marquetry_cpm_micros", Kind: Int, Mode: Editable, Doc: "Ours: millionths of the currency charged for a thousand impressions.", Example: "5000000"},
			{Name: "attribution_spec", Kind: List, Elem: Object, Mode: Editable, Doc: "Attribution windows of new ad sets.", Example: `[{"event_type":"CLICK_THROUGH","window_days":7}]`},
			{Name: "owner", Kind: ID, Mode: Derived, Doc: "The business or user that owns the account."},
			{Name: "business", Kind: Any, Mode: Derived, Doc: "The business that owns the account.", Example: `{"id":"1","name":"Shop Ltd"}`},
			{Name: "business_name", Kind: String, Mode: Derived, Doc: "Name of the business."},
			{Name: "business_city", Kind: String, Mode: Derived, Doc: "City of the business."},
			{Name: "business_country_code", Kind: String, Mode: Derived, Doc: "Country of the business, two letters."},
			{Name: "business_state", Kind: String, Mode: Derived, Doc: "State or region of the business."},
			{Name: "business_street", Kind: String, Mode: Derived, Doc: "Street of the business."},
			{Name: "business_street2", Kind: String, Mode: Derived, Doc: "Second line of the street."},
			{Name: "business_zip", Kind: String, Mode: Derived, Doc: "Postal code of the business."},
			{Name: "end_advertiser", Kind: ID, Mode: Editable, Doc: "For whom an agency advertises.", Example: "NONE"},
			{Name: "end_advertiser_name", Kind: String, Mode: Derived, Doc: "Name of the end advertiser."},
			{Name: "media_agency", Kind: ID, Mode: Editable, Doc: "The agency that runs the account.", Example: "NONE"},
			{Name: "partner", Kind: ID, Mode: Editable, Doc: "The partner that runs the account.", Example: "NONE"},
			{Name: "default_dsa_beneficiary", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who benefits from ads shown in the European Union, unless an ad set says otherwise."},
			{Name: "default_dsa_payor", Kind: String, Mode: Editable, MaxRunes: 512, Doc: "Who pays for ads shown in the European Union, unless an ad set says otherwise."},
			{Name: "existing_customers", Kind: List, Elem: ID, Mode: Editable, Doc: "Audiences that hold existing customers."},
			{Name: "is_notifications_enabled", Kind: Bool, Mode: Editable, Doc: "Whether users are told of problems."},
			{Name: "is_personal", Kind: Int, Mode: Derived, Doc: "1 for an account of a person.", Example: "0"},
			{Name: "is_prepay_account", Kind: Bool, Mode: Derived, Doc: "Whether money is paid in beforehand.", Example: "false"},
			{Name: "is_direct_deals_enabled", Kind: Bool, Mode: Derived, Doc: "Whether direct deals are on.", Example: "false"},
			{Name: "has_migrated_permissions", Kind: Bool, Mode: Derived, Doc: "Whether permissions are by task.", Example: "true"},
			{Name: "has_page_authorized_adaccount", Kind: Bool, Mode: Derived, Doc: "Whether a Page allows only named accounts.", Example: "false"},
			{Name: "offsite_pixels_tos_accepted", Kind: Bool, Mode: Derived, Doc: "Whether the terms of pixels were accepted.", Example: "true"},
			{Name: "capabilities", Kind: List, Elem: String, Mode: Derived, Doc: "What the account may do beyond the usual."},
			{Name: "funding_source", Kind: ID, Mode: Derived, Doc: "Id of the way of payment; none is needed here."},
			{Name: "funding_source_details", Kind: Object, Mode: Derived, Doc: "The way of payment."},
			{Name: "io_number", Kind: ID, Mode: Derived, Doc: "Number of the insertion order."},
			{Name: "line_numbers", Kind: List, Elem: Int, Mode: Derived, Doc: "Lines of the insertion order."},
			{Name: "tax_id", Kind: String, Mode: Derived, Doc: "Tax number of the business."},
			{Name: "tax_id_status", Kind: Int, Mode: Derived, Doc: "What is known of the tax number.", Example: "0"},
			{Name: "tax_id_type", Kind: String, Mode: Derived, Doc: "Kind of the tax number."},
			{Name: "tos_accepted", Kind: Object, Mode: Editable, Doc: "Terms that were accepted.", Example: `{"web_custom_audience_tos":1}`},
			{Name: "user_tasks", Kind: List, Elem: String, Mode: Derived, Doc: "What the user may do in the account.", Example: `["ADVERTISE","ANALYZE"]`},
			createdField(),
			updatedField(),
		},
			unset(Bool, `can_create_brand_lift_study is_attribution_spec_system_default is_ba_skip_delayed_eligible
				is_in_3ds_authorization_enabled_market is_tax_id_required show_checkout_experience`),
			unset(Int, "fb_entity offsite_clo_signal_status"),
			unset(Float, "opportunity_score"),
			unset(Time, "user_access_expire_time"),
			unset(Any, `ad_account_promotable_objects agency_client_declaration all_capabilities brand_safety_content_filter_levels
				custom_audience_info expired_funding_source_details extended_credit_invoice_group failed_delivery_checks
				liable_address marketing_messages_settings owner_business rf_spec send_bill_to_address sold_to_address
				user_tos_accepted viewable_business`),
		),
		Edges: accountEdges(),
	}
}

// accountEdges are an ad account's collections.
func accountEdges() []Edge {
	return []Edge{
		{Name: "campaigns", Alias: []string{"adcampaign_groups"}, Target: "campaign", By: "account_id", Create: true, Params: listParams(), Doc: "Campaigns of the account."},
		{Name: "adsets", Alias: []string{"adcampaigns"}, Target: "adset", By: "account_id", Create: true, Params: listParams(), Doc: "Ad sets of the account."},
		{Name: "ads", Alias: []string{"adgroups"}, Target: "ad", By: "account_id", Create: true, Params: listParams(), Doc: "Ads of the account."},
		{Name: "adcreatives", Target: "adcreative", By: "account_id", Create: true, Doc: "Creatives of the account; a POST with the content of one that exists answers that one."},
		{Name: "adimages", Target: "adimage", Resolve: "adaccount.adimages", Action: "adimages.upload", Delete: "adimages.delete", Doc: "Images of the account; a POST uploads, a DELETE with hash removes.", Params: []Field{
			{Name: "hashes", Alias: []string{"selected_hashes"}, Kind: List, Elem: String, Doc: "Only images with these hashes.", Example: `["9d377b10ce778c4938b3c7e2c63a229a"]`},
			{Name: "name", Kind: String, Doc: "Only images with this name.", Example: "shoes.jpg"},
			{Name: "minwidth", Kind: Int, Doc: "Only images at least this wide, in pixels.", Example: "600"},
			{Name: "minheight", Kind: Int, Doc: "Only images at least this high, in pixels.", Example: "600"},
			{Name: "hash", Kind: String, Doc: "The image that a DELETE removes.", Example: "9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "bytes", Kind: String, Doc: "A POST's image, base64."},
			{Name: "copy_from", Kind: Object, Doc: "An image of another account to copy.", Example: `{"source_account_id":"120200000000000009","hash":"9d377b10ce778c4938b3c7e2c63a229a"}`},
		}},
		{Name: "adspixels", Target: "adspixel", By: "account_id", Create: true, Doc: "Pixels of the account."},
		insightsEdge(),
	}
}
