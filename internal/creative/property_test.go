package creative

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawTexts draws a list of different text assets.
func drawTexts(t *rapid.T, name string, least, most, runes int) []any {
	texts := rapid.SliceOfNDistinct(rapid.StringN(1, runes, -1), least, most, rapid.ID[string]).Draw(t, name)
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = map[string]any{"text": text}
	}
	return list
}

// drawList draws numbered elements: pattern 0, pattern 1, …
func drawList(t *rapid.T, name, pattern string, least, most int, make func(string) any) []any {
	var list []any
	for i := range rapid.IntRange(least, most).Draw(t, name) {
		list = append(list, make(fmt.Sprintf(pattern, i)))
	}
	return list
}

// member wraps a string in an object with one member.
func member(name string) func(string) any {
	return func(s string) any { return map[string]any{name: s} }
}

// drawValid draws a Dynamic Creative that breaks no rule, with room for one more asset in every list.
func drawValid(t *rapid.T) map[string]any {
	feed := map[string]any{
		"ad_formats":   []any{rapid.SampledFrom([]string{"SINGLE_IMAGE", "CAROUSEL", "AUTOMATIC_FORMAT"}).Draw(t, "format")},
		"images":       drawList(t, "images", "hash%d", 2, 5, member("hash")),
		"titles":       drawTexts(t, "titles", 1, 4, 255),
		"bodies":       drawTexts(t, "bodies", 1, 4, 1024),
		"descriptions": drawTexts(t, "descriptions", 0, 4, 255),
		"link_urls":    drawList(t, "links", "https://example.com/%d", 1, 2, member("website_url")),
		"call_to_action_types": rapid.SliceOfNDistinct(rapid.Map(rapid.SampledFrom(ActionTypes()), func(s string) any { return s }), 1, 3, rapid.ID[any]).
			Draw(t, "buttons"),
	}
	if feed["ad_formats"].([]any)[0] == "AUTOMATIC_FORMAT" {
		feed["videos"] = drawList(t, "videos", "%d", 1, 3, member("video_id"))
	}
	return map[string]any{"object_story_spec": map[string]any{"page_id": "1"}, "asset_feed_spec": feed}
}

func TestValidFeedsHaveNoFaults(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, faults := Check(drawValid(t), Rules{Set: DynamicSet, Objective: "OUTCOME_SALES", Strict: true})
		if len(faults) > 0 || len(n.Changes) > 0 {
			t.Fatalf("faults %v, changes %v", brief(faults), n.Changes)
		}
	})
}

// mutation breaks exactly one rule of a valid feed.
type mutation struct {
	rule string
	do   func(feed, story map[string]any)
}

// mutations are one per kind of rule.
func mutations() []mutation {
	again := func(list string) func(feed, _ map[string]any) {
		return func(feed, _ map[string]any) { feed[list] = append(elems(feed, list), copied(elems(feed, list)[0])) }
	}
	add := func(list string, elem any) func(feed, _ map[string]any) {
		return func(feed, _ map[string]any) { feed[list] = append(elems(feed, list), elem) }
	}
	set := func(name string, v any) func(feed, _ map[string]any) {
		return func(feed, _ map[string]any) { feed[name] = v }
	}
	fill := func(list string, n int) func(feed, _ map[string]any) {
		return func(feed, _ map[string]any) {
			for i := len(elems(feed, list)); i < n; i++ {
				feed[list] = append(elems(feed, list), map[string]any{"text": fmt.Sprintf("filler number %d of this list", i)})
			}
		}
	}
	return []mutation{
		{"feed.titles.unique", again("titles")},
		{"feed.images.unique", again("images")},
		{"feed.call_to_action_types.unique", again("call_to_action_types")},
		{"feed.titles.max", fill("titles", 6)},
		{"feed.bodies.max", fill("bodies", 6)},
		{"feed.descriptions.max", fill("descriptions", 6)},
		{"feed.titles.text.length", add("titles", map[string]any{"text": strings.Repeat("x", 256)})},
		{"feed.bodies.text.length", add("bodies", map[string]any{"text": strings.Repeat("x", 1025)})},
		{"feed.titles.text.required", add("titles", map[string]any{})},
		{"feed.titles.type", add("titles", "bare")},
		{"feed.call_to_action_types.enum", add("call_to_action_types", "SHOP_LATER")},
		{"feed.link_urls.website_url.url", add("link_urls", map[string]any{"website_url": "data:text/html,x"})},
		{"feed.images.source", add("images", map[string]any{})},
		{"feed.ad_formats.max", set("ad_formats", []any{"SINGLE_IMAGE", "CAROUSEL"})},
		{"feed.ad_formats.required", set("ad_formats", nil)},
		{"feed.link_urls.required", set("link_urls", nil)},
		{"feed.unknown", set("headlines", []any{})},
		{"story.page_id.required", func(_, story map[string]any) { delete(story, "page_id") }},
		{"story.text_data.feed", func(_, story map[string]any) { story["text_data"] = map[string]any{"message": "Hi"} }},
		{"story.unknown", func(_, story map[string]any) { story["page"] = "1" }},
	}
}

func TestOneMutationGivesExactlyItsFault(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec, m := drawValid(t), rapid.SampledFrom(mutations()).Draw(t, "mutation")
		m.do(dig(spec, "asset_feed_spec"), dig(spec, "object_story_spec"))
		faults := Validate(spec, Rules{})
		if len(faults) != 1 || faults[0].Rule != m.rule {
			t.Fatalf("%s gave %v", m.rule, brief(faults))
		}
	})
}

// drawInformal draws link_data with lists, each element a bare value or an object, some lists as JSON strings.
func drawInformal(t *rapid.T) map[string]any {
	link := map[string]any{}
	for _, l := range informalLists() {
		if rapid.Bool().Draw(t, "has "+l.name) {
			values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) any {
				s := rapid.StringMatching(`[a-c]{0,2}`).Draw(t, "value")
				return rapid.SampledFrom([]any{s, map[string]any{l.elem: s}, nil, 5}).Draw(t, "element")
			}), 0, 3).Draw(t, l.name)
			link[l.name] = values
			if rapid.Bool().Draw(t, "as JSON") {
				link[l.name] = string(mustJSON(values))
			}
		}
		if l.single != "" && rapid.Bool().Draw(t, "has "+l.single) {
			link[l.single] = rapid.StringMatching(`[a-c]{1,2}`).Draw(t, l.single)
		}
	}
	return map[string]any{"object_story_spec": map[string]any{"page_id": 1, "link_data": link}}
}

func TestNormaliseIsIdempotentAndPure(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec := drawInformal(t)
		before := copied(spec)
		once := Normalise(spec)
		if diff := cmp.Diff(before, any(spec)); diff != "" {
			t.Fatalf("the input was changed: %s", diff)
		}
		twice := Normalise(once.Spec)
		if diff := cmp.Diff(once.Spec, twice.Spec); diff != "" || len(twice.Changes) > 0 {
			t.Fatalf("a second pass changed something: %s %v", diff, twice.Changes)
		}
	})
}

// TestFaultsBlameWhatWasSent follows the path of every fault of an informal creative into what was sent.
func TestFaultsBlameWhatWasSent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spec := drawInformal(t)
		n, faults := Check(spec, Rules{})
		for _, f := range faults {
			if n.Informal && slices.Contains(f.Path, "asset_feed_spec") {
				t.Fatalf("%v blames %v, which was not sent", f.Rule, f.Path)
			}
		}
	})
}

// drawFeed draws pools of different sizes with different assets.
func drawFeed(t *rapid.T) Feed {
	feed, err := FeedOf(drawValid(t))
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

func TestCombinationsAreNumberedBothWays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		feed := drawFeed(t)
		k := rapid.IntRange(0, feed.Combinations()-1).Draw(t, "k")
		if got := feed.Index(feed.Slots(k)); got != k {
			t.Fatalf("combination %d came back as %d", k, got)
		}
	})
}

func TestCombinationIDsDifferAndSurviveReordering(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		feed := drawFeed(t)
		moved := Feed{Pools: slices.Clone(feed.Pools)}
		for i := range moved.Pools {
			moved.Pools[i].Assets = rapid.Permutation(moved.Pools[i].Assets).Draw(t, "order")
		}
		ids := func(f Feed) map[string]bool {
			set := map[string]bool{}
			for _, slots := range f.Each(0) {
				set[f.CombinationID(slots)] = true
			}
			return set
		}
		before := ids(feed)
		if len(before) != feed.Combinations() {
			t.Fatalf("%d ids for %d combinations", len(before), feed.Combinations())
		}
		if !maps.Equal(before, ids(moved)) {
			t.Fatal("reordering changed ids")
		}
	})
}

// mustJSON encodes a value that can be encoded.
func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}
