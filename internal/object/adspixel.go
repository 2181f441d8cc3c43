package object

// AdsPixel declares the receiver of a site's events.
func AdsPixel() *Type {
	return &Type{
		Name:    "adspixel",
		Display: "AdsPixel",
		Doc:     "Receives the events of a site, from its pages and from its servers.",
		Fields: joined([]Field{
			idField("120200000000000004"),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Shop"},
			{Name: "owner_ad_account", Kind: Object, Ref: "adaccount", Mode: Derived, Compute: "adspixel.owner", Doc: "The ad account that owns the pixel."},
			{Name: "code", Kind: String, Mode: Derived, Compute: "adspixel.code", Doc: "What to paste into a page so that it reports its views."},
			{Name: "automatic_matching_fields", Kind: List, Elem: String, Mode: Editable, Doc: "Customer data that pages may send hashed.", Example: `["em","ph"]`},
			{Name: "enable_automatic_matching", Kind: Bool, Mode: Editable, Preset: false, Doc: "Whether pages look for customer data.", Example: "false"},
			{Name: "data_use_setting", Kind: Enum, Enum: []string{"ADVERTISING_AND_ANALYTICS", "ANALYTICS_ONLY", "EMPTY"}, Mode: Editable, Preset: "ADVERTISING_AND_ANALYTICS", Doc: "What the events may be used for.", Example: "ANALYTICS_ONLY"},
			{Name: "first_party_cookie_status", Kind: Enum, Enum: []string{"EMPTY", "FIRST_PARTY_COOKIE_DISABLED", "FIRST_PARTY_COOKIE_ENABLED"}, Mode: Editable, Preset: "FIRST_PARTY_COOKIE_ENABLED", Doc: "Whether pages may keep a cookie of their own.", Example: "FIRST_PARTY_COOKIE_DISABLED"},
			{Name: "server_events_business_ids", Kind: List, Elem: ID, Mode: Create | Update, Doc: "Businesses that may send events from servers."},
			{Name: "is_created_by_business", Kind: Bool, Mode: Derived, Doc: "Whether a business made it.", Example: "false"},
			{Name: "is_unavailable", Kind: Bool, Mode: Derived, Doc: "Whether it can no longer be used.", Example: "false"},
			{Name: "can_proxy", Kind: Bool, Mode: Derived, Doc: "Whether others may send on its behalf.", Example: "false"},
			{Name: "creation_time", Kind: Time, Mode: Derived, Compute: "adspixel.creation_time", Doc: "When the pixel was made.", Example: "2026-01-31T08:00:00+0000"},
			accountField(),
			createdField(),
			updatedField(),
		},
			unset(String, "config description event_stats last_upload_app"),
			unset(Bool, `enable_auto_assign_to_accounts has_1p_pixel_event is_consolidated_container is_crm is_mta_use
				is_restricted_use`),
			unset(Int, `duplicate_entries event_time_max event_time_min last_upload_app_changed_time match_rate_approx matched_entries
				valid_entries`),
			unset(Time, "last_fired_time user_access_expire_time"),
			unset(Any, "creator owner_business usage"),
		),
		Edges: []Edge{
			{Name: "events", Action: "pixel.events", Doc: "Conversions API: a POST takes up to 1000 events.", Params: []Field{
				{Name: "data", Kind: List, Elem: Object, Mode: Required, Doc: "The events.", Example: `[{"event_name":"Purchase","event_time":1769846400,"action_source":"website"}]`},
				{Name: "test_event_code", Kind: String, Doc: "Marks the events as a test.", Example: "TEST123"},
				{Name: "partner_agent", Kind: String, Doc: "Who sends on the advertiser's behalf.", Example: "shop-plugin-1.2"},
			}},
		},
	}
}
