package object

// PagePost declares what a Page said: published, waiting for its time, or unpublished and shown only in ads.
func PagePost() *Type {
	return &Type{
		Name:    "pagepost",
		Display: "PagePost",
		Doc:     "What a Page said. Its id is the Page's, an underscore and digits; the post that a creative amounts to has the creative's digits.",
		Prepare: []string{"pagepost"},
		Delete:  []string{"pagepost"},
		Erased:  true,
		Scopes:  Scopes{Read: PagesRead, Write: PagesAds, Shared: true},
		Fields:  joined(postFields(), postRest()),
		Edges: append([]Edge{
			{Name: "attachments", Resolve: "post.attachments", Doc: "What the post carries: a link, a photo, a video or several cards."},
			silent("likes", "feedback_source nectar_module tracking"),
			silent("reactions", "type"),
			silent("sharedposts", ""),
			silent("comments", `attachment_id attachment_share_url attachment_url comment comment_privacy_value feedback_source filter
				live_filter message nectar_module order parent_comment_id post_id since tracking`),
		}, outside("dynamic_posts insights sponsor_tags to")...),
	}
}

// silent is an edge of what people do with a post: it is empty, as there is nobody, and refuses to be filled.
func silent(name, params string) Edge {
	return Edge{Name: name, Resolve: "page.nothing", Action: "post.refuse", Delete: "post.refuse", Params: ignoredParams(Any, params),
		Doc: "Always empty: nobody reads posts here. Writing answers an error that says so."}
}

// postFields are those from which something follows, or which the server sets.
func postFields() []Field {
	return []Field{
		idField("120200000000000003_120200000000000014"),
		{Name: "page_id", Kind: ID, Ref: "page", Mode: Derived, Doc: "Ours: the Page that said it.", Example: "120200000000000003"},
		{Name: "ads_page_id", Kind: ID, Ref: "page", Mode: Derived, Doc: "Ours: the Page again, of an unpublished post."},
		{Name: "creative_id", Kind: ID, Mode: Derived, Doc: "Ours: the creative that amounts to the post."},
		{Name: "created_time", Kind: Time, Mode: Derived | Default, Compute: "utc.created", Doc: "When the post was made, in UTC.", Example: "2026-01-31T16:00:00+0000"},
		{Name: "updated_time", Kind: Time, Mode: Derived, Compute: "utc.updated", Doc: "When the post last changed, in UTC.", Example: "2026-01-31T16:00:00+0000"},
		{Name: "message", Kind: String, Mode: Editable | Default, MaxRunes: 63_206, Doc: "The text.", Example: "Fresh bread at seven."},
		{Name: "story", Kind: String, Mode: Derived | Default, Support: Ignored, Doc: "What the platform says of a post in its own words; never set here."},
		{Name: "link", Kind: String, Mode: Fixed, MaxRunes: 4000, Doc: "Address that the post leads to.", Example: "https://example.com/bread"},
		{Name: "name", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Headline of the link.", Example: "Bread"},
		{Name: "description", Kind: String, Mode: Fixed, MaxRunes: 5000, Doc: "Text under the headline of the link."},
		{Name: "caption", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Address as the link shows it.", Example: "example.com"},
		{Name: "picture", Kind: String, Mode: Fixed, Compute: "post.picture", MaxRunes: 4000, Doc: "Address of the picture."},
		{Name: "full_picture", Kind: String, Mode: Derived, Compute: "post.picture", Doc: "The same address."},
		{Name: "call_to_action", Kind: Object, Mode: Fixed, Doc: "The button.", Example: `{"type":"SHOP_NOW","value":{"link":"https://example.com"}}`},
		{Name: "child_attachments", Kind: List, Elem: Object, Mode: Fixed, Doc: "Cards to leaf through, 2 to 10.", Example: `[{"link":"https://example.com/1","name":"One"},{"link":"https://example.com/2","name":"Two"}]`},
		{Name: "attached_media", Kind: List, Elem: Object, Mode: Create | Update, Doc: "Photos that were added with published=false.", Example: `[{"media_fbid":"120200000000000015"}]`},
		{Name: "photo_ids", Kind: List, Elem: ID, Ref: "photo", Mode: Derived, Doc: "Ours: photos of the post."},
		{Name: "published", Kind: Bool, Mode: Create, Preset: true, Doc: "Whether to publish the post now.", Example: "true"},
		{Name: "is_published", Kind: Bool, Mode: Read | Update, Compute: "post.published", Doc: "Whether the post is published; an update with true publishes it.", Example: "true"},
		{Name: "scheduled_publish_time", Kind: Time, Mode: Editable, Compute: "post.scheduled", Doc: "When to publish a post with published=false, 10 minutes to 30 days from now; read back as unix seconds.", Example: "1790000000"},
		{Name: "is_hidden", Kind: Bool, Mode: Read | Update, Support: Stored, Doc: "Stored as sent."},
		{Name: "permalink_url", Kind: String, Mode: Derived, Compute: "post.permalink", Doc: "Address of the post."},
		{Name: "promotable_id", Kind: String, Mode: Derived, Compute: "post.id", Doc: "The id to advertise."},
		{Name: "status_type", Kind: String, Mode: Derived, Compute: "post.status_type", Doc: "mobile_status_update, shared_story, added_photos or added_video.", Example: "shared_story"},
		{Name: "from", Kind: Object, Ref: "page", Mode: Derived, Compute: "post.from", Doc: "The Page.", Example: `{"name":"Corner Bakery","id":"120200000000000003"}`},
	}
}

// postRest is what is stored, dropped or never set.
func postRest() []Field {
	return joined(
		kept(Any, "feed_targeting place privacy targeting"),
		kept(String, "backdated_time_granularity timeline_visibility"),
		kept(Time, "backdated_time"),
		kept(Bool, "multi_share_end_card multi_share_optimized"),
		kept(Object, "coordinates"),
		unset(Bool, `can_reply_privately is_app_share is_eligible_for_dark_post is_eligible_for_promotion is_expired is_inline_created
			is_instagram_eligible is_popular is_spherical subscribed is_fb_live_videos is_live_clip was_fb_live_videos`),
		unset(Int, "expanded_height expanded_width height width"),
		unset(String, "comments_mirroring_domain icon instagram_eligibility parent_id promotion_status"),
		unset(List, "actions allowed_advertising_objectives message_tags properties story_tags video_buying_eligibility"),
		unset(Any, "admin_creator application event shares target via"),
		taken(Any, `album_id android_key_hash application_id asked_fun_fact_prompt_id asset3d_id associated_id
			attach_place_suggestion audience_exp breaking_news breaking_news_expiration client_mutation_id composer_entry_picker
			composer_entry_point composer_entry_time composer_session_events_log composer_session_id composer_source_surface
			composer_type connection_class content_attachment cta_link cta_type direct_share_status enforce_link_ownership
			explicitly_added_mentionee_ids feed_story_visibility formatting fun_fact_prompt_id fun_fact_toastee_id
			home_checkin_city_id image_crops implicit_with_tags instant_game_entry_point_data ios_bundle_id is_backout_draft
			is_boost_intended is_explicit_location is_explicit_share is_group_linking_post is_photo_container is_pinned
			location_source_id manual_privacy nectar_module object_attachment og_action_type_id og_hide_object_attachment og_icon_id
			og_object_id og_phrase og_set_profile_badge og_suggestion_mechanism page_recommendation place_attachment_setting
			place_list place_list_data post_surfaces_blacklist posting_to_redspace primary_fb_page_id primary_ig_user_id product_item
			prompt_id prompt_tracking_string proxied_app_id publish_event_id quote ref referenceable_image_ids referral_id
			should_sync_product_edit source source_type sponsor_id sponsor_relationship suggested_place_id tags target_surface
			text_format_metadata text_format_preset_id text_only_place thumbnail time_since_original_post title tracking tracking_info
			unpublished_content_type user_selected_tags video_start_time_ms viewer_coordinates`),
	)
}
