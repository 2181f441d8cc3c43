package object

// Page declares the public face in whose name an ad speaks.
func Page() *Type {
	return &Type{
		Name:    "page",
		Display: "Page",
		Doc:     "The public face in whose name an ad speaks.",
		Scopes:  Scopes{Read: PagesRead, Write: PagesAds, Shared: true},
		Fields:  joined(pageFields(), pageRest()),
		Edges:   pageEdges(),
	}
}

// pageFields are those from which something follows, or which the server sets.
func pageFields() []Field {
	return []Field{
		idField("120200000000000003"),
		{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 200, Doc: "Name shown above an ad.", Example: "Corner Bakery"},
		{Name: "name_with_location_descriptor", Kind: String, Mode: Derived, Compute: "page.name", Doc: "The name: Pages of one place are not told apart here."},
		{Name: "owner_business", Alias: []string{"business"}, Kind: Object, Ref: "business", Mode: Derived, Doc: "The business that owns the Page."},
		{Name: "category", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Kind of business.", Example: "Bakery"},
		{Name: "category_list", Kind: List, Elem: Any, Mode: Editable, Doc: "Kinds of business.", Example: `[{"id":"1","name":"Bakery"}]`},
		{Name: "access_token", Kind: String, Mode: Derived, Compute: "page.access_token", Doc: "Token that speaks for the Page: the caller's own."},
		{Name: "tasks", Kind: List, Elem: String, Mode: Derived, Doc: "What the user may do with the Page.", Example: `["ADVERTISE"]`},
		{Name: "picture", Kind: Any, Mode: Derived, Compute: "page.picture", Doc: "The Page's picture, as its edge answers with redirect=false; always whole.", Example: `{"data":{"height":200,"is_silhouette":true,"url":"http://127.0.0.1:8080/media/page/120200000000000003","width":200}}`},
		{Name: "fan_count", Kind: Int, Mode: Derived, Doc: "People who like the Page.", Example: "1200"},
		{Name: "followers_count", Kind: Int, Mode: Derived, Doc: "People who follow the Page.", Example: "1250"},
		{Name: "is_published", Kind: Bool, Mode: Editable, Preset: true, Doc: "Whether the public sees the Page.", Example: "true"},
		{Name: "is_verified", Kind: Bool, Mode: Derived, Doc: "Whether the owner was checked.", Example: "false"},
		{Name: "verification_status", Kind: String, Mode: Derived, Doc: "How the owner was checked.", Example: "not_verified"},
		{Name: "instagram_business_account", Kind: Object, Mode: Derived, Doc: "The Instagram account of the business.", Example: `{"id":"17841400000000000"}`},
		createdField(),
		updatedField(),
	}
}

// pageRest describes the business, for people and for whoever writes its ads, and what the platform knows beside.
func pageRest() []Field {
	long := kept(String, `description bio mission company_overview general_info products about impressum awards personal_info
		plot_outline culinary_team public_transit affiliation artists_we_like band_interests band_members
		booking_agent built current_location directed_by features general_manager genre hometown influences members mpg network
		personal_interests pharma_safety_info press_contact produced_by record_label release_date schedule screenplay_by season
		starring studio written_by privacy_info_url link website`)
	for i := range long {
		long[i].MaxRunes = 2000
	}
	return joined(long,
		kept(String, `founded username phone price_range birthday attire display_subtext displayed_message_response_time place_type
			single_line_address store_code store_location_descriptor temporary_status whatsapp_number`),
		kept(Bool, "is_always_open is_permanently_closed is_webhooks_subscribed"),
		kept(List, "emails delivery_and_pickup_option_info differently_open_offerings food_styles pickup_options priority_hours"),
		kept(Any, "cover"),
		kept(Object, `location hours contact_address parking payment_options restaurant_services restaurant_specialties
			start_info`),
		unset(Bool, `can_checkin can_post does_viewer_have_page_permission_link_ig has_added_app
			has_transitioned_to_new_page_experience has_whatsapp_business_number has_whatsapp_number is_calling_eligible is_chain
			is_community_page is_eligible_for_branded_content
			is_eligible_for_disable_connect_ig_btn_for_non_page_admin_am_web is_messenger_bot_get_started_enabled
			is_messenger_platform_bot is_owned is_unclaimed leadgen_tos_accepted offer_eligible promotion_eligible
			supports_donate_button_in_live_video`),
		unset(Int, `checkins country_page_likes new_like_count rating_count store_number talking_about_count unread_message_count
			unread_notif_count unseen_message_count were_here_count`),
		unset(Float, "overall_star_rating"),
		unset(Time, "leadgen_tos_acceptance_time user_access_expire_time"),
		unset(String, `app_id description_html global_brand_page_name global_brand_root_id merchant_id merchant_review_status
			messenger_ads_quick_replies_type page_backed_threads_account_id page_token promotion_ineligible_reason recipient`),
		unset(List, `available_promo_offer_ids copyright_whitelisted_ig_partners messenger_ads_default_icebreakers
			messenger_ads_default_quick_replies`),
		unset(Any, `ad_campaign best_page breaking_news_usage connected_instagram_account
			connected_page_backed_instagram_account copyright_attribution_insights engagement featured_video has_lead_access
			keywords leadgen_tos_accepting_user messaging_feature_status mini_shop_storefront parent_page
			preferred_audience voip_info`),
		taken(Any, `accept_crossposting_handshake account_linking_token allow_spherical_photo begin_crossposting_handshake focus_x
			focus_y gen_ai_provenance_type ignore_coordinate_warnings menu no_feed_story no_notification offset_x offset_y scrape
			service_details spherical_metadata zoom_scale_x zoom_scale_y`),
	)
}

// pageEdges are a Page's posts and pictures.
func pageEdges() []Edge {
	posts := func(name, filter, doc string) Edge {
		return Edge{Name: name, Target: "pagepost", By: "page_id", Filter: filter, Doc: doc, Params: joined(windowParams(),
			ignoredParams(Bool, "include_hidden show_expired"), ignoredParams(String, "q with"))}
	}
	feed := posts("feed", "posts.published", "Published posts; a POST publishes one, or keeps it for later.")
	feed.Create = true
	visitors := posts("visitor_posts", "", "Posts of visitors, of whom there are none.")
	visitors.By, visitors.Resolve = "", "page.nothing"
	return append([]Edge{
		feed,
		posts("posts", "posts.published", "Published posts."),
		posts("published_posts", "posts.published", "Published posts."),
		posts("scheduled_posts", "posts.scheduled", "Posts that wait for their time."),
		{Name: "ads_posts", Target: "pagepost", Resolve: "page.ads_posts", Doc: "Unpublished posts: those that creatives amount to, and those that were made with published=false.",
			Params: joined(windowParams(), ignoredParams(Bool, "exclude_dynamic_ads include_inline_create"))},
		visitors,
		{Name: "photos", Target: "photo", By: "page_id", Action: "page.add_photo", Doc: "Photos; a POST adds one from a file part, or from url.", Params: photoParams()},
		{Name: "picture", Get: "page.picture", Action: "page.set_picture", Doc: "The Page's picture: a redirect to it, or, with redirect=false, what it is. A POST sets it, from a file part or from picture.", Params: []Field{
			{Name: "redirect", Kind: Bool, Doc: "Whether to redirect to the picture.", Example: "false"},
			{Name: "picture", Kind: String, Doc: "Of a POST: address from which to fetch the picture."},
			{Name: "type", Kind: Enum, Enum: []string{"album", "large", "normal", "small", "square"}, Support: Ignored, Doc: "Size; there is one here."},
			{Name: "width", Kind: Int, Support: Ignored, Doc: "Size; there is one here."},
			{Name: "height", Kind: Int, Support: Ignored, Doc: "Size; there is one here."},
		}},
		{Name: "videos", Target: "advideo", Resolve: "page.nothing", Doc: "Videos of the Page, of which there are none: they belong to ad accounts.", Params: ignoredParams(String, "type")},
		{Name: "instagram_accounts", Resolve: "page.nothing", Doc: "Instagram accounts, of which there are none."},
		{Name: "page_backed_instagram_accounts", Resolve: "page.nothing", Doc: "Instagram accounts that stand for the Page, of which there are none."},
		{Name: "locations", Target: "page", Resolve: "page.nothing", Doc: "Pages of the business's places, of which there are none."},
	}, outside(`ab_tests agencies albums ar_experience assigned_users blocked businessprojects call_to_actions canvas_elements canvases chat_plugin
		commerce_merchant_settings commerce_orders conversations crosspost_whitelisted_pages custom_labels custom_user_settings dataset events
		global_brand_children image_copyrights indexed_videos insights leadgen_forms likes live_videos media_fingerprints message_attachments
		message_templates messages messaging_feature_review messenger_lead_forms messenger_profile nlp_configs notification_message_tokens
		notification_messages_dev_support personas photo_stories product_catalogs ratings roles rtb_dynamic_posts secondary_receivers settings
		shop_setup_status stories store_locations subscribed_apps tabs tagged thread_owner threads video_copyright_rules video_lists video_reels
		video_stories welcome_message_flows`)...)
}

// newPageParams are what a business says of a Page that it adds.
func newPageParams() []Field {
	return []Field{
		{Name: "page_id", Kind: ID, Doc: "Of a POST: the Page to take over.", Example: "120200000000000003"},
		{Name: "name", Kind: String, MaxRunes: 200, Doc: "Of a POST, ours: name of the Page to make.", Example: "Corner Bakery"},
		{Name: "category", Kind: String, MaxRunes: 100, Doc: "Of a POST, ours: kind of business.", Example: "Bakery"},
		{Name: "about", Kind: String, MaxRunes: 255, Doc: "Of a POST, ours: one sentence on the business."},
	}
}

// windowParams choose posts by the time of their creation.
func windowParams() []Field {
	return []Field{
		{Name: "since", Kind: Time, Doc: "Only posts made at this time or later.", Example: "2026-01-01"},
		{Name: "until", Kind: Time, Doc: "Only posts made before this time.", Example: "2026-02-01"},
	}
}
