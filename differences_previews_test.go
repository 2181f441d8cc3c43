package marquetry_test

import (
	"bytes"
	"html"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

func TestDiff96ThreadsPreview(t *testing.T) {
	s := newShop(t)
	_, src := s.preview(s.fresh.AccountID+"/generatepreviews", client.Params{"creative": s.link(nil), "ad_format": "THREADS_STREAM"})
	if body := s.page(src).Body.String(); !strings.Contains(body, "Made to last.") || strings.Contains(body, "is drawn as") {
		t.Error(body)
	}
	row, src := s.preview(s.fresh.AccountID+"/generatepreviews", client.Params{"creative": s.link(nil), "ad_format": "WATCH_FEED_MOBILE"})
	if body := s.page(src).Body.String(); row.String("layout_of") != "MOBILE_FEED_STANDARD" || !strings.Contains(body, "WATCH_FEED_MOBILE is drawn as MOBILE_FEED_STANDARD") {
		t.Error(row, body)
	}
}

func TestDiff97WaysToLook(t *testing.T) {
	s := newShop(t)
	_, ad := s.dynamic(nil, feed(nil))
	looks := map[string]bool{}
	for _, more := range []client.Params{{}, {"ad_format": "DESKTOP_FEED_STANDARD", "dark": true}, {"ad_format": "DESKTOP_FEED_STANDARD"}, {"stress": "long"}, {"stress": "rtl"}, {"safe_areas": true}} {
		_, src := s.preview(ad+"/previews", with(client.Params{"ad_format": "INSTAGRAM_REELS"}, more))
		looks[s.page(src).Body.String()] = true
	}
	want(s, "looks", len(looks), 6)
	combinations := s.get(ad+"/combinations", nil).List("data")
	for _, c := range combinations {
		_, src := s.preview(ad+"/previews", client.Params{"ad_format": "MOBILE_FEED_STANDARD", "combination_id": c.ID()})
		looks[s.page(src).Body.String()] = true
	}
	want(s, "looks with all combinations", len(looks), 6+len(combinations))
	row, _ := s.preview(ad+"/previews", client.Params{"ad_format": "MOBILE_BANNER", "render_type": "png", "width": 400, "height": 100})
	page := s.raw(http.MethodGet, html.UnescapeString(row.String("image")), "", "")
	if img, err := png.Decode(bytes.NewReader(page.Body.Bytes())); err != nil || img.Bounds().Dx() != 800 || img.Bounds().Dy() != 200 {
		t.Error(err, page.Code)
	}
}
