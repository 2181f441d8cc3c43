package creative

// classicCases are about what Dynamic Creative asks for.
func classicCases() []validateCase {
	feed := func(json string) string { return `{"asset_feed_spec": ` + json + `}` }
	return []validateCase{
		{name: "SINGLE_IMAGE without image is refused", doc: validClassic, patch: feed(`{"images": null}`),
			want: []string{"asset_feed_spec.images feed.images.min 0/1 #1885502"}},
		{name: "SINGLE_IMAGE shows no video", doc: validClassic, patch: feed(`{"videos": [{"video_id": "1"}]}`),
			want: []string{"asset_feed_spec.videos feed.videos.format 1/0 #1885502"}},
		{name: "SINGLE_VIDEO without video is refused", doc: validClassic, patch: feed(`{"ad_formats": ["SINGLE_VIDEO"], "images": null}`),
			want: []string{"asset_feed_spec.videos feed.videos.min 0/1 #1885502"}},
		{name: "SINGLE_VIDEO shows no image", doc: validClassic, patch: feed(`{"ad_formats": ["SINGLE_VIDEO"], "videos": [{"video_id": 1}]}`),
			want: []string{"asset_feed_spec.images feed.images.format 3/0 #1885502"}},
		{name: "a carousel of one image is refused", doc: validClassic, patch: feed(`{"ad_formats": ["CAROUSEL"], "images": [{"hash": "a"}]}`),
			want: []string{"asset_feed_spec.images feed.images.min 1/2 #1885502"}},
		{name: "two formats beside variations are too many", doc: validLink,
			patch: feed(`{"optimization_type": "DEGREES_OF_FREEDOM", "bodies": [{"text": "Hi"}], "ad_formats": ["SINGLE_IMAGE", "CAROUSEL"]}`),
			want:  []string{"asset_feed_spec.ad_formats feed.ad_formats.max 2/1"}},
		{name: "a carousel of two images passes", doc: validClassic,
			patch: feed(`{"ad_formats": ["CAROUSEL"], "images": [{"hash": "a"}, {"hash": "b"}]}`)},
		{name: "AUTOMATIC_FORMAT mixes images and videos", doc: validClassic,
			patch: feed(`{"ad_formats": ["AUTOMATIC_FORMAT"], "videos": [{"video_id": "1"}]}`)},
		{name: "AUTOMATIC_FORMAT without media is refused", doc: validClassic, patch: feed(`{"ad_formats": ["AUTOMATIC_FORMAT"], "images": null}`),
			want: []string{"asset_feed_spec.images feed.images.min 0/1 #1885502"}},
		{name: "COLLECTION is for catalogs", doc: validClassic, patch: feed(`{"ad_formats": ["COLLECTION"]}`),
			want: []string{"asset_feed_spec.ad_formats feed.ad_formats.automation #1885502"}},
		{name: "no link is refused", doc: validClassic, patch: feed(`{"link_urls": null}`),
			want: []string{"asset_feed_spec.link_urls feed.link_urls.required 0/1"}},
		{name: "no link is refused with the objective's subcode", doc: validClassic, patch: feed(`{"link_urls": []}`),
			rules: Rules{Objective: "OUTCOME_SALES"}, want: []string{"asset_feed_spec.link_urls feed.link_urls.required 0/1 #2446383"}},
		{name: "no button passes while the objective is unknown", doc: validClassic, patch: feed(`{"call_to_action_types": null}`)},
		{name: "no button passes for awareness", doc: validClassic, patch: feed(`{"call_to_action_types": null}`),
			rules: Rules{Objective: "OUTCOME_AWARENESS"}},
		{name: "no button is refused for sales", doc: validClassic, patch: feed(`{"call_to_action_types": null}`),
			rules: Rules{Objective: "OUTCOME_SALES"},
			want:  []string{"asset_feed_spec.call_to_action_types feed.call_to_action_types.required 0/1 #2446383"}},
		{name: "an app has one link", doc: validClassic,
			patch: feed(`{"link_urls": [{"website_url": "https://example.com/1"}, {"website_url": "https://example.com/2"}]}`),
			rules: Rules{Objective: "OUTCOME_APP_PROMOTION"}, want: []string{"asset_feed_spec.link_urls feed.link_urls.app 2/1"}},
		{name: "no text at all is refused", doc: validClassic, patch: feed(`{"titles": null, "bodies": null}`),
			want: []string{"asset_feed_spec.bodies feed.bodies.required 0/1"}},
		{name: "customization rules are refused", doc: validClassic,
			patch: feed(`{"optimization_type": "REGULAR", "asset_customization_rules": [{"is_default": true}]}`),
			want:  []string{"asset_feed_spec.asset_customization_rules feed.asset_customization_rules.classic"}},
		{name: "a dynamic ad set takes a classic feed", doc: validClassic, patch: `{}`, rules: Rules{Set: DynamicSet}},
		{name: "an ordinary ad set takes none", doc: validClassic, patch: `{}`, rules: Rules{Set: OrdinarySet},
			want: []string{"asset_feed_spec feed.ordinary_set #1885998"}},
		{name: "a dynamic ad set takes no link post", doc: validLink, patch: `{}`, rules: Rules{Set: DynamicSet},
			want: []string{"asset_feed_spec feed.dynamic_set #1885852"}},
		{name: "a feed may stand without a Page", doc: validClassic, patch: `{"object_story_spec": null}`},
		{name: "a strict feed needs a Page", doc: validClassic, patch: `{"object_story_spec": null}`, rules: Rules{Strict: true},
			want: []string{"object_story_spec.page_id story.page_id.required"}},
	}
}

// validPlaces is a placement customization without fault.
const validPlaces = `{"object_story_spec": {"page_id": "1"}, "asset_feed_spec": {
	"images": [{"hash": "a", "adlabels": [{"name": "feed"}]}, {"hash": "b", "adlabels": [{"name": "story"}]}],
	"bodies": [{"text": "Body"}], "link_urls": [{"website_url": "https://example.com"}], "ad_formats": ["SINGLE_IMAGE"],
	"asset_customization_rules": [
		{"customization_spec": {"publisher_platforms": ["facebook"]}, "image_label": {"name": "feed"}},
		{"customization_spec": {"instagram_positions": ["story"]}, "image_label": {"name": "story"}, "is_default": true, "priority": 2}]}}`

// otherOptimizationsCases are about the other optimization types.
func otherOptimizationsCases() []validateCase {
	feed := func(json string) string { return `{"asset_feed_spec": ` + json + `}` }
	const variations = `{"object_story_spec": {"page_id": "1", "link_data": {"link": "https://example.com", "message": "Hi"}},
		"asset_feed_spec": {"optimization_type": "DEGREES_OF_FREEDOM", "bodies": [{"text": "Hi"}, {"text": "Hello"}]}}`
	const catalog = `{"product_set_id": "5", "object_story_spec": {"page_id": "1", "template_data": {"link": "{{product.url}}", "message": "{{product.name}}"}},
		"asset_feed_spec": {"optimization_type": "FORMAT_AUTOMATION", "ad_formats": ["CAROUSEL", "COLLECTION"]}}`
	return []validateCase{
		{name: "rules for places pass", doc: validPlaces, patch: `{}`},
		{name: "rules for places fit an ordinary ad set", doc: validPlaces, patch: `{}`, rules: Rules{Set: OrdinarySet}},
		{name: "rules for places don't fit a dynamic ad set", doc: validPlaces, patch: `{}`, rules: Rules{Set: DynamicSet},
			want: []string{"asset_feed_spec.optimization_type feed.optimization_type.dynamic_set"}},
		{name: "one rule is too few", doc: validPlaces, patch: feed(`{"optimization_type": "PLACEMENT", "asset_customization_rules": [{}]}`),
			want: []string{"asset_feed_spec.asset_customization_rules feed.asset_customization_rules.min 1/2"}},
		{name: "a label that no asset carries is refused", doc: validPlaces, patch: feed(`{"images": [{"hash": "a", "adlabels": [{"name": "feed"}]}]}`),
			want: []string{"asset_feed_spec.asset_customization_rules.1.image_label feed.asset_customization_rules.image_label.label #2446173"}},
		{name: "languages need a default", doc: validPlaces, patch: feed(`{"optimization_type": "LANGUAGE", "asset_customization_rules": [
			{"customization_spec": {"locales": [6]}}, {"customization_spec": {"locales": ["24"]}}]}`),
			want: []string{"asset_feed_spec.asset_customization_rules feed.asset_customization_rules.default 0/1"}},
		{name: "variations of a link post pass", doc: variations, patch: `{}`, rules: Rules{Set: OrdinarySet}},
		{name: "variations need a post", doc: variations, patch: `{"object_story_spec": {"link_data": null}}`,
			want: []string{"object_story_spec.link_data story.link_data.anchor #1443048"}},
		{name: "a catalog with automatic formats passes", doc: catalog, patch: `{}`},
		{name: "automatic formats need template_data", doc: catalog, patch: `{"object_story_spec": {"template_data": null}}`,
			want: []string{"object_story_spec.template_data story.template_data.anchor #1443048"}},
	}
}

// storyCases are about object_story_spec.
func storyCases() []validateCase {
	story := func(json string) string { return `{"object_story_spec": ` + json + `}` }
	return []validateCase{
		{name: "a link post passes", doc: validLink, patch: `{}`},
		{name: "a post without Page is refused", doc: validLink, patch: story(`{"page_id": null}`),
			want: []string{"object_story_spec.page_id story.page_id.required"}},
		{name: "a post of no kind is refused", doc: validLink, patch: story(`{"link_data": null}`),
			want: []string{"object_story_spec story.one 0/1 #1443048"}},
		{name: "a post of two kinds is refused", doc: validLink, patch: story(`{"text_data": {"message": "Hi"}}`),
			want: []string{"object_story_spec story.one 2/1 #1443048"}},
		{name: "a link post needs a link", doc: validLink, patch: story(`{"link_data": {"link": null}}`),
			want: []string{"object_story_spec.link_data.link story.link_data.link.required #2061015"}},
		{name: "an unknown member is named", doc: validLink, patch: story(`{"link_data": {"headline": "x"}}`),
			want: []string{"object_story_spec.link_data.headline story.link_data.unknown"}},
		{name: "an unknown button is refused", doc: validLink, patch: story(`{"link_data": {"call_to_action": {"type": "GO"}}}`),
			want: []string{"object_story_spec.link_data.call_to_action.type story.link_data.call_to_action.type.enum #1373054"}},
		{name: "a script as a button's link is refused", doc: validLink,
			patch: story(`{"link_data": {"call_to_action": {"type": "SHOP_NOW", "value": {"link": "javascript:alert(1)"}}}}`),
			want:  []string{"object_story_spec.link_data.call_to_action.value.link story.link_data.call_to_action.value.link.url"}},
		{name: "a button may call", doc: validLink, patch: story(`{"link_data": {"call_to_action": {"type": "CALL_NOW", "value": {"link": "tel:+15550100"}}}}`)},
		{name: "a carousel of one card is refused", doc: validLink, patch: story(`{"link_data": {"child_attachments": [{"link": "https://example.com"}]}}`),
			want: []string{"object_story_spec.link_data.child_attachments story.link_data.child_attachments.min 1/2"}},
		{name: "a carousel of 11 cards is refused", doc: validLink,
			patch: story(`{"link_data": {"child_attachments": ` + many(11, `{"link": "https://example.com/%d"}`) + `}}`),
			want:  []string{"object_story_spec.link_data.child_attachments story.link_data.child_attachments.max 11/10"}},
		{name: "a card needs a link", doc: validLink, patch: story(`{"link_data": {"child_attachments": [{"name": "a"}, {"link": "https://example.com"}]}}`),
			want: []string{"object_story_spec.link_data.child_attachments.0.link story.link_data.child_attachments.link.required"}},
		{name: "a post beside a classic feed is refused", doc: validClassic, patch: story(`{"link_data": {"link": "https://example.com"}}`),
			want: []string{"object_story_spec.link_data story.link_data.feed #1443048"}},
		{name: "a video post beside a feed of videos is refused", doc: validClassic,
			patch: `{"object_story_spec": {"video_data": {"video_id": "1", "image_hash": "a"}},
				"asset_feed_spec": {"images": null, "ad_formats": ["SINGLE_VIDEO"], "videos": [{"video_id": "1"}]}}`,
			want: []string{"object_story_spec.video_data story.video_data.feed #1443048"}},
		{name: "a video needs a thumbnail", doc: validLink, patch: story(`{"link_data": null, "video_data": {"video_id": 5}}`),
			want: []string{"object_story_spec.video_data.image_hash story.video_data.image_hash.required #1443226"}},
		{name: "a photo needs a picture", doc: validLink, patch: story(`{"link_data": null, "photo_data": {"caption": "x"}}`),
			want: []string{"object_story_spec.photo_data.image_hash story.photo_data.image_hash.required"}},
		{name: "catalog tags need a product set", doc: validLink, patch: story(`{"link_data": null, "template_data": {"message": "{{product.name}}"}}`),
			want: []string{"product_set_id product_set_id.required"}},
		{name: "an existing post excludes a new one", doc: validLink, patch: `{"object_story_id": "1_2"}`,
			want: []string{"object_story_id story.exclusive #1443048"}},
		{name: "an existing post passes alone", doc: `{"object_story_id": "1_2"}`, patch: `{}`},
		{name: "nothing to show is refused", doc: `{"name": "x"}`, patch: `{}`, want: []string{"object_story_spec story.required #1885502"}},
		{name: "the older Instagram id ended", doc: validLink, patch: story(`{"instagram_actor_id": "5"}`),
			want: []string{"object_story_spec.instagram_actor_id story.instagram_actor_id.ended"}},
		{name: "the older Instagram id passes before v22", doc: validLink, patch: story(`{"instagram_actor_id": "5", "link_data": {"image_hash": null}}`), rules: Rules{Version: 210}},
		{name: "both Instagram ids are refused", doc: validLink, patch: story(`{"instagram_actor_id": "5", "instagram_user_id": "5"}`),
			want: []string{"object_story_spec.instagram_actor_id story.instagram_actor_id.exclusive #2238055"}},
	}
}

// featuresCases are about degrees_of_freedom_spec.
func featuresCases() []validateCase {
	features := func(json string) string {
		return `{"degrees_of_freedom_spec": {"creative_features_spec": ` + json + `}}`
	}
	const at = "degrees_of_freedom_spec.creative_features_spec."
	const rule = " features.creative_features_spec."
	return []validateCase{
		{name: "an enrolment passes", doc: validLink, patch: features(`{"image_uncrop": {"enroll_status": "OPT_IN", "customizations": {"text_extraction": {}}}}`)},
		{name: "an unknown feature is named", doc: validLink, patch: features(`{"image_magic": {"enroll_status": "OPT_IN"}}`),
			want: []string{at + "image_magic" + rule + "unknown"}},
		{name: "an unknown status is refused", doc: validLink, patch: features(`{"image_uncrop": {"enroll_status": "YES"}}`),
			want: []string{at + "image_uncrop.enroll_status" + rule + "enroll_status.enum"}},
		{name: "a feature without status is refused", doc: validLink, patch: features(`{"image_uncrop": {}}`),
			want: []string{at + "image_uncrop.enroll_status" + rule + "enroll_status.required"}},
		{name: "a feature that is no object is refused", doc: validLink, patch: features(`{"image_uncrop": "OPT_IN"}`),
			want: []string{at + "image_uncrop" + rule + "type"}},
		{name: "an unknown customization is named", doc: validLink,
			patch: features(`{"image_uncrop": {"enroll_status": "OPT_OUT", "customizations": {"colour": "red"}}}`),
			want:  []string{at + "image_uncrop.customizations.colour" + rule + "customizations.unknown"}},
		{name: "the bundle ended with v22", doc: validLink, patch: features(`{"standard_enhancements": {"enroll_status": "OPT_IN"}}`), rules: Rules{Version: 220},
			want: []string{at + "standard_enhancements" + rule + "standard_enhancements.ended #3858504"}},
		{name: "the bundle passes before v22", doc: validLink, patch: features(`{"standard_enhancements": {"enroll_status": "OPT_IN"}}`), rules: Rules{Version: 210}},
	}
}

// versionCases are about what came, became optional and ended.
func versionCases() []validateCase {
	features := func(json string) string {
		return `{"degrees_of_freedom_spec": {"creative_features_spec": ` + json + `}}`
	}
	const at, rule = "degrees_of_freedom_spec.creative_features_spec.", " features.creative_features_spec."
	return []validateCase{
		{name: "in v20 the bundle need not be stated", doc: validLink, patch: `{}`, rules: Rules{Version: 200}},
		{name: "nor in a preview", doc: validLink, patch: `{}`, rules: Rules{Version: 190, Preview: true}},
		{name: "in v19 the bundle must be stated", doc: validLink, patch: `{}`, rules: Rules{Version: 190},
			want: []string{at + "standard_enhancements" + rule + "standard_enhancements.required #3858082"}},
		{name: "in v19 any other feature will do as well", doc: validLink, patch: features(`{"image_uncrop": {"enroll_status": "OPT_IN"}}`), rules: Rules{Version: 190}},
		{name: "the bundle was never about feeds", doc: validClassic, patch: `{}`, rules: Rules{Version: 190}},
		{name: "a feature of v26 is not known before", doc: validLink, patch: features(`{"image_banner": {"enroll_status": "OPT_IN"}}`), rules: Rules{Version: 250},
			want: []string{at + "image_banner" + rule + "unknown"}},
		{name: "a feature of v26 passes", doc: validLink, patch: features(`{"image_banner": {"enroll_status": "OPT_IN"}}`), rules: Rules{Version: 260}},
		{name: "a member of v26 is not known before", doc: validClassic, patch: `{"asset_feed_spec": {"web_destination_spec": {}}}`, rules: Rules{Version: 250},
			want: []string{"asset_feed_spec.web_destination_spec feed.unknown"}},
		{name: "product extensions must be stated where they are possible", doc: validLink, patch: `{"creative_sourcing_spec": {"associated_product_set_id": 5}}`,
			want: []string{at + "product_extensions" + rule + "product_extensions.required"}},
		{name: "product extensions needed no statement in v19", doc: validClassic, patch: `{"creative_sourcing_spec": {"associated_product_set_id": "5"}}`, rules: Rules{Version: 190}},
	}
}

// labelCases are about labels and what names them.
func labelCases() []validateCase {
	feed := func(json string) string { return `{"asset_feed_spec": ` + json + `}` }
	const rules = "asset_feed_spec.asset_customization_rules"
	return []validateCase{
		{name: "two assets of a kind for one rule are refused", doc: validPlaces,
			patch: feed(`{"images": [{"hash": "a", "adlabels": [{"name": "feed"}]}, {"hash": "c", "adlabels": [{"name": "feed"}]}, {"hash": "b", "adlabels": [{"name": "story"}]}]}`),
			want:  []string{rules + ".0.image_label feed.asset_customization_rules.image_label.several 2/1 #1885878"}},
		{name: "two default rules are refused", doc: validPlaces,
			patch: feed(`{"asset_customization_rules": [{"is_default": true, "customization_spec": {"publisher_platforms": ["facebook"]}}, {"is_default": true}]}`),
			want:  []string{rules + " feed.asset_customization_rules.default 2/1"}},
		{name: "sponsored messages can't be customised", doc: validPlaces,
			patch: feed(`{"asset_customization_rules": [{"customization_spec": {"messenger_positions": ["sponsored_messages"]}}, {}]}`),
			want:  []string{rules + ".0.customization_spec.messenger_positions feed.asset_customization_rules.customization_spec.messenger_positions.place"}},
		{name: "a group names labels that are there", doc: validClassic, patch: feed(`{"groups": [{"title_label": {"name": "x"}}]}`),
			want: []string{"asset_feed_spec.groups.0.title_label feed.groups.title_label.label #2446173"}},
		{name: "a card names labels that are there", doc: validClassic, patch: feed(`{"carousels": [{"child_attachments": [{"image_label": {"name": "x"}}]}]}`),
			want: []string{"asset_feed_spec.carousels.0.child_attachments.0.image_label feed.carousels.child_attachments.image_label.label #2446173"}},
		{name: "rules for places lead somewhere once there is an ad", doc: validPlaces, patch: feed(`{"link_urls": null}`), rules: Rules{Set: OrdinarySet},
			want: []string{"asset_feed_spec.link_urls feed.link_urls.required 0/1 #1885800"}},
		{name: "rules for places may lead nowhere while there is none", doc: validPlaces, patch: feed(`{"link_urls": null}`)},
	}
}

// restCases are about everything else.
func restCases() []validateCase {
	feed := func(json string) string { return `{"asset_feed_spec": ` + json + `}` }
	const variations = `{"object_story_spec": {"page_id": "1", "link_data": {"link": "https://example.com"}}, "asset_feed_spec": {"optimization_type": "DEGREES_OF_FREEDOM"}}`
	return []validateCase{
		{name: "some objectives take no Dynamic Creative", doc: validClassic, patch: `{}`, rules: Rules{Objective: "STORE_VISITS"},
			want: []string{"asset_feed_spec.optimization_type feed.optimization_type.objective #1885392"}},
		{name: "videos to vary need a link", doc: variations, patch: feed(`{"videos": [{"video_id": "1"}]}`),
			want: []string{"asset_feed_spec.link_urls feed.link_urls.required 0/1 #2061015"}},
		{name: "an Instagram account needs a format", doc: variations, patch: `{"object_story_spec": {"instagram_user_id": 7}, "asset_feed_spec": {"bodies": [{"text": "Hi"}]}}`,
			want: []string{"asset_feed_spec.ad_formats feed.ad_formats.instagram 0/1 #1443048"}},
		{name: "the retired crop is refused in a post", doc: validLink, patch: `{"object_story_spec": {"link_data": {"image_crops": {"191x100": [[0, 0], [191, 100]]}}}}`,
			want: []string{"object_story_spec.link_data.image_crops.191x100 story.link_data.image_crops.retired #2490085"}},
		{name: "a crop of a plain creative has its ratio", doc: `{"object_url": "https://example.com", "image_crops": {"100x100": [[0, 0], [10, 20]]}}`, patch: `{}`,
			want: []string{"image_crops.100x100 creative.image_crops.ratio"}},
		{name: "a button takes so many values", doc: validLink, patch: `{"object_story_spec": {"link_data": {"call_to_action": {"type": "SHOP_NOW", "value": {
			"link": "https://example.com", "app_link": "a:b", "link_caption": "c", "link_format": "d", "lead_gen_form_id": 1, "application": 2, "page": 3, "event_id": 4,
			"app_destination": "e", "product_link": "f:g", "whatsapp_number": "5"}}}}}`,
			want: []string{"object_story_spec.link_data.call_to_action.value story.link_data.call_to_action.value.max 11/10 #1815630"}},
		{name: "what a layer may be", doc: validLink, patch: `{"object_story_spec": {"link_data": {"image_layer_specs": [{"layer_type": "wash"}]}}}`,
			want: []string{"object_story_spec.link_data.image_layer_specs.0.layer_type story.link_data.image_layer_specs.layer_type.enum"}},
		{name: "an unknown member of any spec is named", doc: validLink, patch: `{"media_sourcing_spec": {"pictures": []}, "portrait_customizations": {"x": 1}}`,
			want: []string{"media_sourcing_spec.pictures media.unknown", "portrait_customizations.x portrait.unknown"}},
		{name: "the media of an ad are ten at most", doc: validLink, patch: `{"object_story_spec": {"link_data": {"image_hash": "h0"}}, "media_sourcing_spec": {
			"images": ` + many(6, `{"hash": "h%d"}`) + `, "videos": ` + many(5, `{"video_id": "%d"}`) + `}}`,
			want: []string{"media_sourcing_spec media.max 11/10"}},
		{name: "the media of an ad differ", doc: validLink, patch: `{"media_sourcing_spec": {"images": [{"hash": "a"}, {"hash": "a"}]}}`,
			want: []string{"media_sourcing_spec.images.1 media.images.unique #1815629"}},
		{name: "the image of the post is among the media", doc: validLink, patch: `{"media_sourcing_spec": {"images": [{"hash": "b"}], "related_media": {}}}`,
			want: []string{"media_sourcing_spec.related_media media.related_media.exclusive", "media_sourcing_spec.images media.images.anchor"}},
	}
}
