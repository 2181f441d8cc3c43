package object

// DefaultPlacement is where an ad is assumed to show when the caller does not say.
const DefaultPlacement = "MOBILE_FEED_STANDARD"

// Placement translates a preview format name, which is how a decision names its place, to the publisher_platform and
// platform_position of the insights breakdowns. Names that it does not know are not ok.
func Placement(name string) (platform, position string, ok bool) {
	switch name {
	case "MOBILE_FEED_STANDARD", "DESKTOP_FEED_STANDARD", "MOBILE_FEED_BASIC":
		return "facebook", "feed", true
	case "FACEBOOK_STORY_MOBILE":
		return "facebook", "facebook_stories", true
	case "FACEBOOK_REELS_MOBILE":
		return "facebook", "facebook_reels", true
	case "RIGHT_COLUMN_STANDARD":
		return "facebook", "right_hand_column", true
	case "MARKETPLACE_MOBILE":
		return "facebook", "marketplace", true
	case "INSTAGRAM_STANDARD":
		return "instagram", "feed", true
	case "INSTAGRAM_STORY", "INSTGRAM_STORY": // the second is the documentation's own spelling
		return "instagram", "instagram_stories", true
	case "INSTAGRAM_REELS":
		return "instagram", "instagram_reels", true
	case "INSTAGRAM_EXPLORE_CONTEXTUAL", "INSTAGRAM_EXPLORE_IMMERSIVE", "INSTAGRAM_EXPLORE_GRID_HOME":
		return "instagram", "instagram_explore", true
	case "MOBILE_BANNER", "MOBILE_INTERSTITIAL", "MOBILE_NATIVE":
		return "audience_network", "an_classic", true
	case "AUDIENCE_NETWORK_OUTSTREAM_VIDEO", "AUDIENCE_NETWORK_REWARDED_VIDEO":
		return "audience_network", "rewarded_video", true
	case "MESSENGER_MOBILE_INBOX_MEDIA":
		return "messenger", "messenger_inbox", true
	}
	return "", "", false
}
