package deliver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// carousel is a creative of a post with three cards.
func carousel(id string, optimised bool) *store.Object {
	var cards []any
	for i, name := range []string{"One", `00TOKEN00`, `Three "`} {
		cards = append(cards, map[string]any{"name": name, "picture": fmt.Sprintf("https://shop.example/%d.jpg", i), "link": fmt.Sprintf("https://shop.example/%d", i)})
	}
	return &store.Object{ID: id, Type: "adcreative", AccountID: theAccount, Status: "ACTIVE", Created: noon.Unix() - 9, Data: map[string]any{
		"url_tags": "a=1",
		"object_story_spec": map[string]any{"page_id": thePage, "link_data": map[string]any{
			"link": "https://shop.example/all", "message": "Look", "name": "Shop", "multi_share_optimized": optimised, "child_attachments": cards,
			"call_to_action": map[string]any{"type": "SHOP_NOW"}}},
	}}
}

// TestCarouselOrder: which card comes first is learnt unless the creative says no, with the probability of the first; the others follow in order, and
// none whose picture is stopped is there.
func TestCarouselOrder(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	for i, c := range []struct {
		optimised bool
		stopped   int
		want      map[string]float64 // propensity by order
	}{
		{true, -1, map[string]float64{"0 1 2": 1. / 3, "1 0 2": 1. / 3, "2 0 1": 1. / 3}},
		{false, -1, map[string]float64{"0 1 2": 1}},
		{true, 1, map[string]float64{"0 2": 0.5, "2 0": 0.5}},
		{false, 1, map[string]float64{"0 2": 1}},
	} {
		made := carousel(fmt.Sprint(120200000000000200+i), c.optimised)
		ad := adObject(theAd, theAdSet, 0)
		ad.Data["creative_id"] = made.ID
		f.put(t, made)
		if c.stopped >= 0 {
			ad.Data["marquetry_stopped_assets"] = []any{f.Snapshot().objects.creatives[made.ID].feed.Pools[0].Assets[c.stopped].ID}
		}
		f.put(t, ad)
		got := map[string]float64{}
		f.decisions(t, 60, func(d client.Decision, e *eventlog.Exposure) {
			var order []string
			for _, card := range d.Cards {
				order = append(order, fmt.Sprint(card.Index))
			}
			got[strings.Join(order, " ")] = e.Propensity
			if d.Assets["image"].URL != d.Cards[0].Image.URL {
				t.Error("the combination's picture is not that of the first card")
			}
		})
		for order, p := range got {
			got[order] = float64(int(p*1e9+0.5)) / 1e9
		}
		for order, p := range c.want {
			c.want[order] = float64(int(p*1e9+0.5)) / 1e9
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v: %s", c, diff)
		}
	}
}

// TestCarouselClicks follows the link of each card, in the answer and in the HTML, and finds in the log which one was clicked. What is no card leads
// where the ad does.
func TestCarouselClicks(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.show(t, carousel(theCreative+"0", false))
	w, body := f.get(t, "/v1/decisions?ad_id="+theAd)
	var answer client.DecisionResponse
	if err := json.Unmarshal([]byte(body), &answer); err != nil || w.StatusCode != http.StatusOK || len(answer.Decisions) != 1 {
		t.Fatal(err, body)
	}
	d := answer.Decisions[0]
	if titles := []string{d.Cards[0].Title, d.Cards[1].Title, d.Cards[2].Title}; !slices.Equal(titles, []string{"One", "00TOKEN00", `Three "`}) {
		t.Errorf("cards say %q", titles)
	}
	if n := strings.Count(d.HTML, "<li "); n != 3 || strings.Count(d.HTML, d.Token) != 3 || strings.Count(d.HTML, "00TOKEN00") != 2 {
		t.Errorf("%d cards in %s", n, d.HTML)
	}
	for i, card := range d.Cards {
		if !strings.Contains(d.HTML, strings.ReplaceAll(card.ClickURL, "&", "&amp;")) {
			t.Errorf("the HTML has no %s", card.ClickURL)
		}
		to, _ := f.get(t, card.ClickURL)
		u, err := url.Parse(to.Header.Get("Location"))
		if err != nil || u.Path != fmt.Sprint("/", i) || u.Query().Get("a") != "1" || u.Query().Get("fbclid") != d.Token {
			t.Errorf("card %d leads to %v", i, u)
		}
	}
	for _, number := range []string{"3", "-1", "99999999999999999999", "x", "10"} {
		to, _ := f.get(t, "/t/c?c="+number+"&d="+d.Token)
		if u, err := url.Parse(to.Header.Get("Location")); err != nil || u.Path != "/all" {
			t.Errorf("card %s leads to %v", number, u)
		}
	}
	clicks := slices.DeleteFunc(f.logged(t), func(e eventlog.Event) bool { return e.Kind != eventlog.Click })
	if len(clicks) != 1 || clicks[0].Card != 1 {
		t.Errorf("logged %+v", clicks)
	}
}

// TestLabelledCarousel: a rule picks the cards of a place, and the combination is that of the first.
func TestLabelledCarousel(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	named := func(name string) map[string]any { return map[string]any{"name": name} }
	cards := func(label string, images ...int) map[string]any {
		var all []any
		for _, i := range images {
			all = append(all, map[string]any{"image_label": named(fmt.Sprint("images", i)), "title_label": named(fmt.Sprint("titles", i))})
		}
		return map[string]any{"adlabels": []any{named(label)}, "child_attachments": all}
	}
	c := labelled(map[string]any{"customization_spec": map[string]any{"publisher_platforms": []any{"facebook"}}, "carousel_label": named("feed")},
		map[string]any{"customization_spec": map[string]any{"publisher_platforms": []any{"instagram"}}, "carousel_label": named("story")})
	object.Members(c.Data, "asset_feed_spec")["carousels"] = []any{cards("feed", 1, 0), cards("story", 2, 1, 0)}
	c.ID = "120200000000000300"
	f.show(t, c)
	for place, want := range map[string][]int{"MOBILE_FEED_STANDARD": {1, 0}, "INSTAGRAM_STORY": {2, 1, 0}} {
		for i := range 10 {
			req := client1()
			req.Placement, req.Viewer.ID = place, fmt.Sprint(i)
			d := f.decide(t, req)
			var got []int
			for _, card := range d.Cards {
				got = append(got, card.Image.Index)
			}
			if !slices.Equal(got, want) || d.Assets["image"].Index != want[0] || d.Assets["title"].Index != want[0] || d.Cards[0].Title != d.Assets["title"].Text {
				t.Errorf("%s shows %v, assets %v", place, got, d.Assets)
			}
		}
	}
}

// TestCarouselFeed: the cards of a dynamic carousel are its pictures, with the chosen texts.
func TestCarouselFeed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	c := creativeObject("120200000000000301", 0)
	object.Members(c.Data, "asset_feed_spec")["ad_formats"] = []any{"CAROUSEL"}
	f.show(t, c)
	firsts := map[int]bool{}
	f.decisions(t, 40, func(d client.Decision, _ *eventlog.Exposure) {
		firsts[d.Cards[0].Image.Index] = true
		if len(d.Cards) != 3 || d.Cards[0].Image.Index != d.Assets["image"].Index || strings.Count(d.HTML, "Ships today")+strings.Count(d.HTML, "From 89.00") != 3 {
			t.Errorf("%+v in %s", d.Cards, d.HTML)
		}
	})
	if len(firsts) != 3 {
		t.Errorf("first come %v", firsts)
	}
}
