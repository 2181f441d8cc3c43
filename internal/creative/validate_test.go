package creative

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/object"
)

// validClassic is a Dynamic Creative without fault: 3 images, 3 titles, 2 bodies, 2 descriptions, 2 buttons, 1 link.
const validClassic = `{
	"name": "Spring",
	"object_story_spec": {"page_id": "1"},
	"asset_feed_spec": {
		"images": [{"hash": "a"}, {"hash": "b"}, {"url": "https://example.com/c.jpg"}],
		"titles": [{"text": "One"}, {"text": "Two"}, {"text": "Three"}],
		"bodies": [{"text": "Body"}, {"text": "Other body"}],
		"descriptions": [{"text": "Fine print"}, {"text": " "}],
		"call_to_action_types": ["SHOP_NOW", "LEARN_MORE"],
		"link_urls": [{"website_url": "https://example.com/"}],
		"ad_formats": ["SINGLE_IMAGE"]
	}
}`

// validLink is an ordinary link post without fault.
const validLink = `{"object_story_spec": {"page_id": "1", "link_data": {"link": "https://example.com", "message": "Hi", "image_hash": "a"}}}`

// patched applies a JSON merge patch (RFC 7386) to a copy of a JSON document.
func patched(t testing.TB, doc, patch string) map[string]any {
	t.Helper()
	return merge(parse(t, []byte(doc)), parse(t, []byte(patch)))
}

// merge is the patch itself: objects merge, null deletes, anything else replaces.
func merge(doc, patch map[string]any) map[string]any {
	out := maps.Clone(doc)
	for name, v := range patch {
		inner, isObject := v.(map[string]any)
		before, wasObject := out[name].(map[string]any)
		switch {
		case v == nil:
			delete(out, name)
		case isObject && wasObject:
			out[name] = merge(before, inner)
		default:
			out[name] = v
		}
	}
	return out
}

// many is a JSON list of n different elements made from a pattern with one %d.
func many(n int, pattern string) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(pattern, i)
	}
	return "[" + strings.Join(list, ",") + "]"
}

// quoted is s as a JSON string.
func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}

// brief writes faults one a line: path, rule, and what else is set.
func brief(faults object.Faults) []string {
	lines := []string{}
	for _, f := range faults {
		line := strings.Join(f.Path, ".") + " " + f.Rule
		if f.Sent != 0 || f.Limit != 0 {
			line += fmt.Sprintf(" %d/%d", f.Sent, f.Limit)
		}
		if f.Subcode != 0 {
			line += fmt.Sprintf(" #%d", f.Subcode)
		}
		lines = append(lines, line)
	}
	return lines
}

// validateCase is a patch of a valid document and the faults that it must give, in order.
type validateCase struct {
	name  string
	doc   string
	patch string
	rules Rules
	want  []string
}

// validateCases are all cases; the reference page takes its table of rules from them.
func validateCases() []validateCase {
	return slices.Concat(feedLimitsCases(), feedValuesCases(), classicCases(), otherOptimizationsCases(), storyCases(), featuresCases(),
		versionCases(), labelCases(), restCases())
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, tc := range validateCases() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			faults := Validate(patched(t, tc.doc, tc.patch), tc.rules)
			if diff := cmp.Diff(append([]string{}, tc.want...), brief(faults)); diff != "" {
				t.Errorf("faults (-want +got):\n%s\n%v", diff, faults)
			}
		})
	}
}

// feedLimitsCases are about counts and lengths.
func feedLimitsCases() []validateCase {
	feed := func(member, json string) string { return `{"asset_feed_spec": {"` + member + `": ` + json + `}}` }
	text := func(n int) string { return `[{"text": ` + quoted(strings.Repeat("é", n)) + `}]` }
	return []validateCase{
		{name: "a valid feed passes", doc: validClassic, patch: `{}`},
		{name: "10 images pass", doc: validClassic, patch: feed("images", many(10, `{"hash": "h%d"}`))},
		{name: "11 images are too many", doc: validClassic, patch: feed("images", many(11, `{"hash": "h%d"}`)),
			want: []string{"asset_feed_spec.images feed.images.max 11/10"}},
		{name: "11 videos are too many", doc: validClassic,
			patch: `{"asset_feed_spec": {"ad_formats": ["SINGLE_VIDEO"], "images": null, "videos": ` + many(11, `{"video_id": "%d"}`) + `}}`,
			want:  []string{"asset_feed_spec.videos feed.videos.max 11/10"}},
		{name: "6 titles are too many", doc: validClassic, patch: feed("titles", many(6, `{"text": "t%d"}`)),
			want: []string{"asset_feed_spec.titles feed.titles.max 6/5"}},
		{name: "6 bodies are too many", doc: validClassic, patch: feed("bodies", many(6, `{"text": "t%d"}`)),
			want: []string{"asset_feed_spec.bodies feed.bodies.max 6/5"}},
		{name: "6 descriptions are too many", doc: validClassic, patch: feed("descriptions", many(6, `{"text": "t%d"}`)),
			want: []string{"asset_feed_spec.descriptions feed.descriptions.max 6/5"}},
		{name: "6 links are too many", doc: validClassic, patch: feed("link_urls", many(6, `{"website_url": "https://example.com/%d"}`)),
			want: []string{"asset_feed_spec.link_urls feed.link_urls.max 6/5"}},
		{name: "6 buttons are too many", doc: validClassic,
			patch: feed("call_to_action_types", `["SHOP_NOW", "LEARN_MORE", "SIGN_UP", "BUY_NOW", "ORDER_NOW", "GET_OFFER"]`),
			want:  []string{"asset_feed_spec.call_to_action_types feed.call_to_action_types.max 6/5"}},
		{name: "two formats are too many", doc: validClassic, patch: feed("ad_formats", `["SINGLE_IMAGE", "CAROUSEL"]`),
			want: []string{"asset_feed_spec.ad_formats feed.ad_formats.max 2/1"}},
		{name: "no format is too few", doc: validClassic, patch: feed("ad_formats", `[]`),
			want: []string{"asset_feed_spec.ad_formats feed.ad_formats.required 0/1"}},
		{name: "31 assets are too many in all", doc: validClassic, patch: `{"asset_feed_spec": {
			"images": ` + many(10, `{"hash": "h%d"}`) + `, "titles": ` + many(5, `{"text": "t%d"}`) + `, "bodies": ` + many(5, `{"text": "t%d"}`) + `,
			"descriptions": ` + many(5, `{"text": "t%d"}`) + `, "link_urls": ` + many(3, `{"website_url": "https://example.com/%d"}`) + `}}`,
			want: []string{"asset_feed_spec feed.total 31/30"}},
		{name: "30 assets pass, buttons said twice count once", doc: validClassic, patch: `{"asset_feed_spec": {
			"images": ` + many(10, `{"hash": "h%d"}`) + `, "titles": ` + many(5, `{"text": "t%d"}`) + `, "bodies": ` + many(5, `{"text": "t%d"}`) + `,
			"descriptions": ` + many(5, `{"text": "t%d"}`) + `, "link_urls": ` + many(2, `{"website_url": "https://example.com/%d"}`) + `,
			"call_to_actions": [{"type": "SHOP_NOW"}, {"type": "LEARN_MORE"}]}}`},
		{name: "a title of 255 characters passes", doc: validClassic, patch: feed("titles", text(255))},
		{name: "a title of 256 characters is too long", doc: validClassic, patch: feed("titles", text(256)),
			want: []string{"asset_feed_spec.titles.0.text feed.titles.text.length 256/255"}},
		{name: "a description of 256 characters is too long", doc: validClassic, patch: feed("descriptions", text(256)),
			want: []string{"asset_feed_spec.descriptions.0.text feed.descriptions.text.length 256/255"}},
		{name: "a body of 1025 characters is too long", doc: validClassic, patch: feed("bodies", text(1025)),
			want: []string{"asset_feed_spec.bodies.0.text feed.bodies.text.length 1025/1024"}},
		{name: "a link of 1001 characters is too long", doc: validClassic,
			patch: feed("link_urls", `[{"website_url": "https://example.com/`+strings.Repeat("x", 981)+`"}]`),
			want:  []string{"asset_feed_spec.link_urls.0.website_url feed.link_urls.website_url.length 1001/1000"}},
	}
}

// feedValuesCases are about what stands in a feed.
func feedValuesCases() []validateCase {
	feed := func(member, json string) string { return `{"asset_feed_spec": {"` + member + `": ` + json + `}}` }
	return []validateCase{
		{name: "a repeated title is refused", doc: validClassic, patch: feed("titles", `[{"text": "a"}, {"text": "b"}, {"text": "a"}]`),
			want: []string{"asset_feed_spec.titles.2 feed.titles.unique #1815629"}},
		{name: "a repeated body is refused", doc: validClassic, patch: feed("bodies", `[{"text": "a"}, {"text": "a"}]`),
			want: []string{"asset_feed_spec.bodies.1 feed.bodies.unique #1815629"}},
		{name: "a repeated image is refused", doc: validClassic, patch: feed("images", `[{"hash": "a"}, {"hash": "a"}]`),
			want: []string{"asset_feed_spec.images.1 feed.images.unique #1815629"}},
		{name: "a repeated button is refused", doc: validClassic, patch: feed("call_to_action_types", `["SHOP_NOW", "SHOP_NOW"]`),
			want: []string{"asset_feed_spec.call_to_action_types.1 feed.call_to_action_types.unique #1815629"}},
		{name: "an unknown button is refused", doc: validClassic, patch: feed("call_to_action_types", `["SHOP_LATER"]`),
			want: []string{"asset_feed_spec.call_to_action_types.0 feed.call_to_action_types.enum #1373054"}},
		{name: "an unknown button with a value is refused", doc: validClassic,
			patch: feed("call_to_actions", `[{"type": "SHOP_LATER", "value": {"link": "https://example.com"}}]`),
			want:  []string{"asset_feed_spec.call_to_actions.0.type feed.call_to_actions.type.enum #1373054"}},
		{name: "an unknown format is refused", doc: validClassic, patch: feed("ad_formats", `["BANNER"]`),
			want: []string{"asset_feed_spec.ad_formats.0 feed.ad_formats.enum"}},
		{name: "an unknown optimization_type is refused", doc: validClassic, patch: feed("optimization_type", `"MAGIC"`),
			want: []string{"asset_feed_spec.optimization_type feed.optimization_type.enum"}},
		{name: "an unknown member of a feed is refused", doc: validClassic, patch: feed("headlines", `[]`),
			want: []string{"asset_feed_spec.headlines feed.unknown"}},
		{name: "an unknown member of an asset is refused", doc: validClassic, patch: feed("titles", `[{"text": "a", "txt": "b"}]`),
			want: []string{"asset_feed_spec.titles.0.txt feed.titles.unknown"}},
		{name: "a bare string is no asset", doc: validClassic, patch: feed("titles", `["One"]`),
			want: []string{"asset_feed_spec.titles.0 feed.titles.type"}},
		{name: "an object is no list", doc: validClassic, patch: feed("titles", `{"text": "One"}`),
			want: []string{"asset_feed_spec.titles feed.titles.type"}},
		{name: "an empty text is refused", doc: validClassic, patch: feed("titles", `[{"text": ""}]`),
			want: []string{"asset_feed_spec.titles.0.text feed.titles.text.required"}},
		{name: "a number is no text", doc: validClassic, patch: feed("titles", `[{"text": 5}]`),
			want: []string{"asset_feed_spec.titles.0.text feed.titles.text.type"}},
		{name: "an image with neither hash nor url is refused", doc: validClassic, patch: feed("images", `[{"url_tags": "a=b"}]`),
			want: []string{"asset_feed_spec.images.0 feed.images.source"}},
		{name: "a script as link is refused", doc: validClassic, patch: feed("link_urls", `[{"website_url": "javascript:alert(1)"}]`),
			want: []string{"asset_feed_spec.link_urls.0.website_url feed.link_urls.website_url.url"}},
		{name: "a link without scheme is refused", doc: validClassic, patch: feed("link_urls", `[{"website_url": "example.com"}]`),
			want: []string{"asset_feed_spec.link_urls.0.website_url feed.link_urls.website_url.url"}},
		{name: "an app's link may have its own scheme", doc: validClassic,
			patch: feed("link_urls", `[{"website_url": "https://example.com", "deeplink_url": "shop://item/5"}]`)},
		{name: "a script as deep link is refused", doc: validClassic,
			patch: feed("link_urls", `[{"website_url": "https://example.com", "deeplink_url": "JavaScript:alert(1)"}]`),
			want:  []string{"asset_feed_spec.link_urls.0.deeplink_url feed.link_urls.deeplink_url.url"}},
		{name: "one crop passes", doc: validClassic, patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [600, 600]]}}]`)},
		{name: "a crop may be a pixel off its ratio", doc: validClassic, patch: feed("images", `[{"hash": "a", "image_crops": {"90x160": [[3, 0], [340, 600]]}}]`)},
		{name: "a crop of another ratio is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [600, 603]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.ratio"}},
		{name: "a crop larger than any image is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [900000, 900000]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.crop"}},
		{name: "two crops are too many", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [600, 600]], "90x160": [[0, 0], [90, 160]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops feed.images.image_crops.max 2/1"}},
		{name: "a crop without area is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[600, 0], [600, 600]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.crop"}},
		{name: "a crop of three corners is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [600, 600], [9, 9]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.crop"}},
		{name: "a crop with a fraction is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0, 0], [600.5, 600]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.crop"}},
		{name: "a corner of one number is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"100x100": [[0], [600, 600]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.100x100 feed.images.image_crops.crop"}},
		{name: "an empty hash is refused", doc: validClassic, patch: feed("images", `[{"hash": "", "url": "https://example.com/a.jpg"}]`),
			want: []string{"asset_feed_spec.images.0.hash feed.images.hash.type"}},
		{name: "a word is no truth value", doc: validClassic, patch: feed("reasons_to_shop", `"maybe"`),
			want: []string{"asset_feed_spec.reasons_to_shop feed.reasons_to_shop.type"}},
		{name: "truth values come as words and numbers", doc: validClassic, patch: feed("reasons_to_shop", `1`)},
		{name: "the retired crop is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"191x100": [[0, 0], [191, 100]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.191x100 feed.images.image_crops.retired #2490085"}},
		{name: "an unknown crop is refused", doc: validClassic,
			patch: feed("images", `[{"hash": "a", "image_crops": {"1x1": [[0, 0], [1, 1]]}}]`),
			want:  []string{"asset_feed_spec.images.0.image_crops.1x1 feed.images.image_crops.unknown"}},
		{name: "a feed that is no object is one fault", doc: validClassic, patch: `{"asset_feed_spec": "{oops"}`,
			want: []string{"asset_feed_spec feed.type"}},
		{name: "every fault is found in one pass", doc: validClassic, patch: `{"asset_feed_spec": {
			"titles": ` + many(6, `{"text": "t%d"}`) + `, "bodies": [{"text": "x"}, {"text": "x"}], "call_to_action_types": ["NOPE"],
			"link_urls": [{"website_url": "ftp://example.com"}], "ad_formats": ["SINGLE_IMAGE", "SINGLE_VIDEO"]}, "object_story_spec": {"page_id": null}}`,
			want: []string{
				"asset_feed_spec.call_to_action_types.0 feed.call_to_action_types.enum #1373054",
				"asset_feed_spec.link_urls.0.website_url feed.link_urls.website_url.url",
				"asset_feed_spec.titles feed.titles.max 6/5",
				"asset_feed_spec.bodies.1 feed.bodies.unique #1815629",
				"asset_feed_spec.ad_formats feed.ad_formats.max 2/1",
				"object_story_spec.page_id story.page_id.required",
			}},
	}
}
