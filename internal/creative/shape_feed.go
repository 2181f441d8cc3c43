package creative

import "maps"

// Limits of an asset feed.
const (
	maxImages      = 10
	maxVideos      = 10
	maxTexts       = 5 // of titles, of bodies and of descriptions
	maxActions     = 5
	maxLinks       = 5
	maxCards       = 10
	maxAssets      = 30 // over all lists, the format included
	maxBodyRunes   = 1024
	maxTitleRunes  = 255 // descriptions too
	minCards       = 2
	minCustomRules = 2
)

// formats are the values of ad_formats; CAROUSEL_IMAGE is the older name of CAROUSEL.
const formats = "SINGLE_IMAGE SINGLE_VIDEO CAROUSEL CAROUSEL_IMAGE AUTOMATIC_FORMAT COLLECTION"

// feedShape is asset_feed_spec.
func feedShape() shape {
	return fields(map[string]shape{
		"images": listOf(maxImages, asset(map[string]shape{"hash": of(ident), "url": web(), "image_crops": cropsShape()})),
		"videos": listOf(maxVideos, videoShape()),
		"bodies": listOf(maxTexts, asset(map[string]shape{"text": short(maxBodyRunes)}, "text")),
		"titles": listOf(maxTexts, asset(map[string]shape{"text": short(maxTitleRunes)}, "text")),
		"descriptions": listOf(maxTexts,
			asset(map[string]shape{"text": short(maxTitleRunes)}, "text")),
		"captions":                  listOf(maxTexts, asset(map[string]shape{"text": short(maxTitleRunes)}, "text")),
		"link_urls":                 listOf(maxLinks, linkShape()),
		"call_to_action_types":      listOf(maxActions, actionType()),
		"call_to_actions":           listOf(maxActions, asset(actionMembers(), "type")),
		"ad_formats":                listOf(maxList, one(formats)),
		"optimization_type":         one("REGULAR DEGREES_OF_FREEDOM PLACEMENT LANGUAGE ASSET_CUSTOMIZATION FORMAT_AUTOMATION"),
		"carousels":                 listOf(maxCards, carouselShape()),
		"groups":                    listOf(maxList, fields(labels("image", "video", "body", "title", "description", "link_url", "caption"))),
		"asset_customization_rules": listOf(maxList, customRuleShape()),
		"audios":                    listOf(maxList, open()),
		"autotranslate":             listOf(maxList, plain()),
		"translations":              listOf(maxList, open()),
		"message_extensions":        listOf(maxList, fields(map[string]shape{"type": one("whatsapp messenger instagram_message")})),
		"onsite_destinations":       listOf(maxList, onsiteShape()),
		"events":                    listOf(maxList, fields(map[string]shape{"id": of(ident)})),
		"upcoming_events":           listOf(maxList, open()),
		"ctwa_consent_data":         listOf(maxList, open()),
		"promotional_metadata":      open(),
		"call_ads_configuration":    open(),
		"additional_data":           additionalShape(),
		"shops_bundle":              of(boolean),
		"reasons_to_shop":           of(boolean),
		"app_product_page_id":       of(ident),
		"web_destination_spec":      latest(open()),
	})
}

// onsiteShape is an element of onsite_destinations.
func onsiteShape() shape {
	return fields(map[string]shape{
		"auto_optimization": plain(), "details_page_product_id": of(ident), "shop_collection_product_set_id": of(ident), "source": plain(),
		"storefront_shop_id": of(ident),
	})
}

// additionalShape is additional_data.
func additionalShape() shape {
	return fields(map[string]shape{
		"automated_product_tags": of(boolean), "brand_page_id": of(ident), "is_click_to_message": of(boolean), "multi_share_end_card": of(boolean),
		"page_welcome_message": of(anything), "partner_app_welcome_message_flow_id": of(ident),
	})
}

// asset is an element of a feed's list: its own members and those that every asset may carry.
func asset(own map[string]shape, needs ...string) shape {
	members := map[string]shape{"url_tags": short(maxURL), "adlabels": listOf(maxList, labelShape())}
	maps.Copy(members, own)
	return fields(members, needs...)
}

// videoShape is an element of videos.
func videoShape() shape {
	return asset(map[string]shape{
		"video_id": of(ident), "thumbnail_url": web(), "thumbnail_hash": of(ident), "caption_ids": listOf(maxList, of(ident)),
	}, "video_id")
}

// linkShape is an element of link_urls.
func linkShape() shape {
	return asset(map[string]shape{
		"website_url": web(), "carousel_see_more_url": web(), "display_url": short(maxURL), "deeplink_url": of(deeplink),
		"android_url": of(deeplink), "ios_url": of(deeplink), "object_store_urls": listOf(maxList, web()),
	}, "website_url")
}

// carouselShape is an element of carousels.
func carouselShape() shape {
	card := labels("image", "video", "body", "title", "description", "link_url", "caption", "call_to_action_type", "phone_data_ids")
	card["static_card"] = of(boolean)
	return fields(map[string]shape{
		"child_attachments": listOf(maxCards, fields(card)), "multi_share_optimized": of(boolean), "multi_share_end_card": of(boolean),
		"adlabels": listOf(maxList, labelShape()),
	})
}

// customRuleShape is an element of asset_customization_rules.
func customRuleShape() shape {
	rule := labels("image", "video", "body", "title", "description", "link_url", "caption", "call_to_action_type", "call_to_action", "carousel")
	rule["is_default"] = of(boolean)
	rule["priority"] = of(number)
	rule["customization_spec"] = fields(map[string]shape{
		"publisher_platforms": listOf(maxList, plain()), "facebook_positions": listOf(maxList, plain()),
		"instagram_positions": listOf(maxList, plain()), "messenger_positions": listOf(maxList, plain()),
		"audience_network_positions": listOf(maxList, plain()), "threads_positions": listOf(maxList, plain()),
		"device_platforms": listOf(maxList, one("desktop mobile")), "locales": listOf(maxList, of(number)),
		"age_min": of(number), "age_max": of(number), "geo_locations": open(),
	})
	return fields(rule)
}

// labelShape names the assets that carry it; read-back adds the id.
func labelShape() shape {
	return fields(map[string]shape{"name": short(maxURL), "id": of(ident)})
}

// labels is one member "<slot>_label" per slot.
func labels(slots ...string) map[string]shape {
	members := map[string]shape{}
	for _, slot := range slots {
		members[slot+"_label"] = labelShape()
	}
	return members
}

// cropsShape is image_crops: aspect ratio to rectangle.
func cropsShape() shape {
	rectangle := of(crop)
	return shape{kind: record, elem: &rectangle, values: "100x100 100x72 191x100 300x400 400x150 400x500 600x360 90x160"}
}
