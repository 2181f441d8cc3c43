package object

import (
	"fmt"
	"strings"
)

// PreviewFormat is one value of ad_format: a place in which an ad can be seen.
type PreviewFormat struct {
	Name     string
	Platform string // as a customization_spec says it: "instagram"
	Position string // of the platform: "stream"; empty where no customization names it
	Layout   string // how the place is drawn: a layout of package place
	Nearest  string // the format that the layout is faithful to; "" when that is this one
	Tallest  Ratio  // of the picture; a taller one is cropped to it
	Widest   Ratio  // of the picture; a wider one is cropped to it
	Width    int    // of the frame, in pixels
	Height   int
}

// Ratio is width to height.
type Ratio struct{ Width, Height int }

// PreviewFormats are all of them, in the platform's order; what stands behind WHATSAPP_STATUS_MEDIA is beyond its list.
func PreviewFormats() []PreviewFormat {
	layouts := previewLayouts()
	var list []PreviewFormat
	for line := range strings.Lines(previewTable) {
		columns := strings.Fields(line)
		f := layouts[columns[3]]
		f.Name, f.Platform, f.Position = columns[0], columns[1], strings.Trim(columns[2], "-")
		if f.Nearest == f.Name {
			f.Nearest = ""
		}
		if len(columns) > 4 {
			_, _ = fmt.Sscanf(columns[4], "%dx%d", &f.Width, &f.Height) // the table is right, or its test fails
		}
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

// previewLayouts are what is the same for all formats of a layout, by its name.
func previewLayouts() map[string]PreviewFormat {
	layouts := map[string]PreviewFormat{}
	for line := range strings.Lines(layoutTable) {
		var f PreviewFormat
		_, _ = fmt.Sscanf(strings.TrimSpace(line), "%s %s %d:%d %d:%d %dx%d", &f.Layout, &f.Nearest,
			&f.Tallest.Width, &f.Tallest.Height, &f.Widest.Width, &f.Widest.Height, &f.Width, &f.Height)
		layouts[f.Layout] = f
	}
	return layouts
}

// layoutTable is name, format, tallest and widest ratio of pictures, and size of the frame of every layout.
const layoutTable = `desktop_feed DESKTOP_FEED_STANDARD 4:5 191:100 540x690
mobile_feed MOBILE_FEED_STANDARD 4:5 191:100 320x570
right_column RIGHT_COLUMN_STANDARD 191:100 191:100 274x213
marketplace MARKETPLACE_MOBILE 1:1 1:1 320x560
facebook_story FACEBOOK_STORY_MOBILE 9:16 191:100 320x570
facebook_reels FACEBOOK_REELS_MOBILE 9:16 191:100 320x570
reels_banner FACEBOOK_REELS_BANNER 1:1 1:1 320x180
instream_video INSTREAM_VIDEO_MOBILE 16:9 16:9 320x360
instagram_feed INSTAGRAM_STANDARD 4:5 191:100 320x570
instagram_explore INSTAGRAM_EXPLORE_CONTEXTUAL 4:5 191:100 320x570
instagram_explore_grid INSTAGRAM_EXPLORE_GRID_HOME 1:2 1:1 320x560
instagram_search INSTAGRAM_SEARCH_GRID 4:5 4:5 320x560
instagram_story INSTAGRAM_STORY 9:16 191:100 320x570
instagram_reels INSTAGRAM_REELS 9:16 191:100 320x570
messenger_inbox MESSENGER_MOBILE_INBOX_MEDIA 1:1 1:1 320x570
messenger_story MESSENGER_MOBILE_STORY_MEDIA 9:16 191:100 320x570
whatsapp_status WHATSAPP_STATUS_MEDIA 9:16 191:100 320x570
threads_feed THREADS_STREAM 4:5 191:100 320x570
app_banner MOBILE_BANNER 1:1 1:1 320x180
app_native MOBILE_NATIVE 4:5 191:100 320x560
app_rectangle MOBILE_MEDIUM_RECTANGLE 4:5 191:100 320x480
app_interstitial MOBILE_INTERSTITIAL 9:16 191:100 320x570
app_rewarded AUDIENCE_NETWORK_REWARDED_VIDEO 9:16 191:100 320x570`

// previewTable is name, platform, position and layout of every format, and the size of its frame where that is not the layout's.
const previewTable = `AUDIENCE_NETWORK_INSTREAM_VIDEO audience_network instream_video instream_video 640x560
AUDIENCE_NETWORK_INSTREAM_VIDEO_MOBILE audience_network instream_video instream_video
AUDIENCE_NETWORK_OUTSTREAM_VIDEO audience_network classic app_native
AUDIENCE_NETWORK_REWARDED_VIDEO audience_network rewarded_video app_rewarded
BIZ_DISCO_FEED_MOBILE facebook - mobile_feed
DESKTOP_FEED_STANDARD facebook feed desktop_feed
FACEBOOK_IFU_REELS_MOBILE facebook facebook_reels facebook_reels
FACEBOOK_PROFILE_FEED_DESKTOP facebook profile_feed desktop_feed
FACEBOOK_PROFILE_FEED_MOBILE facebook profile_feed mobile_feed
FACEBOOK_PROFILE_REELS_MOBILE facebook facebook_reels facebook_reels
FACEBOOK_REELS_BANNER facebook facebook_reels reels_banner
FACEBOOK_REELS_BANNER_DESKTOP facebook facebook_reels reels_banner 540x180
FACEBOOK_REELS_BANNER_FEED_ANDROID facebook facebook_reels reels_banner
FACEBOOK_REELS_BANNER_FEED_ANDROID_LARGE facebook facebook_reels reels_banner 540x180
FACEBOOK_REELS_BANNER_FULLSCREEN_IOS facebook facebook_reels reels_banner
FACEBOOK_REELS_BANNER_FULLSCREEN_MOBILE facebook facebook_reels reels_banner
FACEBOOK_REELS_MOBILE facebook facebook_reels facebook_reels
FACEBOOK_REELS_POSTLOOP facebook facebook_reels facebook_reels
FACEBOOK_REELS_POSTLOOP_FEED facebook facebook_reels facebook_reels
FACEBOOK_REELS_SIMILAR_PRODUCTS_MOBILE facebook facebook_reels facebook_reels
FACEBOOK_REELS_STICKER facebook facebook_reels reels_banner
FACEBOOK_STORY_MOBILE facebook story facebook_story
FACEBOOK_STORY_STICKER_MOBILE facebook story facebook_story
INSTAGRAM_EXPLORE_CONTEXTUAL instagram explore instagram_explore
INSTAGRAM_EXPLORE_GRID_HOME instagram explore_home instagram_explore_grid
INSTAGRAM_EXPLORE_IMMERSIVE instagram explore instagram_reels
INSTAGRAM_FEED_WEB instagram stream instagram_feed 500x760
INSTAGRAM_FEED_WEB_M_SITE instagram stream instagram_feed
INSTAGRAM_LEAD_GEN_MULTI_SUBMIT_ADS instagram stream instagram_feed
INSTAGRAM_PROFILE_FEED instagram profile_feed instagram_feed
INSTAGRAM_PROFILE_REELS instagram reels instagram_reels
INSTAGRAM_REELS instagram reels instagram_reels
INSTAGRAM_REELS_OVERLAY instagram reels instagram_reels
INSTAGRAM_REELS_WEB instagram reels instagram_reels 400x712
INSTAGRAM_REELS_WEB_M_SITE instagram reels instagram_reels
INSTAGRAM_SEARCH_CHAIN instagram ig_search instagram_explore
INSTAGRAM_SEARCH_GRID instagram ig_search instagram_search
INSTAGRAM_STANDARD instagram stream instagram_feed
INSTAGRAM_STORY instagram story instagram_story
INSTAGRAM_STORY_EFFECT_TRAY instagram story instagram_story
INSTAGRAM_STORY_WEB instagram story instagram_story 400x712
INSTAGRAM_STORY_WEB_M_SITE instagram story instagram_story
INSTANT_ARTICLE_RECIRCULATION_AD facebook - app_native
INSTANT_ARTICLE_STANDARD facebook - mobile_feed
INSTREAM_BANNER_DESKTOP facebook instream_video reels_banner 540x180
INSTREAM_BANNER_FEED_IOS facebook instream_video reels_banner
INSTREAM_BANNER_FULLSCREEN_IOS facebook instream_video reels_banner
INSTREAM_BANNER_FULLSCREEN_MOBILE facebook instream_video reels_banner
INSTREAM_BANNER_IMMERSIVE_MOBILE facebook instream_video reels_banner
INSTREAM_BANNER_MOBILE facebook instream_video reels_banner
INSTREAM_VIDEO_DESKTOP facebook instream_video instream_video 640x560
INSTREAM_VIDEO_FULLSCREEN_IOS facebook instream_video instream_video
INSTREAM_VIDEO_FULLSCREEN_MOBILE facebook instream_video instream_video
INSTREAM_VIDEO_IMAGE facebook instream_video instream_video
INSTREAM_VIDEO_IMMERSIVE_MOBILE facebook instream_video instream_video
INSTREAM_VIDEO_MOBILE facebook instream_video instream_video
JOB_BROWSER_DESKTOP facebook - desktop_feed
JOB_BROWSER_MOBILE facebook - mobile_feed
MARKETPLACE_MOBILE facebook marketplace marketplace
MESSENGER_MOBILE_INBOX_MEDIA messenger messenger_home messenger_inbox
MESSENGER_MOBILE_STORY_MEDIA messenger story messenger_story
MOBILE_BANNER audience_network classic app_banner
MOBILE_FEED_BASIC facebook feed mobile_feed
MOBILE_FEED_STANDARD facebook feed mobile_feed
MOBILE_FULLWIDTH audience_network classic app_rectangle
MOBILE_INTERSTITIAL audience_network classic app_interstitial
MOBILE_MEDIUM_RECTANGLE audience_network classic app_rectangle
MOBILE_NATIVE audience_network classic app_native
RIGHT_COLUMN_STANDARD facebook right_hand_column right_column
SUGGESTED_VIDEO_DESKTOP facebook video_feeds desktop_feed
SUGGESTED_VIDEO_FULLSCREEN_MOBILE facebook video_feeds facebook_reels
SUGGESTED_VIDEO_IMMERSIVE_MOBILE facebook video_feeds facebook_reels
SUGGESTED_VIDEO_MOBILE facebook video_feeds mobile_feed
WATCH_FEED_HOME facebook video_feeds mobile_feed
WATCH_FEED_MOBILE facebook video_feeds mobile_feed
WHATSAPP_STATUS_MEDIA whatsapp - whatsapp_status
INSTGRAM_STORY instagram story instagram_story
THREADS_STREAM threads threads_stream threads_feed`

// previewParams are those of every edge that answers previews.
func previewParams() []Field {
	var names []string
	for _, f := range PreviewFormats() {
		names = append(names, f.Name)
	}
	return joined([]Field{
		{Name: "ad_format", Kind: Enum, Enum: names, Mode: Required, Doc: "The place to show it in.", Example: DefaultPlacement},
		{Name: "creative_feature", Kind: String, Doc: "A feature whose changes are shown in transformation_spec, beside the untouched ad.", Example: "image_uncrop"},
		{Name: "dynamic_asset_label", Kind: String, Doc: "Only assets of the feed that carry this label.", Example: "summer"},
		{Name: "dynamic_creative_spec", Kind: Object, Doc: "Values of the catalogue tags in the texts.", Example: `{"product":{"name":"Lamp"}}`},
		{Name: "dynamic_customization", Kind: Object, Doc: "Language of the viewer, for feeds with a rule for each.", Example: `{"language":"fr_FR"}`},
		{Name: "product_item_ids", Kind: List, Elem: ID, Doc: "Catalogue items to show."},
		{Name: "render_type", Kind: Enum, Enum: []string{"FALLBACK", "png"}, Doc: "With png the row has image, the address of the preview as a picture of twice the frame's size."},
		{Name: "dark", Kind: Bool, Doc: "As on a dark page.", Example: "true"},
		{Name: "stress", Kind: Enum, Enum: []string{"long", "rtl"}, Doc: "Texts as long as they may be, or from right to left in Arabic, in place of the ad's own."},
		{Name: "safe_areas", Kind: Bool, Doc: "Stories and reels with the areas that controls cover.", Example: "true"},
		{Name: "combination_id", Kind: String, Doc: "Which combination of a feed to show, as /combinations lists them."},
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
