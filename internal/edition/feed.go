package edition

import (
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Mark is the member of a creative's data that says that something is generated for it; no field of the API has its name. It is an object with
// own_feed, the asset feed that the advertiser sent, if any.
const Mark = "generation"

// lists say where the texts of each kind stand: in which list of a feed, and in which pool of package creative.
func lists() []struct{ kind, name, pool string } {
	return []struct{ kind, name, pool string }{{"body", "bodies", "body"}, {"headline", "titles", "title"}, {"description", "descriptions", "description"}}
}

// Generates reports whether assets were ordered for a creative when it was made.
func Generates(data map[string]any) bool { return object.Members(data, Mark) != nil }

// Own is a creative's content without anything generated, as the advertiser sent it. Of one that generates nothing that is the data itself.
func Own(data map[string]any) map[string]any {
	if !Generates(data) {
		return data
	}
	content := maps.Clone(data)
	for _, name := range []string{Mark, "edition_id", "status", "asset_feed_spec"} {
		delete(content, name)
	}
	if feed := object.Members(data, Mark, "own_feed"); feed != nil {
		content["asset_feed_spec"] = feed
	}
	return content
}

// Texts are the texts of a creative's own content by kind, as assets have kinds: body, headline and description; of each the one of the
// story comes first.
func Texts(content map[string]any) map[string][]string {
	texts := map[string][]string{}
	feed, err := creative.FeedOf(content)
	if err != nil {
		return texts // nothing of its own to show
	}
	for _, l := range lists() {
		for _, pool := range feed.Pools {
			for _, asset := range pool.Assets {
				if pool.Name == l.pool {
					texts[l.kind] = append(texts[l.kind], asset.Text)
				}
			}
		}
	}
	return texts
}

// With is the asset feed of a creative's own content with generated assets: of each kind that has any, and of bodies in any case, the
// advertiser's own come first. It changes neither. What is shown in the place of a picture is no part of it, see [Rendition].
func With(content map[string]any, assets []*store.Object) map[string]any {
	feed := maps.Clone(object.Members(content, "asset_feed_spec"))
	if feed == nil {
		feed = map[string]any{}
	}
	if feed["optimization_type"] == nil {
		feed["optimization_type"] = "DEGREES_OF_FREEDOM"
	}
	own := Texts(content)
	for _, l := range lists() {
		var made []any
		for _, a := range assets {
			if a.Text("kind") == l.kind {
				made = append(made, map[string]any{"text": a.Text("text")})
			}
		}
		sent := object.Listed(feed, l.name)
		if all := slices.Concat(missing(sent, own[l.kind]), sent, made); len(all) > 0 && (len(made) > 0 || l.kind == "body") {
			feed[l.name] = all
		}
	}
	withPictures(feed, content, assets)
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
