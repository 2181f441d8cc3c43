package marquetry_test

import (
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// preview asks for one and answers its row and the address of its frame.
func (s shop) preview(path string, params client.Params) (row client.Object, src string) {
	s.Helper()
	rows := s.get(path, params).List("data")
	if len(rows) != 1 {
		s.Fatalf("%d previews", len(rows))
	}
	src, _, _ = strings.Cut(strings.TrimPrefix(rows[0].String("body"), `<iframe src="`), `"`)
	return rows[0], html.UnescapeString(src)
}

// page opens an address without a token.
func (s shop) page(address string) *httptest.ResponseRecorder {
	s.Helper()
	return s.raw(http.MethodGet, address, "", "")
}

func TestDiff115PreviewsAreDrawings(t *testing.T) {
	s := newShop(t)
	spec := client.Params{"creative": s.link(nil), "locale": "de_DE", "start_date": "2026-01-01"}
	row, _ := s.preview(s.fresh.AccountID+"/generatepreviews", with(spec, client.Params{"ad_format": "RIGHT_COLUMN_STANDARD"}))
	if !strings.Contains(row.String("body"), `width="274" height="213"`) {
		t.Error(row)
	}
	_, src := s.preview(s.fresh.AccountID+"/generatepreviews", with(spec, client.Params{"ad_format": "INSTGRAM_STORY"}))
	page := s.page(src)
	if body := page.Body.String(); page.Code != http.StatusOK || !strings.Contains(body, "Made to last.") || !strings.Contains(body, "First Page") {
		t.Errorf("%d %s", page.Code, body)
	}
}

func TestDiff116TransformationSpec(t *testing.T) {
	s := newShop(t)
	ask := client.Params{"creative": s.link(nil), "ad_format": "INSTAGRAM_STORY", "creative_feature": "image_uncrop"}
	row, _ := s.preview(s.fresh.AccountID+"/generatepreviews", ask)
	if nodes := row.Object("transformation_spec").List("image_uncrop"); row["body"] == nil || len(nodes) != 1 || nodes[0].String("status") != "pending" || nodes[0]["body"] == nil {
		t.Error(row)
	}
	for name, value := range map[string]any{"ad_format": "RIGHT_COLUMN_STANDARD", "creative_feature": "image_animation"} {
		if row, _ := s.preview(s.fresh.AccountID+"/generatepreviews", with(ask, client.Params{name: value})); row["transformation_spec"] != nil || row["body"] == nil {
			t.Error(row)
		}
	}
}

func TestDiff117PreviewLinks(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	_, src := s.preview(ad+"/previews", client.Params{"ad_format": "MOBILE_FEED_STANDARD"})
	if !regexp.MustCompile(`^http://[^?]+/preview\?d=[\w-]+$`).MatchString(src) {
		t.Error(src)
	}
	link := s.get(ad, client.Params{"fields": "preview_shareable_link"}).String("preview_shareable_link")
	for _, address := range []string{src, link} {
		if page := s.page(address); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "https://shop.example/a.jpg") {
			t.Errorf("%s: %d", address, page.Code)
		}
	}
	if page := s.page(link + "x"); page.Code != http.StatusNotFound {
		t.Errorf("another link: %d", page.Code)
	}
}

func TestDiff118CustomizationRules(t *testing.T) {
	s := newShop(t)
	label := func(name string) []map[string]string { return []map[string]string{{"name": name}} }
	places := feed(client.Params{
		"images": []map[string]any{{"url": "https://shop.example/a.jpg", "adlabels": label("feed")}, {"url": "https://shop.example/b.jpg", "adlabels": label("story")}},
		"titles": []map[string]string{{"text": "One"}},
		"asset_customization_rules": []map[string]any{
			{"customization_spec": map[string]any{"publisher_platforms": []string{"facebook"}}, "image_label": map[string]string{"name": "feed"}, "is_default": true},
			{"customization_spec": map[string]any{"instagram_positions": []string{"story"}}, "image_label": map[string]string{"name": "story"}},
		},
	})
	ad := s.ad(s.set(nil), s.creative(places), nil).ID()
	for format, picture := range map[string]string{"INSTAGRAM_STORY": "b.jpg", "MOBILE_FEED_STANDARD": "a.jpg"} {
		if _, src := s.preview(ad+"/previews", client.Params{"ad_format": format}); !strings.Contains(s.page(src).Body.String(), picture) {
			t.Errorf("%s does not show %s", format, picture)
		}
		want(s, format, s.decide(client.DecisionRequest{AdID: ad, Placement: format}).Assets["image"].URL, "https://shop.example/"+picture)
	}
	want(s, "combinations", len(s.get(ad+"/combinations", nil).List("data")), 2)
}

func TestDiff119InstagramAccounts(t *testing.T) {
	s := newShop(t)
	spec := s.link(nil)
	spec["object_story_spec"] = with(spec["object_story_spec"].(client.Params), client.Params{"instagram_user_id": "17841400000000000"})
	s.post(s.fresh.AccountID+"/adcreatives", spec)
}
