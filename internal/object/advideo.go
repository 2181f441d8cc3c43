package object

// AdVideo declares a video in an account's library.
func AdVideo() *Type {
	return &Type{
		Name:    "advideo",
		Display: "AdVideo",
		Doc:     "A video in an account's library, uploaded whole, in chunks, or fetched from an address.",
		Prepare: []string{"advideo"},
		Delete:  []string{"advideo"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000012"),
			accountField(),
			{Name: "title", Kind: String, Mode: Editable, MaxRunes: 255, Doc: "Title; the name, when only that is sent.", Example: "Made to last"},
			{Name: "name", Kind: String, Mode: Create | Update, MaxRunes: 255, Doc: "Name in the library, read back as the title.", Example: "shoes.mp4"},
			{Name: "description", Kind: String, Mode: Editable | Default, MaxRunes: 5000, Doc: "Text beside the video."},
			{Name: "created_time", Kind: Time, Mode: Derived, Compute: "utc.created", Doc: "When the upload began, in UTC.", Example: "2026-01-31T16:00:00+0000"},
			{Name: "updated_time", Kind: Time, Mode: Derived | Default, Compute: "utc.updated", Doc: "When the video last changed, in UTC.", Example: "2026-01-31T16:00:00+0000"},
			{Name: "length", Kind: Float, Mode: Derived, Doc: "Seconds, from the file's header.", Example: "14.5"},
			{Name: "status", Kind: Object, Mode: Derived, Compute: "advideo.status", Doc: "How far uploading, processing and publishing are; an error says what is wrong with the file.", Example: `{"video_status":"ready","processing_progress":100}`},
			{Name: "format", Kind: List, Elem: Object, Mode: Derived, Compute: "advideo.format", Doc: "Sizes in which the video is served: the one that was uploaded.", Example: `[{"filter":"native","width":1280,"height":720}]`},
			{Name: "source", Kind: String, Mode: Derived, Compute: "advideo.source", Doc: "Address of the file, once it is ready.", Example: "http://127.0.0.1:8080/media/video/9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "permalink_url", Kind: String, Mode: Derived, Compute: "advideo.source", Doc: "The same address: it never changes."},
			{Name: "embed_html", Kind: Any, Mode: Derived, Compute: "advideo.embed", Doc: "An iframe that shows the file."},
			{Name: "picture", Kind: String, Mode: Derived, Compute: "advideo.picture", Doc: "Address of the preferred thumbnail."},
			{Name: "icon", Kind: String, Mode: Derived, Compute: "advideo.picture", Doc: "The same address."},
			{Name: "from", Kind: Object, Mode: Derived, Compute: "advideo.from", Doc: "The ad account.", Example: `{"name":"First account","id":"120200000000000002"}`},
			{Name: "published", Kind: Bool, Mode: Derived, Compute: "advideo.published", Doc: "Whether ads can show it: true once it is ready."},
			{Name: "preferred_thumbnail_id", Kind: ID, Mode: Update, Doc: "The thumbnail to show."},
			{Name: "content_category", Kind: Enum, Enum: videoCategories(), Mode: Editable, Support: Stored, Doc: "What it is about.", Example: "OTHER"},
		},
			kept(List, "ad_breaks content_tags custom_labels"),
			kept(Bool, "embeddable spherical"),
			kept(Time, "backdated_time scheduled_publish_time"),
			kept(String, "backdated_time_granularity universal_video_id"),
			kept(Any, "expiration privacy"),
			unset(Bool, "is_crosspost_video is_crossposting_eligible is_episode is_instagram_eligible is_reference_only"),
			unset(Int, "live_audience_count post_views views"),
			unset(String, "copyright_monitoring_status live_status post_id premiere_living_room_status"),
			unset(Any, `admin_creator audio_isrc boost_eligibility_info copyright copyright_check_information event
				music_video_copyright place`),
			taken(Bool, `allow_bm_crossposting expire_now increment_play_count publish_to_news_feed publish_to_videos_tab
				social_actions`),
			taken(Any, `allow_crossposting_for_pages call_to_action direct_share_status sponsor_id sponsor_relationship tags
				target`),
		),
		Edges: append([]Edge{
			{Name: "thumbnails", Resolve: "advideo.thumbnails", Action: "advideo.add_thumbnail", Doc: "Pictures that stand for the video; a POST with a picture as the file part source adds one.", Params: []Field{
				{Name: "source", Kind: String, Doc: "Of a POST: the picture, as a file part."},
				{Name: "is_preferred", Kind: Bool, Doc: "Of a POST: whether to show this one.", Example: "true"},
			}},
		}, outside(`boost_ads_list captions collaborators comments crosspost_shared_pages gaming_clip_create likes poll_settings
			polls sponsor_tags tags video_insights`)...),
	}
}

// videoCategories are what a video can be about.
func videoCategories() []string {
	return []string{
		"BEAUTY_FASHION", "BUSINESS", "CARS_TRUCKS", "COMEDY", "CUTE_ANIMALS", "ENTERTAINMENT", "FAMILY", "FOOD_HEALTH", "HOME", "LIFESTYLE",
		"MUSIC", "NEWS", "OTHER", "POLITICS", "SCIENCE", "SPORTS", "TECHNOLOGY", "VIDEO_GAMING",
	}
}

// videosEdge is an account's library of videos, and the way into it.
func videosEdge() Edge {
	return Edge{
		Name: "advideos", Target: "advideo", By: "account_id", Filter: "advideos", Action: "advideos.upload", Delete: "advideos.delete",
		Doc: "Videos of the account; a POST uploads one, whole or in chunks, a DELETE with video_id removes one.",
		Params: joined([]Field{
			{Name: "title", Kind: String, Doc: "Only videos with this title; of a POST, the title.", Example: "Made to last"},
			{Name: "minwidth", Kind: Int, Doc: "Only videos at least this wide, in pixels.", Example: "600"},
			{Name: "maxwidth", Kind: Int, Doc: "Only videos at most this wide, in pixels.", Example: "1920"},
			{Name: "minheight", Kind: Int, Doc: "Only videos at least this high, in pixels.", Example: "600"},
			{Name: "maxheight", Kind: Int, Doc: "Only videos at most this high, in pixels.", Example: "1080"},
			{Name: "minlength", Kind: Int, Doc: "Only videos at least this long, in seconds.", Example: "5"},
			{Name: "maxlength", Kind: Int, Doc: "Only videos at most this long, in seconds.", Example: "60"},
			{Name: "min_aspect_ratio", Kind: Float, Doc: "Only videos whose width is at least so many times their height.", Example: "0.8"},
			{Name: "max_aspect_ratio", Kind: Float, Doc: "Only videos whose width is at most so many times their height.", Example: "1.91"},
			{Name: "video_id", Kind: ID, Doc: "The video that a DELETE removes.", Example: "120200000000000012"},
			{Name: "source", Kind: String, Doc: "A POST's video, as a file part under this or any other name."},
			{Name: "file_url", Kind: String, Doc: "Address from which to fetch a POST's video.", Example: "https://example.com/shoes.mp4"},
			{Name: "slideshow_spec", Kind: Object, Doc: "Pictures to make a POST's video of: images_urls, duration_ms of each, transition_ms (nothing follows from it).", Example: `{"images_urls":["https://example.com/1.jpg","https://example.com/2.jpg","https://example.com/3.jpg"],"duration_ms":1000}`},
			{Name: "upload_phase", Kind: Enum, Enum: []string{"start", "transfer", "finish", "cancel"}, Doc: "Step of an upload in chunks.", Example: "start"},
			{Name: "file_size", Kind: Int, Doc: "Of start: bytes of the whole file, at most 1 GiB.", Example: "10485760"},
			{Name: "upload_session_id", Kind: ID, Doc: "Of the later steps: what start answered.", Example: "120200000000000013"},
			{Name: "start_offset", Kind: Int, Doc: "Of transfer: where in the file the chunk begins.", Example: "0"},
			{Name: "video_file_chunk", Kind: String, Doc: "Of transfer: the chunk, as a file part."},
			{Name: "thumb", Kind: String, Doc: "A picture to show for the video, as a file part."},
			{Name: "name", Kind: String, Doc: "Name in the library, read back as the title.", Example: "shoes.mp4"},
			{Name: "description", Kind: String, Doc: "Text beside the video."},
			{Name: "content_category", Kind: Enum, Enum: videoCategories(), Support: Stored, Doc: "What it is about.", Example: "OTHER"},
			{Name: "embeddable", Kind: Bool, Support: Stored, Doc: "Stored as sent."},
			{Name: "spherical", Kind: Bool, Support: Stored, Doc: "Stored as sent."},
		},
			ignoredParams(Any, `application_id asked_fun_fact_prompt_id audio_story_wave_animation_handle chunk_session_id
				composer_entry_picker composer_entry_point composer_entry_time composer_session_events_log composer_session_id
				composer_source_surface composer_type container_type creative_tools edit_description_spec end_offset
				fbuploader_video_file_chunk fisheye_video_cropped formatting fov front_z_rotation fun_fact_prompt_id
				fun_fact_toastee_id guide guide_enabled initial_heading initial_pitch instant_game_entry_point_data
				is_boost_intended is_group_linking_post is_partnership_ad is_voice_clip location_source_id og_action_type_id
				og_icon_id og_object_id og_phrase og_suggestion_mechanism original_fov original_projection_type
				partnership_ad_ad_code publish_event_id referenced_sticker_id replace_video_id source_instagram_media_id
				swap_mode text_format_metadata time_since_original_post transcode_setting_properties unpublished_content_type
				upload_setting_properties video_id_original video_start_time_ms waterfall_id`),
		),
	}
}
