package creative

// layerShape is an element of image_layer_specs: what is drawn over a catalogue's image.
func layerShape() shape {
	return fields(map[string]shape{
		"blending_mode": one("lighten multiply normal"), "content": open(), "frame_auto_show_enroll_status": plain(), "frame_image_hash": of(ident),
		"frame_source": one("custom"), "image_source": one("catalog"), "layer_type": one("frame_overlay image text_overlay"), "opacity": of(number),
		"overlay_position": plain(), "overlay_shape": one("circle none pill rectangle triangle"), "scale": of(number), "shape_color": plain(),
		"text_color": plain(), "text_font": plain(),
	})
}

// overlayShape is image_overlay_spec, the older way of the same.
func overlayShape() shape {
	return fields(map[string]shape{
		"custom_text_type": one("free_shipping popular sale"), "float_with_margin": of(boolean),
		"overlay_template": one("circle_with_text pill_with_text triangle_with_text"), "position": one("bottom_left bottom_right top_left top_right"),
		"text_font": plain(), "text_template_tags": listOf(maxList, plain()), "text_type": plain(), "theme_color": plain(),
	})
}

// fallbackShape is static_fallback_spec: what a catalogue creative shows without products.
func fallbackShape() shape {
	return fields(map[string]shape{
		"call_to_action": actionShape(), "description": plain(), "image_hash": of(ident), "link": web(), "message": plain(), "name": plain(),
	})
}
