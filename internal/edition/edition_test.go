package edition_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// texts are the elements of a feed's list.
func texts(list ...string) []any {
	out := make([]any, len(list))
	for i, t := range list {
		out[i] = map[string]any{"text": t}
	}
	return out
}

// asset is a generated text.
func asset(id, kind, text, state string) *store.Object {
	return &store.Object{ID: id, Type: edition.AssetType, Status: state, Data: map[string]any{
		"creative_id": "5", "kind": kind, "text": text, "state": state, "sha256": edition.Sum(text)}}
}

// The feed of a creative has the advertiser's own texts first, whatever kind of story they stand in, and lists of other kinds only when
// something was generated for them. What the advertiser sent is not changed.
func TestWith(t *testing.T) {
	t.Parallel()
	made := []*store.Object{asset("1", "body", "B1", object.AssetPending), asset("2", "headline", "H1", object.AssetApproved), asset("3", "body", "B2", object.AssetPending)}
	tagged := "Made for you: {{product.name | titleize}}"
	for name, test := range map[string]struct {
		content map[string]any
		assets  []*store.Object
		feed    map[string]any
	}{
		"a link":                     {story("link_data", "Own.", nil), made, map[string]any{"bodies": texts("Own.", "B1", "B2"), "titles": texts("Title", "H1"), "optimization_type": "DEGREES_OF_FREEDOM"}},
		"a video, nothing generated": {story("video_data", "Own.", nil), nil, map[string]any{"bodies": texts("Own."), "optimization_type": "DEGREES_OF_FREEDOM"}},
		"a template":                 {story("template_data", tagged, nil), made[:1], map[string]any{"bodies": texts(tagged, "B1"), "optimization_type": "DEGREES_OF_FREEDOM"}},
		"a feed of its own": {story("link_data", "Own.", map[string]any{"titles": texts("T1", "Title"), "optimization_type": "PLACEMENT"}), made,
			map[string]any{"bodies": texts("Own.", "B1", "B2"), "titles": texts("T1", "Title", "H1"), "optimization_type": "PLACEMENT"}},
	} {
		sent := maps.Clone(object.Members(test.content, "asset_feed_spec"))
		if diff := cmp.Diff(test.feed, edition.With(test.content, test.assets)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(sent, maps.Clone(object.Members(test.content, "asset_feed_spec"))); diff != "" {
			t.Errorf("%s changed what was sent: %s", name, diff)
		}
	}
}

// story is a creative's content with a primary text and a feed, nil for none.
func story(kind, message string, feed map[string]any) map[string]any {
	title := map[string]string{"link_data": "name", "template_data": "name", "video_data": "title"}[kind]
	content := map[string]any{"object_story_spec": map[string]any{kind: map[string]any{"message": message, title: "Title"}}}
	if feed != nil {
		content["asset_feed_spec"] = feed
	}
	return content
}

// An edition shows exactly what is approved, and one changed byte anywhere in it, in the text of an asset or in what identifies it takes away
// what it touches. Whatever is changed, nothing but approved and own texts is deliverable.
func TestChangedBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		content := story("link_data", "Own.", nil)
		content[edition.Mark] = map[string]any{}
		c := &store.Object{ID: "5", Type: "adcreative", Data: content}
		var assets []*store.Object
		byID, approved := map[string]*store.Object{}, []string{"Own."}
		for i, state := range rapid.SliceOfN(rapid.SampledFrom(object.AssetStates()), 1, 4).Draw(r, "states") {
			a := asset(string(rune('a'+i)), "body", strings.Repeat("x", i+1), state)
			if assets, byID[a.ID] = append(assets, a), a; state == object.AssetApproved {
				approved = append(approved, a.Text("text"))
			}
		}
		e := edition.Of(c, assets, 1)
		if !edition.Intact(c, e, byID) || len(edition.AssetIDs(e)) != len(approved)-1 {
			r.Fatalf("as made it has %v", e.Data)
		}
		victim := rapid.SampledFrom(append(assets, e)).Draw(r, "victim")
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(victim.Data)), func(name string) bool { _, isText := victim.Data[name].(string); return !isText || name == "state" })
		name := rapid.SampledFrom(names).Draw(r, "member")
		victim.Data[name] = victim.Text(name) + "!"
		touched := victim == e || victim.Status == object.AssetApproved
		if edition.Intact(c, e, byID) == touched {
			r.Errorf("%s of %s changed, and the edition is intact: %t", name, victim.ID, !touched)
		}
		bodies := object.Listed(object.Members(edition.Deliverable(c, e, byID), "asset_feed_spec"), "bodies")
		for _, body := range bodies {
			if text := object.Text(body.(map[string]any), "text"); !slices.Contains(approved, text) {
				r.Errorf("%q is deliverable", text)
			}
		}
		if victim.Status == object.AssetApproved && len(bodies) >= len(approved) {
			r.Errorf("a changed text is still delivered: %v", bodies)
		}
	})
}

// Who made nothing is shown as it is, and who waits for texts or for a decision shows nothing.
func TestWaits(t *testing.T) {
	t.Parallel()
	plain := &store.Object{Type: "adcreative", Data: story("link_data", "Own.", nil)}
	if edition.Waits(plain, true) || cmp.Diff(plain.Data, edition.Content(plain)) != "" || cmp.Diff(plain.Data, edition.Deliverable(plain, nil, nil)) != "" {
		t.Error("a creative that never opted in is its own edition")
	}
	data := story("link_data", "Own.", map[string]any{"bodies": texts("Own.", "Made.")})
	data[edition.Mark] = map[string]any{"own_feed": map[string]any{"titles": texts("T")}}
	made := &store.Object{Type: "adcreative", Status: object.Active, Data: data}
	if diff := cmp.Diff(story("link_data", "Own.", map[string]any{"titles": texts("T")}), edition.Content(made)); diff != "" {
		t.Error(diff)
	}
	if edition.Waits(made, false) || !edition.Waits(made, true) {
		t.Error("it waits for a decision, and for nothing else")
	}
	made.Status = edition.InProcess
	if !edition.Waits(made, false) {
		t.Error("it waits for its texts")
	}
	if data["edition_id"] = "6"; edition.Waits(made, true) {
		t.Error("what was decided is shown")
	}
}
