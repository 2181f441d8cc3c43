package marquetry_test

import (
	"bytes"
	"html"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// transformed asks for a preview with a feature until nothing of it is pending, and answers the row and its nodes.
func (s shop) transformed(path string, ask client.Params) (client.Object, []client.Object) {
	s.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		row, _ := s.preview(path, ask)
		nodes := row.Object("transformation_spec").List(ask["creative_feature"].(string))
		if len(nodes) == 0 || nodes[0].String("status") != "pending" {
			return row, nodes
		}
		if time.Since(began) > time.Minute {
			s.Fatalf("still %v", row)
		}
	}
}

// shows is the page of a row or a node.
func (s shop) shows(row client.Object) string {
	s.Helper()
	src, _, _ := strings.Cut(strings.TrimPrefix(row.String("body"), `<iframe src="`), `"`)
	return s.page(html.UnescapeString(src)).Body.String()
}

// TestPreviewsOfExpansion follows the documented flow: the untouched ad and the expanded one stand side by side, for an ad and for a creative that is stored
// nowhere; once it is approved, the ad is previewed with it.
func TestPreviewsOfExpansion(t *testing.T) {
	s := newShop(t)
	hash := s.uploaded(photo(t, 600, 600))
	story := client.Params{"page_id": s.fresh.PageID, "link_data": client.Params{"image_hash": hash, "link": "https://shop.example/"}}
	opted := client.Params{"object_story_spec": story, "degrees_of_freedom_spec": client.Params{"creative_features_spec": client.Params{"image_uncrop": client.Params{"enroll_status": "OPT_IN"}}}}
	ad := s.ad(s.set(nil), opted, nil).ID()
	ask := client.Params{"ad_format": "INSTAGRAM_REELS", "creative_feature": "image_uncrop", "render_type": "png"}
	row, nodes := s.transformed(ad+"/previews", ask)
	if len(nodes) != 1 || nodes[0].String("status") != "eligible" || !strings.Contains(s.shows(row), hash) || strings.Contains(s.shows(nodes[0]), hash) {
		t.Fatal(row)
	}
	painted := s.raw(http.MethodGet, html.UnescapeString(nodes[0].String("image")), "", "")
	if img, err := png.Decode(bytes.NewReader(painted.Body.Bytes())); err != nil || img.Bounds().Dx() != 640 || img.Bounds().Dy() != 1140 {
		t.Error(err, painted.Code)
	}
	nowhere := with(ask, client.Params{"creative": client.Params{"object_story_spec": story}})
	if row, same := s.transformed(s.fresh.AccountID+"/generatepreviews", nowhere); len(same) != 1 || same[0].String("status") != "eligible" || strings.Contains(s.shows(same[0]), hash) {
		t.Error(row)
	}
	for name, value := range map[string]any{"ad_format": "MARKETPLACE_MOBILE", "creative_feature": "image_touchups"} {
		if row, nodes := s.transformed(ad+"/previews", with(ask, client.Params{name: value})); len(nodes) > 0 || !strings.Contains(s.shows(row), hash) {
			t.Error(row)
		}
	}
	plain := client.Params{"ad_format": "INSTAGRAM_REELS"}
	if row, _ := s.preview(ad+"/previews", plain); !strings.Contains(s.shows(row), hash) {
		t.Error("before its review an expansion is shown")
	}
	s.post(ad, client.Params{"status": "ACTIVE"})
	if row, _ := s.preview(ad+"/previews", plain); strings.Contains(s.shows(row), hash) {
		t.Error("what was approved is not shown")
	}
	again := s.post(s.fresh.AccountID+"/adcreatives", client.Params{"object_story_spec": story}).ID()
	if row, nodes := s.transformed(again+"/generatepreviews", ask); len(nodes) > 0 {
		t.Errorf("without the opt-in there is %v", row)
	}
}
