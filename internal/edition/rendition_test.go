package edition_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// picture is a generated picture of "original" for some placements.
func picture(id, feature, state string, placements ...any) *store.Object {
	hash := id + "0123456789abcdef"
	return &store.Object{ID: id, Type: edition.AssetType, Status: state, Data: map[string]any{"creative_id": "5", "kind": "image", "feature": feature, "state": state, "source_hash": "original",
		"image_hash": hash, "sha256": hash + "ff", "width": int64(1080), "height": int64(1350), "placements": placements, "code": "", "reason": "It would look wrong."}}
}

// picturing is a creative that shows "original" and opts in to features.
func picturing(status string, features ...string) *store.Object {
	spec := map[string]any{}
	for _, name := range features {
		spec[name] = map[string]any{"enroll_status": "OPT_IN"}
	}
	return &store.Object{ID: "5", Type: "adcreative", Status: status, Data: map[string]any{edition.Mark: map[string]any{}, "degrees_of_freedom_spec": map[string]any{"creative_features_spec": spec},
		"object_story_spec": map[string]any{"link_data": map[string]any{"link": "https://example.com", "message": "Own.", "image_hash": "original"}}}}
}

// Approved pictures stand in the original's place where they are meant to, by the feature that comes first, and variants join the feed; a byte that changes withdraws each.
func TestPicturesOfEdition(t *testing.T) {
	t.Parallel()
	c := picturing(object.Active, "image_uncrop")
	assets := []*store.Object{picture("1", "adapt_to_placement", object.AssetApproved, "A", "B"), picture("2", "image_uncrop", object.AssetApproved, "A"),
		picture("3", "image_templates", object.AssetApproved), picture("4", "image_uncrop", object.AssetPending, "C")}
	byID := map[string]*store.Object{}
	for _, a := range assets {
		byID[a.ID] = a
	}
	e := edition.Of(c, assets, 1)
	shown := edition.Deliverable(c, e, byID)
	for placement, want := range map[string]string{"A": "2", "B": "1", "C": "", "D": ""} {
		if r, ok := edition.Rendition(shown, "original", placement); r.AssetID != want || ok != (want != "") {
			t.Errorf("%s: %+v", placement, r)
		}
	}
	if _, ok := edition.Rendition(shown, "another", "A"); ok {
		t.Error("something stands in for another picture")
	}
	images := []any{map[string]any{"hash": "original"}, map[string]any{"hash": assets[2].Text("image_hash")}}
	if diff := cmp.Diff(images, object.Listed(object.Members(shown, "asset_feed_spec"), "images")); diff != "" {
		t.Error(diff)
	}
	assets[1].Data["image_hash"] = "another file"
	if r, _ := edition.Rendition(edition.Deliverable(c, e, byID), "original", "A"); r.AssetID != "1" || edition.State(assets[1]) != object.AssetPending || edition.Intact(c, e, byID) {
		t.Errorf("an exchanged file is shown: %+v", r)
	}
}

// What a feature makes of a creative is pending while its job runs, then what the rows say; nothing of what was rejected or never opted in to.
func TestTransformations(t *testing.T) {
	t.Parallel()
	rows := []*store.Object{picture("1", "image_uncrop", object.AssetPending, "A"), picture("2", "image_uncrop", object.AssetIneligible, "B"), picture("3", "image_uncrop", object.AssetRejected, "C")}
	for name, test := range map[string]struct {
		c               *store.Object
		assets          []*store.Object
		placement, want string
	}{
		"made":             {picturing(object.Active, "image_uncrop"), rows, "A", edition.Eligible},
		"refused":          {picturing(object.Active, "image_uncrop"), rows, "B", edition.Ineligible},
		"rejected":         {picturing(object.Active, "image_uncrop"), rows, "C", ""},
		"fits already":     {picturing(object.Active, "image_uncrop"), rows, "D", ""},
		"being made":       {picturing(edition.InProcess, "image_uncrop"), nil, "A", edition.Pending},
		"job failed":       {picturing(object.Active, "image_uncrop"), nil, "A", ""},
		"another feature":  {picturing(object.Active, "image_templates"), rows, "A", ""},
		"made, texts wait": {picturing(edition.InProcess, "image_uncrop"), rows, "D", ""},
	} {
		got := ""
		for _, one := range edition.Transformations(test.c, test.assets, "image_uncrop", test.placement) {
			got += one.Status
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
