package creative

// storyShape is object_story_spec.
func storyShape() shape {
	return fields(map[string]shape{
		"page_id": of(ident), "instagram_user_id": of(ident), "instagram_actor_id": of(ident), "whats_app_business_phone_number": latest(of(ident)),
		"link_data": fields(linkDataMembers(web())), "template_data": fields(linkDataMembers(of(deeplink))),
		"video_data": videoDataShape(),
		"photo_data": fields(map[string]shape{
			"url": web(), "image_hash": of(ident), "caption": plain(), "page_welcome_message": of(anything),
			"branded_content_sponsor_page_id": of(ident), "branded_content_shared_to_sponsor_status": plain(),
		}),
		"text_data":    fields(map[string]shape{"message": plain()}, "message"),
		"product_data": listOf(maxList, open()),
	})
}

// storyMembers are the members of object_story_spec of which a post has exactly one.
func storyMembers() []string {
	return []string{"link_data", "photo_data", "video_data", "template_data", "text_data", "product_data"}
}

// linkDataMembers are those of link_data and of template_data, whose links may be catalog tags.
func linkDataMembers(link shape) map[string]shape {
	return map[string]shape{
		"link": link, "message": plain(), "name": plain(), "description": plain(), "caption": plain(), "image_hash": of(ident), "picture": web(),
		"image_crops": cropsShape(), "call_to_action": actionShape(), "child_attachments": listOf(maxCards, cardShape(link)),
		"multi_share_optimized": of(boolean), "multi_share_end_card": of(boolean), "attachment_style": plain(),
		"format_option": one(
			"carousel_ar_effects carousel_images_multi_items carousel_images_single_item carousel_slideshows collection_video single_image"),
		"additional_image_index": of(number), "retailer_item_ids": listOf(maxList, of(ident)), "force_single_link": of(boolean),
		"use_flexible_image_aspect_ratio": of(boolean), "event_id": of(ident), "offer_id": of(ident), "show_multiple_images": of(boolean),
		"smart_pse_enabled": of(boolean), "is_local_expansion": of(boolean), "automated_product_tags": of(boolean), "boosted_product_set_id": of(ident),
		"branded_content_sponsor_page_id": of(ident), "branded_content_shared_to_sponsor_status": plain(),
		"preferred_image_tags": listOf(maxList, plain()), "preferred_video_tags": listOf(maxList, plain()), "ad_context": plain(),
		"app_link_spec": open(), "collection_thumbnails": listOf(maxList, open()), "customization_rules_spec": listOf(maxList, open()),
		"image_layer_specs": listOf(maxList, layerShape()), "image_overlay_spec": overlayShape(), "page_welcome_message": of(anything),
		"post_click_configuration": open(), "static_fallback_spec": fallbackShape(),
	}
}

// cardShape is one card of a carousel.
func cardShape(link shape) shape {
	return fields(map[string]shape{
		"link": link, "name": plain(), "description": plain(), "caption": plain(), "image_hash": of(ident), "picture": web(),
		"video_id": of(ident), "image_crops": cropsShape(), "call_to_action": actionShape(), "static_card": of(boolean),
		"android_url": of(deeplink), "ios_url": of(deeplink), "ig_media_id": of(ident), "marketing_message_buttons": listOf(maxList, open()),
		"place_data": open(),
	})
}

// videoDataShape is video_data; the link is in its call to action.
func videoDataShape() shape {
	return fields(map[string]shape{
		"video_id": of(ident), "image_url": web(), "image_hash": of(ident), "message": plain(), "title": plain(), "link_description": plain(),
		"call_to_action": actionShape(), "targeting": open(), "additional_image_index": of(number), "offer_id": of(ident),
		"retailer_item_ids": listOf(maxList, of(ident)), "collection_thumbnails": listOf(maxList, open()),
		"customization_rules_spec": listOf(maxList, open()), "page_welcome_message": of(anything), "post_click_configuration": open(),
		"branded_content_sponsor_page_id": of(ident), "branded_content_shared_to_sponsor_status": plain(),
	}, "video_id")
}

// actionShape is one call to action with what it acts on.
func actionShape() shape { return fields(actionMembers(), "type") }

// actionMembers are those of a call to action, in a feed and in a post.
func actionMembers() map[string]shape {
	return map[string]shape{"type": actionType(), "value": fields(map[string]shape{
		"link": of(deeplink), "app_link": of(deeplink), "link_caption": plain(), "link_format": plain(), "lead_gen_form_id": of(ident),
		"application": of(ident), "page": of(ident), "event_id": of(ident), "app_destination": plain(), "product_link": of(deeplink),
		"whatsapp_number": plain(), "land_on_whatsapp_catalog": of(number), "land_on_whatsapp_profile": of(number),
		"android_url": of(deeplink), "ios_url": of(deeplink), "object_store_urls": listOf(maxList, web()),
	})}
}
