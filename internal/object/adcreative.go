package object

// AdCreative declares what an ad shows. Everything but its name, status and labels is fixed once it exists, and content that the account
// already has is answered with the creative that holds it.
func AdCreative() *Type {
	return &Type{
		Name:    "adcreative",
		Display: "AdCreative",
		Doc:     "What an ad shows: a story with its text, media and button, or a feed of assets to combine.",
		Prepare: []string{"adcreative", "adcreative.story", "adlabels", "adcreative.generation"},
		Delete:  []string{"adcreative"},
		Fields: joined([]Field{
			idField("120200000000000007"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Name for the advertiser's eyes.", Example: "Shoes, feed 1"},
			{Name: "status", Kind: Enum, Enum: creativeStatuses(), Mode: Editable, Preset: Active, Doc: "ACTIVE, or DELETED; IN_PROCESS while assets are generated.", Example: Active},
		}, creativeContent(), creativeDerived(), creativeRest(), []Field{
			labelsField(),
			labelIDsField(),
			optionsParam("validate_only"),
			createdField(),
			updatedField(),
		},
			unset(String, `collaborative_ads_lsb_image_bank_id effective_instagram_media_id link_deep_link_url
				link_destination_display_url messenger_sponsored_message photo_album_source_object_story_id`),
			asked("thumbnail_height"),
			[]Field{{Name: "thumbnail_width", Kind: Int, Doc: "Of reads: how wide thumbnail_url should be, in pixels; the next larger copy is answered.", Example: "256"}},
		),
		Edges: append(outside("creative_insights"), labelledEdge(), previewsEdge("adcreative.previews"), generationEdge()),
	}
}

// creativeContent is what the rules of package creative look at.
func creativeContent() []Field {
	return []Field{
		{Name: "story_page_id", Kind: ID, Ref: "page", Mode: Derived, Doc: "Ours: the Page that lists the post which the creative amounts to.", Example: "120200000000000003"},
		{Name: "image_ids", Kind: List, Elem: ID, Ref: "adimage", Mode: Derived, Doc: "Ours: the account's images that the creative shows.", Example: `["120200000000000002:9d377b10ce778c4938b3c7e2c63a229a"]`},
		{Name: "video_ids", Kind: List, Elem: ID, Ref: "advideo", Mode: Derived, Doc: "Ours: the account's videos that the creative shows.", Example: `["120200000000000012"]`},
		{Name: "object_story_spec", Kind: Object, Mode: Fixed, Doc: "The post: a Page and one of link_data, photo_data, video_data, template_data, text_data.", Example: `{"page_id":"120200000000000003","link_data":{"link":"https://example.com","message":"Made to last.","image_hash":"9d377b10ce778c4938b3c7e2c63a229a"}}`},
		{Name: "asset_feed_spec", Kind: Object, Mode: Fixed, Doc: "The assets to combine.", Example: `{"images":[{"hash":"9d377b10ce778c4938b3c7e2c63a229a"}],"titles":[{"text":"New"}],"bodies":[{"text":"Made to last."}],"link_urls":[{"website_url":"https://example.com"}],"call_to_action_types":["SHOP_NOW"],"ad_formats":["SINGLE_IMAGE"]}`},
		{Name: "degrees_of_freedom_spec", Kind: Object, Mode: Fixed, Doc: "Features that may change or extend the creative, each opted in to or out of.", Example: `{"creative_features_spec":{"text_generation":{"enroll_status":"OPT_IN"}}}`},
		{Name: "edition_id", Kind: ID, Mode: Derived, Doc: "Ours: of a creative with generated assets, the copy with approved ones only, which ads show.", Example: "120200000000000042"},
		{Name: "object_story_id", Kind: ID, Mode: Fixed, Doc: "An existing post to show instead.", Example: "120200000000000003_120200000000000011"},
		{Name: "url_tags", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Query to append to the link at a click; may hold macros such as {{ad.id}}.", Example: "utm_source=marquetry"},
		{Name: "product_set_id", Kind: ID, Ref: "productset", Mode: Fixed, Doc: "The product set of a catalogue creative."},
		{Name: "link_url", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Where a plain link creative leads."},
		{Name: "object_url", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Where a link creative without a Page leads."},
		{Name: "object_id", Kind: ID, Mode: Fixed, Doc: "The object that the creative promotes."},
		{Name: "actor_id", Kind: ID, Mode: Fixed, Doc: "Who speaks."},
		{Name: "instagram_user_id", Kind: ID, Mode: Fixed, Doc: "The Instagram account that speaks."},
		{Name: "image_crops", Kind: Object, Mode: Fixed, Doc: "Boxes in pixels of the image, by ratio.", Example: `{"100x100":[[0,0],[600,600]]}`},
		{Name: "image_file", Kind: String, Mode: Create, Doc: "Name of the file part of the same request that holds the image."},
		{Name: "is_dco_internal", Kind: Bool, Mode: Create, Doc: "Accepted."},
		{Name: "video_id", Kind: ID, Mode: Fixed, Doc: "The video of a plain creative."},
		{Name: "call_to_action", Kind: Object, Mode: Fixed, Doc: "The button.", Example: `{"type":"SHOP_NOW","value":{"link":"https://example.com"}}`},
		{Name: "template_url", Kind: String, Mode: Fixed, MaxRunes: 1000, Doc: "Click address of a catalogue creative, with tags."},
		{Name: "template_url_spec", Kind: Any, Mode: Fixed, Doc: "Click addresses by platform."},
	}
}

// creativeDerived is read from the content when nothing was sent under the same name.
func creativeDerived() []Field {
	return []Field{
		{Name: "body", Kind: String, Mode: Fixed, Compute: "adcreative.body", MaxRunes: 5000, Doc: "The first primary text.", Example: "Made to last."},
		{Name: "title", Kind: String, Mode: Fixed, Compute: "adcreative.title", MaxRunes: 255, Doc: "The first headline.", Example: "New"},
		{Name: "image_hash", Kind: String, Mode: Fixed, Compute: "adcreative.image_hash", Doc: "The first image.", Example: "9d377b10ce778c4938b3c7e2c63a229a"},
		{Name: "image_url", Kind: String, Mode: Fixed, Compute: "adcreative.image_url", MaxRunes: 1000, Doc: "Address of the first image."},
		{Name: "thumbnail_url", Kind: String, Mode: Fixed, Compute: "adcreative.thumbnail_url", MaxRunes: 1000, Doc: "Address of a small copy of the first image."},
		{Name: "call_to_action_type", Kind: String, Mode: Derived, Compute: "adcreative.call_to_action_type", Doc: "The first button.", Example: "SHOP_NOW"},
		{Name: "object_type", Kind: Enum, Enum: objectTypes(), Mode: Fixed, Compute: "adcreative.object_type", Doc: "Kind of post that the creative amounts to.", Example: "SHARE"},
		{Name: "effective_object_story_id", Kind: ID, Mode: Derived, Compute: "adcreative.story_id", Doc: "The post that is shown.", Example: "120200000000000003_120200000000000007"},
		{Name: "marquetry_generation", Kind: Object, Mode: Derived, Compute: "adcreative.generation", Doc: "Ours: how far the assets of a creative that opted in are: state (QUEUED, RUNNING, DONE, FAILED), language, button (a suggestion), rejected (candidates by code), flags (what was odd about the source), and of a product set progress (done, total, eligible, ineligible and failed items, with examples of those that have no picture). Tokens with the scope admin also read error and fallback: why a job failed, and why rules stand in for a model.", Example: `{"state":"DONE","language":"en","rejected":{"number":3}}`},
		{Name: "effective_authorization_category", Kind: String, Mode: Derived, Compute: "adcreative.authorization", Doc: "The same as authorization_category.", Example: "NONE"},
	}
}

// creativeRest is stored and read back.
func creativeRest() []Field {
	fixed := func(name string, kind Kind, doc string) Field {
		return Field{Name: name, Kind: kind, Mode: Fixed, Doc: doc}
	}
	return []Field{
		{Name: "applink_treatment", Kind: Enum, Enum: []string{"automatic", "deeplink_with_appstore_fallback", "deeplink_with_web_fallback", "web_only"}, Mode: Fixed, Doc: "How app links open."},
		{Name: "authorization_category", Kind: Enum, Enum: []string{"NONE", "POLITICAL", "POLITICAL_WITH_DIGITALLY_CREATED_MEDIA"}, Mode: Fixed, Preset: "NONE", Doc: "Whether the ad is political.", Example: "NONE"},
		{Name: "categorization_criteria", Kind: Enum, Enum: []string{"brand", "category", "product_type"}, Mode: Fixed, Doc: "How products are grouped."},
		{Name: "category_media_source", Kind: Enum, Enum: []string{"CATEGORY", "MIXED", "PRODUCTS_COLLAGE", "PRODUCTS_SLIDESHOW"}, Mode: Fixed, Doc: "Where media of a category come from."},
		{Name: "dynamic_ad_voice", Kind: Enum, Enum: []string{"DYNAMIC", "STORY_OWNER"}, Mode: Fixed, Doc: "In whose name a catalogue ad speaks."},
		fixed("ad_disclaimer_spec", Object, "Small print."),
		fixed("auto_update", Bool, "Whether the creative follows its source."),
		fixed("branded_content", Object, "Partner of the content."),
		fixed("branded_content_sponsor_page_id", ID, "Page of the partner."),
		fixed("bundle_folder_id", ID, "Folder of a bundle."),
		fixed("contextual_multi_ads", Object, "Whether the ad may stand among others."),
		fixed("creative_sourcing_spec", Object, "Where further content comes from."),
		fixed("destination_set_id", ID, "Destinations of a catalogue."),
		fixed("destination_spec", Object, "Destinations."),
		fixed("enable_direct_install", Bool, "Whether an app installs at once."),
		fixed("enable_launch_instant_app", Bool, "Whether an instant app starts."),
		fixed("existing_post_title", String, "Title of the existing post."),
		fixed("facebook_branded_content", Object, "Partner on Facebook."),
		fixed("format_transformation_spec", Any, "Formats to change into."),
		fixed("instagram_branded_content", Object, "Partner on Instagram."),
		fixed("instagram_permalink_url", String, "Address of the Instagram post."),
		fixed("interactive_components_spec", Object, "Interactive parts."),
		fixed("link_og_id", ID, "Object of the link."),
		fixed("marketing_message_structured_spec", Object, "A marketing message."),
		fixed("media_sourcing_spec", Object, "Media of a multi-media ad."),
		fixed("object_store_url", String, "Address in an app store."),
		fixed("omnichannel_link_spec", Object, "Links to a site and an app."),
		fixed("page_welcome_message", String, "First message of a chat."),
		fixed("place_page_set_id", ID, "Places."),
		fixed("platform_customizations", Any, "Other media by platform."),
		fixed("playable_asset_id", ID, "A playable ad."),
		fixed("portrait_customizations", Object, "Portrait versions."),
		fixed("product_data", Any, "Products."),
		fixed("product_suggestion_settings", Object, "How products are suggested."),
		fixed("recommender_settings", Object, "How products are recommended."),
		fixed("regional_regulation_disclaimer_spec", Object, "Small print by region."),
		fixed("source_facebook_post_id", ID, "The Facebook post that is promoted."),
		fixed("source_instagram_media_id", ID, "The Instagram post that is promoted."),
		fixed("thumbnail_id", ID, "Id of the thumbnail."),
		fixed("use_page_actor_override", Bool, "Whether the Page speaks for an app."),
		{Name: "generative_asset_spec", Kind: Object, Mode: Fixed, Since: 260, Doc: "Where generated assets come from."},
		{Name: "wamo_whatsapp_identity_spec", Kind: Object, Mode: Fixed, Since: 260, Doc: "Stored as sent."},
	}
}
