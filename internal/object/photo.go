package object

// Photo declares a picture that a Page added.
func Photo() *Type {
	return &Type{
		Name:    "photo",
		Display: "Photo",
		Doc:     "A picture that a Page added, with a post of its own or for the post that attaches it.",
		Erased:  true,
		Scopes:  Scopes{Read: PagesRead, Write: PagesAds, Shared: true},
		Fields: joined([]Field{
			idField("120200000000000015"),
			{Name: "page_id", Kind: ID, Ref: "page", Mode: Derived, Doc: "Ours: the Page.", Example: "120200000000000003"},
			{Name: "created_time", Kind: Time, Mode: Derived | Default, Compute: "utc.created", Doc: "When the photo was added, in UTC.", Example: "2026-01-31T16:00:00+0000"},
			{Name: "updated_time", Kind: Time, Mode: Derived, Compute: "utc.updated", Doc: "When the photo last changed, in UTC.", Example: "2026-01-31T16:00:00+0000"},
			{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 63_206, Alias: []string{"caption"}, Doc: "Text beside the photo.", Example: "Fresh bread."},
			{Name: "alt_text_custom", Kind: String, Mode: Editable, MaxRunes: 1000, Support: Stored, Doc: "What the photo shows, for those who cannot see it."},
			{Name: "width", Kind: Int, Mode: Derived, Doc: "Pixels across.", Example: "1200"},
			{Name: "height", Kind: Int, Mode: Derived, Doc: "Pixels down.", Example: "628"},
			{Name: "images", Kind: List, Elem: Object, Mode: Derived, Compute: "photo.images", Doc: "Sizes in which the photo is served: the one that was uploaded.", Example: `[{"width":1200,"height":628,"source":"http://127.0.0.1:8080/media/9d377b10ce778c4938b3c7e2c63a229a"}]`},
			{Name: "picture", Kind: String, Mode: Derived, Compute: "photo.picture", Doc: "Address of the photo."},
			{Name: "link", Kind: String, Mode: Derived, Compute: "photo.picture", Doc: "The same address."},
			{Name: "page_story_id", Kind: ID, Mode: Derived, Doc: "The post that the photo was published with."},
			{Name: "from", Kind: Object, Ref: "page", Mode: Derived, Compute: "post.from", Doc: "The Page.", Example: `{"name":"Corner Bakery","id":"120200000000000003"}`},
		},
			unset(Bool, "can_backdate can_delete can_tag"),
			unset(String, "alt_text icon"),
			unset(Time, "backdated_time"),
			unset(Any, "album backdated_time_granularity event name_tags place position source target webp_images"),
		),
		Edges: append([]Edge{silent("likes", ""), silent("comments", ""), silent("reactions", ""), silent("sharedposts", "")},
			outside("insights sponsor_tags")...),
	}
}

// photoParams are what adding a photo takes.
func photoParams() []Field {
	return joined([]Field{
		{Name: "type", Kind: Enum, Enum: []string{"profile", "tagged", "uploaded"}, Support: Ignored, Doc: "Which photos to list; all were uploaded."},
		{Name: "source", Kind: String, Doc: "The photo, as a file part under this or any other name."},
		{Name: "url", Kind: String, Doc: "Address from which to fetch the photo.", Example: "https://example.com/bread.jpg"},
		{Name: "caption", Kind: String, MaxRunes: 63_206, Alias: []string{"message", "name"}, Doc: "Text beside the photo.", Example: "Fresh bread."},
		{Name: "alt_text_custom", Kind: String, MaxRunes: 1000, Support: Stored, Doc: "What the photo shows, for those who cannot see it."},
		{Name: "published", Kind: Bool, Doc: "Whether to make a post of it, which is usual; otherwise a post can attach it later.", Example: "true"},
	}, ignoredParams(Any, `aid allow_spherical_photo android_key_hash application_id attempt audience_exp backdated_time
		backdated_time_granularity biz_tag_id business_id composer_session_id direct_share_status feed_targeting filter_type
		full_res_is_coming_later initial_view_heading_override_degrees initial_view_pitch_override_degrees
		initial_view_vertical_fov_override_degrees ios_bundle_id is_explicit_location is_explicit_place location_source_id manual_privacy
		nectar_module no_story offline_id og_action_type_id og_icon_id og_object_id og_phrase og_set_profile_badge
		og_suggestion_mechanism parent_media_id place privacy profile_id provenance_info proxied_app_id qn scheduled_publish_time
		spherical_metadata sponsor_id sponsor_relationship tags target_id targeting temporary time_since_original_post uid
		unpublished_content_type user_selected_tags vault_image_id`))
}
