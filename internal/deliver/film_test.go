package deliver

import (
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// theVideo is a video of the account.
const theVideo = "120200000000000400"

// videoObject is a whole video with two pictures that may stand for it.
func videoObject(account string) *store.Object {
	thumbs := []any{map[string]any{"hash": strings.Repeat("d1", 16)}, map[string]any{"hash": strings.Repeat("d2", 16), "is_preferred": true}}
	return &store.Object{ID: theVideo, Type: "advideo", AccountID: account, Created: noon.Unix() - 9, Data: map[string]any{
		"hash": strings.Repeat("e0", 16), "width": int64(1280), "height": int64(720), "thumbnails": thumbs,
	}}
}

// TestVideoBesidePictures delivers a feed that mixes both: a video with its player outside of the link and a picture that stands for it, a picture
// with its size and smaller copies.
func TestVideoBesidePictures(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	c := creativeObject("120200000000000401", 0)
	feed := object.Members(c.Data, "asset_feed_spec")
	feed["videos"], feed["ad_formats"] = []any{map[string]any{"video_id": theVideo}}, []any{"AUTOMATIC_FORMAT"}
	sized := &store.Object{ID: theAccount + ":" + strings.Repeat("a1", 16), Type: "adimage", AccountID: theAccount, Data: map[string]any{"width": int64(400), "height": int64(300)}}
	f.show(t, c, videoObject(theAccount), sized)
	videos, pictures := 0, 0
	f.decisions(t, 60, func(d client.Decision, _ *eventlog.Exposure) {
		a := d.Assets["image"]
		switch {
		case a.VideoID != "":
			videos++
			want := `<video controls="" muted="" playsinline="" preload="none" src="https://ads.example/media/video/` + strings.Repeat("e0", 16) + `"`
			if a.VideoURL != "https://ads.example/media/video/"+strings.Repeat("e0", 16) || a.URL != "https://ads.example/media/"+strings.Repeat("d2", 16) || a.Width != 1280 || a.Height != 720 {
				t.Errorf("video is %+v", a)
			}
			if !strings.Contains(d.HTML, want) || !strings.Contains(d.HTML, `poster="`+a.URL+`" width="1280" height="720"`) || strings.Index(d.HTML, "</video>") > strings.Index(d.HTML, "<a ") || strings.Contains(d.HTML, "<img") {
				t.Errorf("html is %s", d.HTML)
			}
		case strings.HasPrefix(a.Hash, "a1"):
			pictures++
			if a.Width != 400 || a.Height != 300 || !strings.Contains(d.HTML, ` width="400" height="300" srcset="`+a.URL+`/256 256w, `+a.URL+` 400w"`) || strings.Contains(d.HTML, "/512") {
				t.Errorf("picture is %+v in %s", a, d.HTML)
			}
		}
	})
	if videos == 0 || pictures == 0 {
		t.Errorf("%d videos and %d pictures", videos, pictures)
	}
}

// TestVideoIsNotThereYet: another account's video, and one that is still uploaded, are not named; once it is whole it is played, before the poster
// that the creative gives.
func TestVideoIsNotThereYet(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	c := &store.Object{ID: "120200000000000402", Type: "adcreative", AccountID: theAccount, Status: "ACTIVE", Created: noon.Unix() - 9, Data: map[string]any{
		"object_story_spec": map[string]any{"page_id": thePage, "video_data": map[string]any{"video_id": theVideo, "image_url": "https://shop.example/poster.jpg", "title": "V",
			"call_to_action": map[string]any{"type": "SHOP_NOW", "value": map[string]any{"link": "https://shop.example/"}}}}}}
	if _, ok := filmOf(videoObject(otherOwner), theAccount); ok {
		t.Error("another account's video is played")
	}
	begun := videoObject(theAccount)
	begun.Data["upload_session"] = "s"
	f.show(t, c, begun)
	for _, whole := range []bool{false, true} {
		if whole {
			f.put(t, videoObject(theAccount))
		}
		d := f.decide(t, client1())
		if a := d.Assets["image"]; (a.VideoURL != "") != whole || a.URL != "https://shop.example/poster.jpg" || strings.Contains(d.HTML, "<video") != whole || !strings.Contains(d.HTML, a.URL) {
			t.Errorf("whole %v: %+v in %s", whole, a, d.HTML)
		}
	}
}
