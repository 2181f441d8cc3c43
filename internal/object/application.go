package object

// Application declares the program on whose behalf tokens were issued.
func Application() *Type {
	return &Type{
		Name:    "application",
		Display: "Application",
		Doc:     "The program that tokens are issued to; the first start makes one, with a secret.",
		Scopes:  Scopes{Read: AnyToken, Write: Admin},
		Fields: joined([]Field{
			defaulted(idField("120200000000000006")),
			{Name: "name", Kind: String, Mode: Read | Update | Default, MaxRunes: 100, Doc: "Name of the application.", Example: "Shop tools"},
			{Name: "category", Kind: String, Mode: Read | Update | Default, MaxRunes: 60, Doc: "Kind of application.", Example: "Business and pages"},
			{Name: "link", Kind: String, Mode: Derived | Default, Compute: "application.link", Doc: "Address of the application."},
			{Name: "namespace", Kind: String, Mode: Read | Update | Default, MaxRunes: 60, Doc: "Name in addresses.", Example: "shop_tools"},
			{Name: "app_name", Kind: String, Mode: Derived, Compute: "application.name", Doc: "The same as name."},
			{Name: "subcategory", Kind: String, Mode: Read | Update, MaxRunes: 60, Doc: "Kind of application, closer."},
			{Name: "description", Kind: String, Mode: Read | Update, MaxRunes: 1000, Doc: "What it does."},
			{Name: "company", Kind: String, Mode: Read | Update, MaxRunes: 200, Doc: "Who makes it."},
			{Name: "contact_email", Kind: String, Mode: Read | Update, MaxRunes: 254, Doc: "Whom to write to.", Example: "dev@example.com"},
			{Name: "website_url", Kind: String, Mode: Read | Update, MaxRunes: 1000, Doc: "Its site.", Example: "https://example.com"},
			{Name: "privacy_policy_url", Kind: String, Mode: Read | Update, MaxRunes: 1000, Doc: "Its privacy policy."},
			{Name: "terms_of_service_url", Kind: String, Mode: Read | Update, MaxRunes: 1000, Doc: "Its terms."},
			{Name: "app_domains", Kind: List, Elem: String, Mode: Read | Update, Support: Stored, Doc: "Domains on which it runs.", Example: `["example.com"]`},
			{Name: "app_type", Kind: Int, Mode: Derived, Doc: "0 is a web application.", Example: "0"},
			{Name: "supported_platforms", Kind: List, Elem: String, Mode: Derived, Doc: "Where it runs.", Example: `["WEB"]`},
			{Name: "owner_business", Alias: []string{"business"}, Kind: Object, Ref: "business", Mode: Derived, Doc: "The business that it belongs to."},
			createdField(),
		},
			unset(String, `android_key_hash auth_dialog_data_help_url auth_dialog_headline auth_dialog_perms_explanation canvas_url
				creator_uid daily_active_users deauth_callback_url default_share_mode hosting_url icon_url ios_bundle_id logo_url mobile_profile_section_url
				mobile_web_url monthly_active_users page_tab_default_name page_tab_url photo_url profile_section_url property_id secure_canvas_url
				secure_page_tab_url server_ip_whitelist social_discovery url_scheme_suffix user_support_email user_support_url weekly_active_users`),
			unset(Int, "canvas_fluid_height daily_active_users_rank monthly_active_users_rank"),
			unset(Any, "app_events_config client_config migrations object_store_urls restrictions"),
		),
		Edges: append([]Edge{
			{Name: "instruments", Resolve: "application.reports", Action: "application.report", Scope: AnyToken, Doc: "A POST keeps a client's crash report, of 64 KiB at most. Ours: a GET with the permission admin lists the last 1000."},
		}, outside(`accounts activities ad_placement_groups adnetworkanalytics adnetworkanalytics_results agencies app_event_types app_indexing
			app_installed_groups appassets authorized_adaccounts banned button_auto_detection_device_selection da_checks events
			ios_dialog_configs linked_dataset mobile_sdk_gk permissions purchases roles subscribed_domains subscribed_domains_phishing
			subscriptions whatsapp_business_solution`)...),
	}
}
