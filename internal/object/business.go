package object

// Business declares the owner of ad accounts, Pages, pixels and catalogs, and of the people who work on them.
func Business() *Type {
	return &Type{
		Name:    "business",
		Display: "Business",
		Doc:     "Owns ad accounts, Pages and catalogs; the first start makes one, which owns what is there.",
		Scopes:  Scopes{Read: Businesses, Write: Businesses},
		Fields: joined([]Field{
			defaulted(idField("120200000000000005")),
			{Name: "name", Kind: String, Mode: Read | Update | Default, MaxRunes: 200, Doc: "Name of the company.", Example: "Shop Ltd"},
			{Name: "link", Kind: String, Mode: Derived, Doc: "Address of the business."},
			{Name: "vertical", Kind: String, Mode: Read | Update, MaxRunes: 60, Doc: "Line of business.", Example: "RETAIL"},
			{Name: "timezone_id", Kind: Int, Mode: Read | Update, Support: Stored, Doc: "The platform's number of the time zone.", Example: "1"},
			{Name: "primary_page", Kind: Object, Ref: "page", Mode: Derived, Doc: "The Page that stands for the business."},
			{Name: "verification_status", Kind: Enum, Enum: []string{"expired", "failed", "ineligible", "not_verified", "pending", "pending_need_more_info", "pending_submission", "rejected", "revoked", "verified"}, Mode: Derived, Doc: "How the business was checked.", Example: "not_verified"},
			{Name: "two_factor_type", Kind: Enum, Enum: []string{"admin_required", "all_required", "none"}, Mode: Read | Update, Support: Stored, Doc: "Who has to log in with a second factor.", Example: "none"},
			{Name: "is_hidden", Kind: Bool, Mode: Derived, Doc: "Whether it is left out of lists.", Example: "false"},
			{Name: "profile_picture_uri", Kind: String, Mode: Derived, Compute: "user.profile_pic", Doc: "Address of the picture."},
			{Name: "picture", Kind: Object, Mode: Derived, Compute: "user.picture", Doc: "The picture with its address and size."},
			createdField(),
			updatedField(),
		},
			unset(Bool, "block_offline_analytics can_add_or_create_page can_create_ad_account_override can_use_extended_credit allow_page_management_in_www is_disabled_for_integrity_reasons is_instagram_enabled_in_fb_analytics"),
			unset(Any, "collaborative_ads_managed_partner_business_info collaborative_ads_managed_partner_eligibility collaborative_ads_partner_premium_options created_by extended_updated_time payment_account_id updated_by user_access_expire_time whatsapp_business_manager_messaging_limit"),
			taken(String, "entry_point survey_business_type"), taken(Int, "survey_num_assets survey_num_people"),
		),
		Edges: businessEdges(),
	}
}

// businessEdges are what a business has.
func businessEdges() []Edge {
	names := []Field{{Name: "name", Kind: String, MaxRunes: 100, Mode: Required, Doc: "Name of the new system user.", Example: "Nightly import"},
		{Name: "role", Kind: Enum, Enum: []string{"ADMIN", "ADMIN_SYSTEM_USER", "EMPLOYEE", "EMPLOYEE_SYSTEM_USER"}, Doc: "What it may do.", Example: "EMPLOYEE"},
		{Name: "system_user_id", Kind: ID, Support: Ignored, Doc: "Accepted, without effect."}}
	nobody := "Nothing is shared between the businesses of an instance: always empty."
	return append([]Edge{
		{Name: "owned_ad_accounts", Alias: []string{"adaccounts"}, Target: "adaccount", By: "owner", Default: []string{"id", "account_id"}, Doc: "Ad accounts of the business.", Params: taken(String, "search_query")},
		{Name: "client_ad_accounts", Target: "adaccount", Resolve: "business.clients", Doc: nobody, Params: taken(String, "search_query")},
		{Name: "adaccount", Action: "business.adaccount", Doc: "A POST makes an ad account.", Params: newAccountParams()},
		{Name: "owned_pages", Alias: []string{"pages"}, Target: "page", Resolve: "business.pages", Action: "business.add_page", Doc: "Pages of the business; a POST with page_id takes one over, and with a name, which is ours, makes one.", Params: newPageParams()},
		{Name: "client_pages", Target: "page", Resolve: "business.clients", Doc: nobody},
		{Name: "ad_studies", Target: "adstudy", Resolve: "business.studies", Action: "business.add_study", Undoable: true, Doc: "Studies in its ad accounts; a POST makes one in the account of what its cells name.",
			Params: creatable(AdStudy().Fields)},
		{Name: "adspixels", Alias: []string{"owned_pixels"}, Target: "adspixel", Resolve: "business.pixels", Doc: "Pixels of its ad accounts.", Params: taken(String, "id_filter name_filter sort_by")},
		{Name: "owned_product_catalogs", Alias: []string{"product_catalogs"}, Target: "productcatalog", By: "business_id", Create: true, Doc: "Catalogs of the business."},
		{Name: "client_product_catalogs", Target: "productcatalog", Resolve: "business.clients", Doc: nobody},
		{Name: "business_users", Target: "user", Resolve: "business.users", Default: []string{"id", "name", "role"}, Doc: "People of the business."},
		{Name: "system_users", Target: "user", Resolve: "business.system_users", Action: "business.add_system_user", Default: []string{"id", "name", "role"}, Doc: "Users that stand for programs; a POST makes one.", Params: names},
		{Name: "picture", Get: "user.picture", Doc: "The picture's address and size.", Params: pictureParams()},
	}, outside(`ad_account_infos ad_custom_derived_metrics agencies an_placements block_list_drafts bm_review_requests
		business_asset_groups business_invoices business_projects business_settings claim_custom_conversions client_apps client_instagram_accounts
		client_offsite_signal_container_business_objects client_pixels client_whatsapp_business_accounts clients
		collaborative_ads_collaboration_requests collaborative_ads_suggested_partners commerce_merchant_settings cpas_business_setup_config
		cpas_merchant_config creative_folders custom_conversions event_source_groups extendedcreditapplications extendedcredits
		initiated_audience_sharing_requests instagram_accounts instagram_business_accounts managed_businesses managed_partner_businesses
		negative_keyword_lists offline_conversion_data_sets onboard_partners_to_mm_lite openbridge_configurations owned_apps owned_businesses
		owned_instagram_accounts owned_offsite_signal_container_business_objects owned_whatsapp_business_accounts partner_account_linking
		partner_premium_options passback_attribution_imports pending_client_ad_accounts pending_client_apps pending_client_pages
		pending_owned_ad_accounts pending_owned_pages pending_shared_offsite_signal_container_business_objects pending_users
		preverified_numbers received_audience_sharing_requests share_preverified_numbers videos`)...)
}

// newAccountParams describe a new ad account.
func newAccountParams() []Field {
	return append([]Field{
		{Name: "name", Kind: String, Mode: Required, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Shop in Japan"},
		{Name: "currency", Kind: String, Mode: Required, Doc: "ISO 4217 code; it can't be changed later.", Example: "JPY"},
		{Name: "timezone_id", Kind: Int, Mode: Required, Doc: "The platform's number of a time zone.", Example: "77"},
		{Name: "end_advertiser", Kind: String, Mode: Required, MaxRunes: 100, Doc: "For whom is advertised: an id, NONE or UNFOUND.", Example: "NONE"},
		{Name: "media_agency", Kind: String, Mode: Required, MaxRunes: 100, Doc: "The agency that runs it: an id, NONE or UNFOUND.", Example: "NONE"},
		{Name: "partner", Kind: String, Mode: Required, MaxRunes: 100, Doc: "The partner that runs it: an id, NONE or UNFOUND.", Example: "NONE"},
	}, joined(taken(String, "funding_id po_number invoice_group_id billing_address_id liable_address_id sold_to_address_id"),
		taken(Bool, "ad_account_created_from_bm_flag invoice io"), taken(Any, "invoicing_emails"))...)
}
