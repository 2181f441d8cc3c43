package graph

// why is what stands behind a rule, in a sentence for who has to decide what to send instead; "" where the message says it all.
func why(rule string) string {
	switch rule {
	case "campaign.budget_sharing":
		return "Since v24.0 a campaign without a budget of its own has to say whether its ad sets may lend each other up to a fifth of theirs."
	case "campaign.objective":
		return "New campaigns take one of six outcomes; the older objectives live on in campaigns that have them."
	case "budget.level":
		return "Either the campaign has a budget and spreads it over its ad sets, or each ad set has one; not both."
	case "budget.one":
		return "A budget is of a day, or of the whole run."
	case "budget.min":
		return "Below the smallest budget there is too little to spend in a day; amounts are in minor units of the account's currency, so 500 is 5.00."
	case "schedule.end":
		return "A budget for the whole run can only be spread if the run has an end."
	case "adset.goal":
		return "Each objective takes the optimization goals that lead to it."
	case "adset.promoted_object":
		return "To optimise for events, delivery has to know whose: a pixel, an app or a Page of your own."
	case "adset.published", "fixed":
		return "What results are measured by, or refer to, is settled at creation; make a new object instead."
	case "targeting.advantage_audience":
		return "Since v23.0 an audience that is narrowed has to say whether delivery may look beyond it."
	case "targeting.location":
		return "Every audience is somewhere: at least one country, region, city, zip code or place."
	case "adset.dsa":
		return "Ads shown in the European Union name who benefits from them and who pays for them."
	case "feed.ordinary_set", "feed.dynamic_set":
		return "Dynamic creative needs an ad set that was made with is_dynamic_creative=true, which cannot be changed later."
	case "generation.pending":
		return "The account's review_gate wants a token with creative_review to have approved each generated text before anybody sees it."
	case "generation.four_eyes":
		return "The account's four_eyes wants two people to have seen what is shown: one who ordered it, and one who approves it."
	case "ad.one", "ad.alone":
		return "A dynamic ad set and its one ad are one thing."
	case "feed.total":
		return "The number of combinations grows with every list, so all lists together are bounded."
	case "feed.ad_formats.required", "feed.ad_formats.max":
		return "A feed is shown in one format; AUTOMATIC_FORMAT chooses between pictures and videos."
	case "features.creative_features_spec.standard_enhancements.ended":
		return "The bundle ended with v22.0; its parts are opted in to one by one."
	case "story.link_data.feed", "story.video_data.feed", "story.photo_data.feed":
		return "A feed carries all assets of an ad; what stands beside it in object_story_spec says only who speaks."
	case "creative.image":
		return "Creatives show pictures of the account's library, by the hash that the upload answered."
	case "creative.used", "image.used":
		return "What running ads show, and reports refer to, stays."
	case "reference":
		return "Objects refer to objects of the same ad account only."
	case "not_emulated":
		return "The platform has it and this server does not; leaving it out changes nothing else."
	case "required":
		return "The object cannot be made without it."
	}
	return ""
}
