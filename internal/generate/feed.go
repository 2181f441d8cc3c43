package generate

import (
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mark is the member of a creative's data that says that texts are generated for it. It has own_feed, the asset feed that the advertiser
// sent, if any; no field of the API has its name.
const mark = "generation"

// mostTexts is how many texts of a kind a creative has once it generates, the advertiser's own among them.
const mostTexts = 5

// lists says where the texts of each kind stand: in which list of a feed, and in which pool of package creative.
func lists() []struct {
	kind       text.Kind
	list, pool string
} {
	return []struct {
		kind       text.Kind
		list, pool string
	}{{text.Body, "bodies", "body"}, {text.Headline, "titles", "title"}, {text.Description, "descriptions", "description"}}
}

// generates reports whether a creative opted in when it was made.
func generates(data map[string]any) bool { return object.Members(data, mark) != nil }

// own is a creative's content without anything generated, as the advertiser sent it.
func own(data map[string]any) map[string]any {
	content := maps.Clone(data)
	if generates(data) {
		delete(content, "asset_feed_spec")
		if feed := object.Members(data, mark, "own_feed"); feed != nil {
			content["asset_feed_spec"] = feed
		}
	}
	for _, name := range []string{mark, "edition_id", "status"} {
		delete(content, name)
	}
	return content
}

// ownTexts are the texts of a kind in a creative's own content, the one of its story first.
func ownTexts(content map[string]any, kind text.Kind) []string {
	feed, err := creative.FeedOf(content)
	if err != nil {
		return nil // nothing of its own to show, so nothing to vary
	}
	var texts []string
	for _, l := range lists() {
		for _, pool := range feed.Pools {
			for _, asset := range pool.Assets {
				if l.kind == kind && pool.Name == l.pool {
					texts = append(texts, asset.Text)
				}
			}
		}
	}
	return texts
}

// first is the first of a list, "" of an empty one.
func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// withTexts is the asset feed of a creative's own content with generated texts: of each kind that has any, and of bodies in any case, the
// advertiser's own come first. It changes neither.
func withTexts(content map[string]any, assets []*store.Object) map[string]any {
	feed := maps.Clone(object.Members(content, "asset_feed_spec"))
	if feed == nil {
		feed = map[string]any{}
	}
	if feed["optimization_type"] == nil {
		feed["optimization_type"] = "DEGREES_OF_FREEDOM"
	}
	for _, l := range lists() {
		var made []any
		for _, a := range assets {
			if a.Text("kind") == string(l.kind) {
				made = append(made, map[string]any{"text": a.Text("text")})
			}
		}
		if len(made) > 0 || l.kind == text.Body {
			sent := object.Listed(feed, l.list)
			if all := slices.Concat(missing(sent, ownTexts(content, l.kind)), sent, made); len(all) > 0 {
				feed[l.list] = all
			}
		}
	}
	return feed
}

// missing are the texts that a list of a feed does not have: that of the story, mostly.
func missing(list []any, texts []string) []any {
	var out []any
	for _, t := range texts {
		has := func(elem any) bool {
			object, _ := elem.(map[string]any)
			return object["text"] == t
		}
		if !slices.ContainsFunc(list, has) {
			out = append(out, map[string]any{"text": t})
		}
	}
	return out
}
