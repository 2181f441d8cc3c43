package creative

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/object"
)

// informalLink wraps link_data in a creative.
func informalLink(linkData string) string {
	return `{"object_story_spec": {"page_id": "1", "link_data": ` + linkData + `}}`
}

func TestSentPath(t *testing.T) {
	t.Parallel()
	const link = "object_story_spec.link_data."
	for _, tc := range []struct {
		name, linkData, path, want string
	}{
		{"a bare value is blamed itself", `{"titles": ["a", "b"]}`, "asset_feed_spec.titles.1.text", link + "titles.1"},
		{"a member of an object is blamed", `{"titles": ["a", {"text": "b"}]}`, "asset_feed_spec.titles.1.text", link + "titles.1.text"},
		{"a single value shifts the list", `{"titles": ["b"], "name": "a"}`, "asset_feed_spec.titles.1", link + "titles.0"},
		{"the single value is blamed by its name", `{"titles": ["b"], "name": "a"}`, "asset_feed_spec.titles.0.text", link + "name"},
		{"a value said twice does not shift the list", `{"titles": ["b", "a", "c"], "name": "a"}`, "asset_feed_spec.titles.2.text", link + "titles.2"},
		{"the list is blamed for its length", `{"titles": ["b"], "name": "a"}`, "asset_feed_spec.titles", link + "titles"},
		{"a missing list is blamed where it was expected", `{"titles": ["b"]}`, "asset_feed_spec.images", link + "image_hashes"},
		{"a missing link is blamed on link", `{"titles": ["b"]}`, "asset_feed_spec.link_urls", link + "link"},
		{"a missing button is blamed on the list", `{"titles": ["b"]}`, "asset_feed_spec.call_to_action_types", link + "call_to_actions"},
		{"the assumed format is blamed on link_data", `{"titles": ["b"]}`, "asset_feed_spec.ad_formats", "object_story_spec.link_data"},
		{"the caption is the link's", `{"titles": ["b"], "link": "https://example.com", "caption": "x"}`,
			"asset_feed_spec.link_urls.0.display_url", link + "caption"},
		{"what was not moved stays", `{"titles": ["b"]}`, "object_story_spec.page_id", "object_story_spec.page_id"},
		{"a normal creative is not moved", `{"link": "https://example.com"}`, "object_story_spec.link_data.link", link + "link"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			n := Normalise(parse(t, []byte(informalLink(tc.linkData))))
			if got := strings.Join(n.SentPath(strings.Split(tc.path, ".")), "."); got != tc.want {
				t.Errorf("%s was sent at %s, want %s", tc.path, got, tc.want)
			}
		})
	}
}

func TestNormaliseReadsElements(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, linkData string
		want           []string // as outline writes the feed
	}{
		{"strings and objects mix", `{"image_hashes": ["a", {"url": "https://example.com/b.jpg"}]}`,
			[]string{"SINGLE_IMAGE", "image: a, https://example.com/b.jpg"}},
		{"objects may be JSON strings", `{"call_to_actions": ["{\"type\": \"SHOP_NOW\"}", "BUY_NOW"]}`,
			[]string{"SINGLE_IMAGE", "call_to_action: SHOP_NOW, BUY_NOW"}},
		{"a text may look like JSON", `{"titles": ["{\"a\": 1}", "[Sale]"]}`, []string{"SINGLE_IMAGE", `title: {"a": 1}, [Sale]`}},
		{"videos make the format automatic", `{"video_ids": [7], "image_hashes": ["a"]}`, []string{"AUTOMATIC_FORMAT", "image: a, 7"}},
		{"messages and bodies are the same", `{"messages": ["a"], "bodies": ["b"], "message": "c"}`, []string{"SINGLE_IMAGE", "body: c, a, b"}},
		{"a picture is an image", `{"titles": ["t"], "picture": "https://example.com/a.jpg"}`,
			[]string{"SINGLE_IMAGE", "image: https://example.com/a.jpg", "title: t"}},
		{"links are links", `{"links": ["https://example.com/1", {"website_url": "https://example.com/2", "url_tags": "a=b"}]}`,
			[]string{"SINGLE_IMAGE", "link: https://example.com/1, https://example.com/2?a=b"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			n := Normalise(parse(t, []byte(informalLink(tc.linkData))))
			feed, err := FeedOf(n.Spec)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, outline(feed)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestUndecodableJSONSaysWhere holds the message to naming the spot: most often a comment or placeholder was pasted along.
func TestUndecodableJSONSaysWhere(t *testing.T) {
	t.Parallel()
	_, faults := Check(map[string]any{"object_story_spec": `{"page_id": "1", "link_data": {"message": "Hi" <--- here}}`}, Rules{})
	if len(faults) != 1 || faults[0].Rule != "story.type" || !strings.Contains(faults[0].Message, "at character") {
		t.Errorf("got %v", faults)
	}
}

// TestFaultsAreBounded sends more nonsense than anyone could read about.
func TestFaultsAreBounded(t *testing.T) {
	t.Parallel()
	nonsense := make([]any, 100_000)
	_, faults := Check(map[string]any{"asset_feed_spec": map[string]any{"titles": nonsense}}, Rules{})
	if len(faults) != maxFaults || len(faults[0].Fixes) > maxFaults {
		t.Errorf("%d faults, %d fixes of the first", len(faults), len(faults[0].Fixes))
	}
	unknown := map[string]any{}
	for i := range 100_000 { // takes a minute where each is looked at
		unknown[strconv.Itoa(i)] = 1
	}
	if _, faults = Check(map[string]any{"asset_feed_spec": unknown}, Rules{}); len(faults) < maxFaults || len(faults) > 2*maxFaults {
		t.Errorf("%d faults", len(faults))
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, doc, want string }{
		{"a classic feed reads back REGULAR", `{"asset_feed_spec": {}}`, `{"asset_feed_spec": {"optimization_type": "REGULAR"}}`},
		{"buttons read back with values", `{"asset_feed_spec": {"optimization_type": "REGULAR", "call_to_action_types": ["BUY"]}}`,
			`{"asset_feed_spec": {"optimization_type": "REGULAR", "call_to_action_types": ["BUY"], "call_to_actions": [{"type": "BUY"}]}}`},
		{"buttons read back as types", `{"asset_feed_spec": {"optimization_type": "REGULAR", "call_to_actions": [{"type": "BUY", "value": {}}]}}`,
			`{"asset_feed_spec": {"optimization_type": "REGULAR", "call_to_action_types": ["BUY"], "call_to_actions": [{"type": "BUY", "value": {}}]}}`},
		{"rules for places read back PLACEMENT",
			`{"asset_feed_spec": {"asset_customization_rules": [{"customization_spec": {"facebook_positions": ["feed"]}}]}}`,
			`{"asset_feed_spec": {"optimization_type": "PLACEMENT", "asset_customization_rules": [{"customization_spec": {"facebook_positions": ["feed"]}}]}}`},
		{"a plain post stays", validLink, validLink},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			spec := parse(t, []byte(tc.doc))
			Complete(spec)
			if diff := cmp.Diff(parse(t, []byte(tc.want)), spec); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAdvise(t *testing.T) {
	t.Parallel()
	rules := func(advice []object.Warning) (names []string) {
		for _, w := range advice {
			names = append(names, w.Rule)
		}
		return names
	}
	for _, tc := range []struct {
		name, doc, patch string
		want             []string
	}{
		{"few of everything", validClassic, `{}`, []string{"feed.images.few", "feed.titles.few", "feed.bodies.few", "feed.descriptions.few"}},
		{"five titles are enough", validClassic, `{"asset_feed_spec": {"titles": ` + many(5, `{"text": "t%d"}`) + `}}`,
			[]string{"feed.images.few", "feed.bodies.few", "feed.descriptions.few"}},
		{"a plain post is not advised", validLink, `{}`, nil},
		{"rules for places are not advised", validPlaces, `{}`, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, rules(Advise(patched(t, tc.doc, tc.patch)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
