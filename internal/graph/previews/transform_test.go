package previews

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph/graphtest"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Hashes of an original and of what was made of it.
const (
	originalHash = "0123456789abcdef0123456789abcdef"
	madeHash     = "fedcba9876543210fedcba9876543210"
	model        = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
)

// workshop is a site with one image in the library.
type workshop struct {
	*graphtest.Site
	*Service
}

// newWorkshop makes it; try answers for creatives that are stored nowhere.
func newWorkshop(t *testing.T, try []edition.Transformation) workshop {
	t.Helper()
	s := service(t, graphtest.Now())
	s.config.Shows = func(_, placement string) bool { return placement != "RIGHT_COLUMN_STANDARD" }
	s.config.Try = func(string, map[string]any, string, string) []edition.Transformation { return try }
	w := workshop{graphtest.New(t, s.Extensions()), s}
	s.config.DB = w.DB
	w.insert(&store.Object{ID: w.AccountID + ":" + originalHash, Type: "adimage", AccountID: w.AccountID, Data: map[string]any{"width": int64(800), "height": int64(800)}})
	return w
}

// insert writes rows.
func (w workshop) insert(rows ...*store.Object) {
	w.Helper()
	err := w.DB.Write(w.Context(), func(tx store.Tx) error {
		for _, o := range rows {
			if err := tx.Insert(w.Context(), o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

// story is a post with the original, and more members behind it.
func (w workshop) story(more string) string {
	return fmt.Sprintf(`{"object_story_spec":{"page_id":"%s","link_data":{"link":"https://example.com","message":"Oak.","image_hash":"%s"}}%s}`, w.PageID, originalHash, more)
}

// row is the one row of an answer.
func (w workshop) row(path string) graphtest.Fields {
	w.Helper()
	answer := w.Do(http.MethodGet, path, nil)
	rows, _ := answer["data"].([]any)
	if len(rows) != 1 {
		w.Fatalf("%s: %v", path, answer)
	}
	return rows[0].(graphtest.Fields)
}

// nodes are those of a feature in a row's transformation_spec.
func nodes(row graphtest.Fields, feature string) []any {
	list, _ := object.Members(row, "transformation_spec")[feature].([]any)
	return list
}

// document is the page of a row or a node.
func (w workshop) document(v any) string {
	w.Helper()
	parts := frame.FindStringSubmatch(v.(graphtest.Fields)["body"].(string))
	if parts == nil {
		w.Fatalf("no frame: %v", v)
	}
	return w.open(w, strings.ReplaceAll(parts[1], "&amp;", "&")).Body.String()
}

// What a creative that is stored nowhere would become is asked for by creative_feature alone.
func TestTriedPictures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		made   edition.Transformation
		status any
		shows  string
		label  bool
	}{
		"made":       {edition.Transformation{Feature: "image_uncrop", Status: edition.Eligible, Source: originalHash, Hash: madeHash, Width: 1080, Height: 1920}, "eligible", madeHash, false},
		"by a model": {edition.Transformation{Feature: "image_uncrop", Status: edition.Eligible, Source: originalHash, Hash: madeHash, Origin: model}, "eligible", madeHash, true},
		"being made": {edition.Transformation{Feature: "image_uncrop", Status: edition.Pending}, "pending", originalHash, false},
		"refused":    {edition.Transformation{Feature: "image_uncrop", Status: edition.Ineligible, Source: originalHash, Reason: "It would show."}, "ineligible", originalHash, false},
		"of another": {edition.Transformation{Feature: "image_uncrop", Status: edition.Eligible, Source: "other", Hash: madeHash}, nil, "", false},
	} {
		w := newWorkshop(t, []edition.Transformation{c.made})
		row := w.row(w.Account("generatepreviews") + "?ad_format=INSTAGRAM_REELS&creative_feature=image_uncrop&creative=" + url.QueryEscape(w.story("")))
		if page := w.document(row); !strings.Contains(page, originalHash) || strings.Contains(page, "AI info") {
			t.Errorf("%s: the untouched ad is %s", name, page)
		}
		list := nodes(row, "image_uncrop")
		if c.status == nil {
			if row["transformation_spec"] != nil {
				t.Errorf("%s: %v", name, row)
			}
			continue
		}
		if len(list) != 1 || list[0].(graphtest.Fields)["status"] != c.status {
			t.Fatalf("%s: %v", name, row)
		}
		if page := w.document(list[0]); !strings.Contains(page, c.shows) || strings.Contains(page, "AI info") != c.label {
			t.Errorf("%s: %s", name, page)
		}
		if reason := list[0].(graphtest.Fields)["reason"]; (reason != nil) != (c.made.Reason != "") {
			t.Errorf("%s: reason %v", name, reason)
		}
	}
}

// What is kept for a stored creative is shown where it is opted in and the placement is one of the picture's; texts stand beside.
func TestKeptPictures(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t, nil)
	opted := w.story(`,"degrees_of_freedom_spec":{"creative_features_spec":{"image_uncrop":{"enroll_status":"OPT_IN"},"text_generation":{"enroll_status":"OPT_IN"}}}`)
	spec := specOf(t, opted)
	spec[edition.Mark] = map[string]any{}
	asset := func(id string, data map[string]any) *store.Object {
		data["creative_id"] = "900"
		return &store.Object{ID: id, Type: edition.AssetType, AccountID: w.AccountID, Status: object.AssetPending, Data: data, Refs: []store.Ref{{Field: "creative_id", To: "900"}}}
	}
	w.insert(&store.Object{ID: "900", Type: "adcreative", AccountID: w.AccountID, Status: object.Active, Data: spec},
		asset("901", map[string]any{"kind": "image", "feature": "image_uncrop", "source_hash": originalHash, "image_hash": madeHash, "width": int64(1080), "height": int64(1920),
			"placements": []any{"INSTAGRAM_STORY"}, "digital_source_type": model}),
		asset("902", map[string]any{"kind": "body", "text": "Better oak."}))
	for query, want := range map[string]string{
		"ad_format=INSTAGRAM_STORY&creative_feature=image_uncrop":                  madeHash,
		"ad_format=INSTGRAM_STORY&creative_feature=image_uncrop":                   madeHash,
		"ad_format=MOBILE_FEED_STANDARD&creative_feature=image_uncrop":             "",
		"ad_format=RIGHT_COLUMN_STANDARD&creative_feature=image_uncrop":            "",
		"ad_format=INSTAGRAM_STORY&creative_feature=image_touchups":                "",
		"ad_format=MOBILE_FEED_STANDARD&creative_feature=text_generation":          "Better oak.",
		"ad_format=MOBILE_FEED_STANDARD&creative_feature=text_optimizations":       "",
		"ad_format=INSTAGRAM_STORY":                                                "",
		"ad_format=INSTAGRAM_STORY&creative_feature=image_uncrop&dark=true":        madeHash,
		"ad_format=INSTAGRAM_STORY&creative_feature=image_brightness_and_contrast": "",
	} {
		row := w.row("900/previews?" + query)
		feature := strings.TrimPrefix(regexpFeature(query), "creative_feature=")
		if list := nodes(row, feature); want == "" && row["transformation_spec"] != nil || want != "" && (len(list) != 1 || !strings.Contains(w.document(list[0]), want)) {
			t.Errorf("%s: %v", query, row)
		}
		if page := w.document(row); !strings.Contains(page, originalHash) {
			t.Errorf("%s shows %s", query, page)
		}
	}
}

// regexpFeature is the part of a query that names the feature.
func regexpFeature(query string) string {
	for part := range strings.SplitSeq(query, "&") {
		if strings.HasPrefix(part, "creative_feature=") {
			return part
		}
	}
	return ""
}
