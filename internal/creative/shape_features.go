package creative

import "strings"

// Enrolment in a feature.
const (
	optIn  = "OPT_IN"
	optOut = "OPT_OUT"
)

// bundle is the feature that stood for a set of others until v21.
const bundle = "standard_enhancements"

// bundled are the parts of the bundle that change what is there; image_templates, which made new pictures, has to be asked for by itself.
func bundled() []string { return []string{"image_touchups", "text_optimizations", "inline_comment"} }

// featuresShape is degrees_of_freedom_spec.
func featuresShape() shape {
	return fields(map[string]shape{
		"creative_features_spec":  {kind: record, values: featureKeys, elem: new(featureShape())},
		"degrees_of_freedom_type": plain(), "ad_handle_type": plain(), "multi_media_transformation_type": plain(),
		"image_transformation_types": listOf(maxList, plain()), "text_transformation_types": listOf(maxList, plain()),
		"video_transformation_types": listOf(maxList, plain()), "stories_transformation_types": listOf(maxList, plain()),
	})
}

// featureShape is what is said of one feature.
func featureShape() shape {
	custom := map[string]shape{}
	for name := range strings.FieldsSeq(`aspect_ratio_config background_color catalog_feed_tag_name fb_feed_tag_name fb_reels_tag_name
		fb_story_tag_name font_name ig_feed_tag_name ig_reels_tag_name ig_stream_tag_name image_crop_style showcase_card_display text_style`) {
		custom[name] = plain()
	}
	custom["aspect_ratio_config"], custom["pe_carousel"], custom["text_extraction"] = open(), open(), open()
	custom["recomposition_type"] = latest(plain())
	return fields(map[string]shape{
		"enroll_status": one(optIn + " " + optOut), "customizations": fields(custom), "action_metadata": fields(map[string]shape{"type": plain()}),
	}, "enroll_status")
}

// latestFeatures came with v26.0.
const latestFeatures = `dynamic_cta_text hyperlink_formatting image_banner image_end_card multi_creative_post_carousel pac_genai_recomposition
		pac_recomposition product_browsing video_uncrop_9x16_to_9x18`

// featureKeys are the names that creative_features_spec knows, up to v26.
const featureKeys = `adapt_to_placement add_text_overlay ads_with_benefits advantage_plus_creative app_highlights audio
		auto_promotion_tag biz_ai carousel_to_video catalog_feed_tag creative_stickers customize_product_recommendation cv_transformation
		description_automation dha_optimization dynamic_cta_text dynamic_partner_content enable_ncs_testimonials enhance_cta fb_feed_tag
		fb_reels_tag fb_story_tag feed_caption_optimization generate_cta hide_price hyperlink_formatting ig_feed_tag ig_glados_feed
		ig_reels_tag ig_stream_tag ig_video_native_subtitle image_animation image_auto_crop image_background_gen image_banner
		image_brightness_and_contrast image_end_card image_enhancement image_templates image_text_translation image_touchups image_uncrop
		inline_comment local_store_extension media_liquidity_animated_image media_order media_type_automation
		multi_creative_post_carousel multi_photo_to_video music_generation pac_genai_recomposition pac_recomposition pac_relaxation
		product_browsing product_extensions product_metadata_automation product_tags profile_card profile_extension replace_media_text
		reveal_details_over_time show_destination_blurbs show_summary site_extensions standard_enhancements
		standard_enhancements_catalog text_extraction_for_headline text_extraction_for_tap_target text_formatting_optimization
		text_generation text_optimizations text_overlay_translation text_translation translate_voiceover video_auto_crop
		video_filtering video_highlight video_highlights video_to_image video_uncrop video_uncrop_9x16_to_9x18 wa_mm_image_filtering
		wa_mm_text_truncation_length`

// IsFeature reports whether creative_features_spec knows a name.
func IsFeature(name string) bool { return shape{values: featureKeys}.allows(name) }
