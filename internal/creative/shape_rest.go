package creative

// sourcingShape is creative_sourcing_spec.
func sourcingShape() shape {
	return fields(map[string]shape{
		"ad_extensions_relevancy_spec": open(), "associated_product_set_id": of(ident), "brand": open(), "destination_screenshot_spec": open(),
		"duplication_source": plain(), "dynamic_site_links_spec": open(), "enable_social_feedback_preservation": of(boolean), "intent": open(),
		"pca_spec": open(), "product_media_metadata_spec": open(), "promotion_metadata_spec": listOf(maxList, open()),
		"site_links_data_consented": open(), "site_links_spec": listOf(maxList, open()), "source_url": web(), "website_media_spec": open(),
		"website_summary_spec": open(), "featured_offering_spec": latest(open()), "ncs_testimonial": latest(of(anything)),
	})
}

// maxMedia is the most pictures and videos of a multi-media ad, together.
const maxMedia = 10

// mediaShape is media_sourcing_spec.
func mediaShape() shape {
	optIn := one("opt_in opt_out")
	customised := map[string]shape{
		"source": one("multi_media related_media gen_ai"), "opt_in_status": optIn, "group_id": of(ident),
		"variant_types":              listOf(maxList, one("SQUARE VERTICAL FULLSCREEN_VERTICAL HORIZONTAL")),
		"text_customizations":        of(anything),
		"image_crops":                of(anything), // a list of {type, crop_spec} here
		"destination_customizations": listOf(maxList, fields(map[string]shape{"url": web(), "display_url": short(maxURL)})),
		"placement_customizations": listOf(maxList, fields(map[string]shape{
			"publisher_platform": plain(), "placement_exclusions": listOf(maxList, plain()),
		})),
	}
	picture, video := map[string]shape{"hash": of(ident), "url": web()}, map[string]shape{
		"video_id": of(ident), "original_video_id": of(ident), "thumbnail_url": web(), "thumbnail_hash": of(ident), "thumbnail_source": plain(),
	}
	for name, s := range customised {
		picture[name], video[name] = s, s
	}
	return fields(map[string]shape{
		"images": listOf(maxMedia, fields(picture)), "videos": listOf(maxMedia, fields(video, "video_id")), "bodies": listOf(maxList, open()),
		"titles": listOf(maxList, open()), "descriptions": listOf(maxList, open()), "push_metadata_ids": listOf(maxList, of(ident)),
		"related_media": open(), "destinations": latest(of(anything)),
	})
}

// platformShape is platform_customizations: other media on Instagram.
func platformShape() shape {
	return fields(map[string]shape{"instagram": fields(map[string]shape{
		"image_hash": of(ident), "image_url": web(), "video_id": of(ident), "image_crops": cropsShape(), "caption_ids": listOf(maxList, of(ident)),
	})})
}

// portraitShape is portrait_customizations.
func portraitShape() shape {
	return fields(map[string]shape{"carousel_delivery_mode": plain(), "specifications": listOf(maxList, open())})
}

// recommenderShape is recommender_settings.
func recommenderShape() shape {
	return fields(map[string]shape{"preferred_events": listOf(maxList, plain()), "product_sales_channel": plain()})
}

// templateURLShape is template_url_spec: click addresses of a catalogue creative by platform.
func templateURLShape() shape {
	members := map[string]shape{}
	for _, name := range []string{"android", "config", "ios", "ipad", "iphone", "web", "windows_phone"} {
		members[name] = open()
	}
	return fields(members)
}

// formatsShape is format_transformation_spec.
func formatsShape() shape {
	return listOf(maxList, fields(map[string]shape{
		"format": plain(), "data_source": listOf(maxList, plain()), "customizations": latest(open()),
	}))
}

// multiAdsShape is contextual_multi_ads.
func multiAdsShape() shape {
	return fields(map[string]shape{
		"enroll_status": one(optIn + " " + optOut), "action_metadata": fields(map[string]shape{"type": plain()}),
	}, "enroll_status")
}
