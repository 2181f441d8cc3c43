package object

import "slices"

// AdsPixel declares the receiver of a site's events.
func AdsPixel() *Type {
	return &Type{
		Name:    "adspixel",
		Display: "AdsPixel",
		Doc:     "Receives the events of a site, from its pages and from its servers.",
		Fields: joined([]Field{
			idField("120200000000000004"),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Shop"},
			{Name: "owner_ad_account", Kind: Object, Ref: "adaccount", Mode: Derived, Compute: "owner", Doc: "The ad account that owns the pixel."},
			{Name: "code", Kind: String, Mode: Derived, Compute: "adspixel.code", Doc: "What to paste into a page so that it reports its views."},
			{Name: "automatic_matching_fields", Kind: List, Elem: String, Mode: Editable, Support: Stored, Doc: "Customer data that pages may send hashed.", Example: `["em","ph"]`},
			{Name: "enable_automatic_matching", Kind: Bool, Mode: Editable, Preset: false, Support: Stored, Doc: "Whether pages look for customer data.", Example: "false"},
			{Name: "data_use_setting", Kind: Enum, Enum: []string{"ADVERTISING_AND_ANALYTICS", "ANALYTICS_ONLY", "EMPTY"}, Mode: Editable, Preset: "ADVERTISING_AND_ANALYTICS", Support: Stored, Doc: "What the events may be used for.", Example: "ANALYTICS_ONLY"},
			{Name: "first_party_cookie_status", Kind: Enum, Enum: []string{"EMPTY", "FIRST_PARTY_COOKIE_DISABLED", "FIRST_PARTY_COOKIE_ENABLED"}, Mode: Editable, Preset: "FIRST_PARTY_COOKIE_ENABLED", Support: Stored, Doc: "Whether pages may keep a cookie of their own.", Example: "FIRST_PARTY_COOKIE_DISABLED"},
			{Name: "server_events_business_ids", Kind: List, Elem: ID, Mode: Create | Update, Support: Ignored, Doc: "Businesses that may send events from servers."},
			{Name: "is_created_by_business", Kind: Bool, Mode: Derived, Doc: "Whether a business made it.", Example: "false"},
			{Name: "is_unavailable", Kind: Bool, Mode: Derived, Doc: "Whether it can no longer be used.", Example: "false"},
			{Name: "can_proxy", Kind: Bool, Mode: Derived, Doc: "Whether others may send on its behalf.", Example: "false"},
			{Name: "creation_time", Kind: Time, Mode: Derived, Compute: "adspixel.creation_time", Doc: "When the pixel was made.", Example: "2026-01-31T08:00:00+0000"},
			{Name: "last_fired_time", Kind: Time, Mode: Derived, Compute: "adspixel.last_fired", Doc: "When the newest event happened.", Example: "2026-01-31T08:00:00-0800"},
			accountField(),
			createdField(),
			updatedField(),
		},
			unset(String, "config description event_stats last_upload_app"),
			unset(Bool, `enable_auto_assign_to_accounts has_1p_pixel_event is_consolidated_container is_crm is_mta_use
				is_restricted_use`),
			unset(Int, `duplicate_entries event_time_max event_time_min last_upload_app_changed_time match_rate_approx matched_entries
				valid_entries`),
			unset(Time, "user_access_expire_time"),
			unset(Any, "creator owner_business usage"),
		),
		Edges: slices.Concat([]Edge{
			{Name: "events", Action: "pixel.events", Doc: "Conversions API: a POST takes up to 1000 events.", Params: []Field{
				{Name: "data", Kind: List, Elem: Object, Mode: Required, Doc: "The events.", Example: `[{"event_name":"Purchase","event_time":1769846400,"action_source":"website"}]`},
				{Name: "test_event_code", Kind: String, Doc: "Marks the events as a test.", Example: "TEST123"},
				{Name: "partner_agent", Kind: String, Doc: "Who sends on the advertiser's behalf.", Example: "shop-plugin-1.2"},
				{Name: "namespace_id", Kind: ID, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "platforms", Kind: List, Elem: Any, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "progress", Kind: Any, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "trace", Kind: Int, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "upload_id", Kind: ID, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "upload_source", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
				{Name: "upload_tag", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
			}},
			{Name: "stats", Resolve: "adspixel.stats", Doc: "Events received, by the hour in which they happened.", Params: []Field{
				{Name: "aggregation", Kind: Enum, Enum: pixelAggregations(), Doc: "What to count by: event, event_source or event_total_counts; the others are known, and not counted.", Example: "event"},
				{Name: "start_time", Kind: Time, Doc: "First hour; a day ago when it is not sent.", Example: "2026-01-31"},
				{Name: "end_time", Kind: Time, Doc: "Hours before this time; now when it is not sent.", Example: "2026-02-01"},
				{Name: "event", Kind: String, Doc: "Only this event.", Example: "Purchase"},
				{Name: "event_source", Kind: String, Doc: "Only events from there: website, app, physical_store, …", Example: "website"},
				{Name: "agent", Kind: String, Support: Ignored, Doc: "Accepted, without effect: who sent an event is not kept."},
			}},
			{Name: "adaccounts", Target: "adaccount", Resolve: "adspixel.adaccounts", Doc: "The ad account that owns the pixel, as a list of one.", Params: []Field{
				{Name: "business", Kind: ID, Support: Ignored, Doc: "The business that asks."},
			}},
		}, outside("agencies ahp_configs assigned_users da_checks offline_event_uploads openbridge_configurations shadowtraffichelper shared_accounts shared_agencies")),
	}
}

// pixelAggregations are what a pixel's events can be counted by.
func pixelAggregations() []string {
	return []string{"browser_type", "custom_data_field", "device_os", "device_type", "event", "event_detection_method", "event_processing_results",
		"event_source", "event_total_counts", "event_value_count", "had_pii", "host", "match_keys", "pixel_fire", "url", "url_by_rule"}
}
