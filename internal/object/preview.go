package object

import "strings"

// PreviewFormat is one value of ad_format: a place in which an ad can be seen.
type PreviewFormat struct {
	Name     string
	Platform string // as a customization_spec says it: "instagram"
	Position string // of the platform: "stream"; empty where no customization names it
	Layout   string // how the place arranges an ad: feed, post, story, side, row, banner, video
	Tallest  Ratio  // of the picture; a taller one is cropped to it
	Widest   Ratio  // of the picture; a wider one is cropped to it
	Width    int    // of the frame, in pixels
	Height   int
}

// Ratio is width to height.
type Ratio struct{ Width, Height int }

// PreviewFormats are all of them, in the platform's order. The last is the documentation's misspelling of INSTAGRAM_STORY, which is accepted.
func PreviewFormats() []PreviewFormat {
	var list []PreviewFormat
	for line := range strings.Lines(previewTable) {
		columns := strings.Fields(line)
		f := placeLayout(columns[3])
		f.Name, f.Platform, f.Position, f.Layout = columns[0], columns[1], strings.Trim(columns[2], "-"), strings.TrimSuffix(columns[3], "_wide")
		list = append(list, f)
	}
	return list
}

// Preview finds a format by its name.
func Preview(name string) (PreviewFormat, bool) {
	for _, f := range PreviewFormats() {
		if f.Name == name {
			return f, true
		}
	}
	return PreviewFormat{}, false
}

// placeLayout is the size and the ratios of a layout; the ones on large screens end in _wide.
func placeLayout(name string) PreviewFormat {
	portrait, square, landscape, tall := Ratio{4, 5}, Ratio{1, 1}, Ratio{191, 100}, Ratio{9, 16}
	switch name {
	case "feed_wide":
		return PreviewFormat{Tallest: portrait, Widest: landscape, Width: 540, Height: 690}
	case "post_wide":
		return PreviewFormat{Tallest: portrait, Widest: landscape, Width: 500, Height: 760}
	case "story_wide":
		return PreviewFormat{Tallest: tall, Widest: tall, Width: 400, Height: 712}
	case "video_wide":
		return PreviewFormat{Tallest: Ratio{16, 9}, Widest: Ratio{16, 9}, Width: 640, Height: 460}
	case "banner_wide":
		return PreviewFormat{Tallest: square, Widest: square, Width: 540, Height: 110}
	case "side":
		return PreviewFormat{Tallest: landscape, Widest: landscape, Width: 274, Height: 213}
	case "tile":
		return PreviewFormat{Tallest: square, Widest: square, Width: 320, Height: 560}
	case "story":
		return PreviewFormat{Tallest: tall, Widest: tall, Width: 320, Height: 570}
	case "row", "banner":
		return PreviewFormat{Tallest: square, Widest: square, Width: 320, Height: 110}
	case "video":
		return PreviewFormat{Tallest: Ratio{16, 9}, Widest: Ratio{16, 9}, Width: 320, Height: 360}
	}
	return PreviewFormat{Tallest: portrait, Widest: landscape, Width: 320, Height: 570} // feed and post
}

// previewTable is name, platform, position and layout of every format.
const previewTable = `AUDIENCE_NETWORK_INSTREAM_VIDEO audience_network instream_video video_wide
AUDIENCE_NETWORK_INSTREAM_VIDEO_MOBILE audience_network instream_video video
AUDIENCE_NETWORK_OUTSTREAM_VIDEO audience_network classic video
AUDIENCE_NETWORK_REWARDED_VIDEO audience_network rewarded_video story
BIZ_DISCO_FEED_MOBILE facebook - feed
DESKTOP_FEED_STANDARD facebook feed feed_wide
FACEBOOK_IFU_REELS_MOBILE facebook facebook_reels story
FACEBOOK_PROFILE_FEED_DESKTOP facebook profile_feed feed_wide
FACEBOOK_PROFILE_FEED_MOBILE facebook profile_feed feed
FACEBOOK_PROFILE_REELS_MOBILE facebook facebook_reels story
FACEBOOK_REELS_BANNER facebook facebook_reels banner
FACEBOOK_REELS_BANNER_DESKTOP facebook facebook_reels banner_wide
FACEBOOK_REELS_BANNER_FEED_ANDROID facebook facebook_reels banner
FACEBOOK_REELS_BANNER_FEED_ANDROID_LARGE facebook facebook_reels banner_wide
FACEBOOK_REELS_BANNER_FULLSCREEN_IOS facebook facebook_reels banner
FACEBOOK_REELS_BANNER_FULLSCREEN_MOBILE facebook facebook_reels banner
FACEBOOK_REELS_MOBILE facebook facebook_reels story
FACEBOOK_REELS_POSTLOOP facebook facebook_reels story
FACEBOOK_REELS_POSTLOOP_FEED facebook facebook_reels story
FACEBOOK_REELS_SIMILAR_PRODUCTS_MOBILE facebook facebook_reels story
FACEBOOK_REELS_STICKER facebook facebook_reels banner
FACEBOOK_STORY_MOBILE facebook story story
FACEBOOK_STORY_STICKER_MOBILE facebook story story
INSTAGRAM_EXPLORE_CONTEXTUAL instagram explore post
INSTAGRAM_EXPLORE_GRID_HOME instagram explore_home tile
INSTAGRAM_EXPLORE_IMMERSIVE instagram explore story
INSTAGRAM_FEED_WEB instagram stream post_wide
INSTAGRAM_FEED_WEB_M_SITE instagram stream post
INSTAGRAM_LEAD_GEN_MULTI_SUBMIT_ADS instagram stream post
INSTAGRAM_PROFILE_FEED instagram profile_feed post
INSTAGRAM_PROFILE_REELS instagram reels story
INSTAGRAM_REELS instagram reels story
INSTAGRAM_REELS_OVERLAY instagram reels story
INSTAGRAM_REELS_WEB instagram reels story_wide
INSTAGRAM_REELS_WEB_M_SITE instagram reels story
INSTAGRAM_SEARCH_CHAIN instagram ig_search post
INSTAGRAM_SEARCH_GRID instagram ig_search tile
INSTAGRAM_STANDARD instagram stream post
INSTAGRAM_STORY instagram story story
INSTAGRAM_STORY_EFFECT_TRAY instagram story story
INSTAGRAM_STORY_WEB instagram story story_wide
INSTAGRAM_STORY_WEB_M_SITE instagram story story
INSTANT_ARTICLE_RECIRCULATION_AD facebook - row
INSTANT_ARTICLE_STANDARD facebook - feed
INSTREAM_BANNER_DESKTOP facebook instream_video banner_wide
INSTREAM_BANNER_FEED_IOS facebook instream_video banner
INSTREAM_BANNER_FULLSCREEN_IOS facebook instream_video banner
INSTREAM_BANNER_FULLSCREEN_MOBILE facebook instream_video banner
INSTREAM_BANNER_IMMERSIVE_MOBILE facebook instream_video banner
INSTREAM_BANNER_MOBILE facebook instream_video banner
INSTREAM_VIDEO_DESKTOP facebook instream_video video_wide
INSTREAM_VIDEO_FULLSCREEN_IOS facebook instream_video video
INSTREAM_VIDEO_FULLSCREEN_MOBILE facebook instream_video video
INSTREAM_VIDEO_IMAGE facebook instream_video video
INSTREAM_VIDEO_IMMERSIVE_MOBILE facebook instream_video video
INSTREAM_VIDEO_MOBILE facebook instream_video video
JOB_BROWSER_DESKTOP facebook - feed_wide
JOB_BROWSER_MOBILE facebook - feed
MARKETPLACE_MOBILE facebook marketplace tile
MESSENGER_MOBILE_INBOX_MEDIA messenger messenger_home row
MESSENGER_MOBILE_STORY_MEDIA messenger story story
MOBILE_BANNER audience_network classic banner
MOBILE_FEED_BASIC facebook feed feed
MOBILE_FEED_STANDARD facebook feed feed
MOBILE_FULLWIDTH audience_network classic side
MOBILE_INTERSTITIAL audience_network classic story
MOBILE_MEDIUM_RECTANGLE audience_network classic side
MOBILE_NATIVE audience_network classic tile
RIGHT_COLUMN_STANDARD facebook right_hand_column side
SUGGESTED_VIDEO_DESKTOP facebook video_feeds feed_wide
SUGGESTED_VIDEO_FULLSCREEN_MOBILE facebook video_feeds story
SUGGESTED_VIDEO_IMMERSIVE_MOBILE facebook video_feeds story
SUGGESTED_VIDEO_MOBILE facebook video_feeds feed
WATCH_FEED_HOME facebook video_feeds feed
WATCH_FEED_MOBILE facebook video_feeds feed
WHATSAPP_STATUS_MEDIA whatsapp - story
INSTGRAM_STORY instagram story story`

// previewParams are those of every edge that answers previews.
func previewParams() []Field {
	var names []string
	for _, f := range PreviewFormats() {
		names = append(names, f.Name)
	}
	return joined([]Field{
		{Name: "ad_format", Kind: Enum, Enum: names, Mode: Required, Doc: "The place to show it in.", Example: DefaultPlacement},
		{Name: "creative_feature", Kind: String, Doc: "A feature whose changes to show in transformation_spec; nothing makes changes yet."},
		{Name: "dynamic_asset_label", Kind: String, Doc: "Only assets of the feed that carry this label.", Example: "summer"},
		{Name: "dynamic_creative_spec", Kind: Object, Doc: "Values of the catalogue tags in the texts.", Example: `{"product":{"name":"Lamp"}}`},
		{Name: "dynamic_customization", Kind: Object, Doc: "Language of the viewer, for feeds with a rule for each.", Example: `{"language":"fr_FR"}`},
		{Name: "product_item_ids", Kind: List, Elem: ID, Doc: "Catalogue items to show."},
		{Name: "render_type", Kind: Enum, Enum: []string{"FALLBACK"}, Doc: "Accepted: there is one way to render."},
		{Name: "width", Kind: Int, Doc: "Of the frame, in pixels.", Example: "320"},
		{Name: "height", Kind: Int, Doc: "Of the frame, in pixels.", Example: "570"},
	}, ignoredParams(String, "locale"), ignoredParams(Any, "message post"), ignoredParams(Time, "start_date end_date"), ignoredParams(ID, "place_page_id"))
}

// ignoredParams are parameters of reads that are checked for their shape and change nothing.
func ignoredParams(kind Kind, names string) []Field {
	return named(names, Field{Kind: kind, Support: Ignored, Doc: "Accepted, without effect."})
}

// previewsEdge shows a stored object; generatepreviews is what the documentation calls it once.
func previewsEdge(resolver string) Edge {
	return Edge{Name: "previews", Alias: []string{"generatepreviews"}, Resolve: resolver, Params: previewParams(),
		Doc: "An iframe that shows it in a placement; one row."}
}

// generatePreviewsEdge shows a creative that may be stored nowhere.
func generatePreviewsEdge(resolver string) Edge {
	spec := Field{Name: "creative", Kind: Object, Mode: Required, Doc: "A whole creative, or {creative_id}.", Example: `{"creative_id":"120200000000000007"}`}
	return Edge{Name: "generatepreviews", Resolve: resolver, Params: append([]Field{spec}, previewParams()...), Doc: "An iframe that shows a creative in a placement; one row."}
}

// rootPreviewsEdge is the same without an account.
func rootPreviewsEdge() Edge {
	e := generatePreviewsEdge("")
	e.Get = "root.generatepreviews"
	return e
}
