package deliver

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// shopItem is an item of theSet with a number and what makes it similar to others.
func shopItem(n int, availability, category, brand string) *store.Object {
	o := productObject(n, availability)
	o.Data["retailer_id"], o.Data["product_type"], o.Data["brand"] = fmt.Sprint("sku-", n), category, brand
	return o
}

// shop shows ten items: mugs 1 to 4 of one maker, 1 of them sold out, and plates 5 to 10 of others.
func shop(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t, nil)
	f.openBudget(t)
	items := []*store.Object{shopItem(1, "out of stock", "mugs", "Acme")}
	for n := 2; n <= 4; n++ {
		items = append(items, shopItem(n, "in stock", "mugs", "Acme"))
	}
	for n := 5; n <= 10; n++ {
		items = append(items, shopItem(n, "in stock", "plates", fmt.Sprint("maker", n)))
	}
	f.show(t, catalogCreative(), items...)
	return f
}

// shares asks 600 times and counts the items that are shown.
func (f *fixture) shares(t *testing.T, viewer client.Viewer) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for i := range 600 {
		d := f.decide(t, client.DecisionRequest{AdID: theAd, Viewer: viewer, Time: noon.Add(time.Duration(i) * time.Second).Format(time.RFC3339)})
		seen[d.ProductID[len(d.ProductID)-2:]]++
	}
	return seen
}

// TestLookedAt: what the viewer looked at is shown in half of the decisions and what is like it in a quarter; what is sold out only lends what is
// like it; and what was bought is as any other again. The site says so with the request or has said it by pixel or Conversions API.
func TestLookedAt(t *testing.T) {
	t.Parallel()
	f := shop(t)
	ids := map[string]string{}
	for _, it := range f.Snapshot().objects.shelves[theSet].byID {
		ids[it.id[len(it.id)-2:]] = it.id
	}
	f.get(t, "/tr?id="+thePixel+"&ev=ViewContent&external_id=pixel&cd[content_ids]=%5B%22sku-5%22%5D")
	f.get(t, "/tr?id="+otherPixel+"&ev=ViewContent&external_id=stranger&cd[content_ids]=sku-5")
	for i, name := range []string{"AddToCart", "Purchase"} {
		sent := []any{map[string]any{"event_name": name, "event_time": float64(noon.Add(time.Duration(i-3) * time.Minute).Unix()), "action_source": "website",
			"user_data": map[string]any{"external_id": name}, "custom_data": map[string]any{"contents": []any{map[string]any{"id": "sku-5"}}}}}
		if _, faults, err := f.Conversions(t.Context(), thePixel, theAccount, sent, noon); err != nil || faults != nil {
			t.Fatal(faults, err)
		}
	}
	for _, c := range []struct {
		viewer              client.Viewer
		item                string
		least, most         int // of the item
		like                []string
		leastLike, mostLike int // of all of those
	}{
		{client.Viewer{}, "05", 30, 110, nil, 0, 0},
		{client.Viewer{Products: []string{"sku-5"}}, "05", 260, 380, []string{"06", "07", "08", "09", "10"}, 180, 320},
		{client.Viewer{Products: []string{ids["02"], "unknown"}}, "02", 260, 380, []string{"03", "04"}, 140, 260},
		{client.Viewer{Products: []string{"sku-1"}}, "01", 0, 0, []string{"02", "03", "04"}, 460, 580},
		{client.Viewer{ID: "pixel"}, "05", 260, 380, nil, 0, 0},
		{client.Viewer{ID: "AddToCart"}, "05", 260, 380, nil, 0, 0},
		{client.Viewer{ID: "Purchase"}, "05", 30, 110, nil, 0, 0},
		{client.Viewer{ID: "stranger"}, "05", 30, 110, nil, 0, 0},
	} {
		seen := f.shares(t, c.viewer)
		like := 0
		for _, item := range c.like {
			like += seen[item]
		}
		if n := seen[c.item]; n < c.least || n > c.most || like < c.leastLike || like > c.mostLike && c.like != nil || seen["01"] > 0 {
			t.Errorf("%+v: %v", c.viewer, seen)
		}
	}
}

// TestNeverSoldOut sells items out and in again in any order, and names all of them.
func TestNeverSoldOut(t *testing.T) {
	t.Parallel()
	f := shop(t)
	products := []string{"sku-1", "sku-2", "sku-3", "sku-4", "sku-5", "sku-6", "sku-7", "sku-8", "sku-9", "sku-10"}
	tick := int64(0)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(r, "item")
		tick++
		changed := shopItem(n, rapid.SampledFrom(object.Availabilities()).Draw(r, "availability"), "mugs", "")
		changed.Updated += tick
		f.put(t, changed)
		sold := map[string]bool{}
		for id, it := range f.Snapshot().objects.shelves[theSet].byID {
			sold[id] = slices.Contains([]string{"in stock", "preorder", "available for order"}, it.data.Text("availability"))
		}
		for i := range 10 {
			req := client.DecisionRequest{AdID: theAd, Viewer: client.Viewer{ID: fmt.Sprint(tick, i), Products: products}}
			answer, err := f.Decide(t.Context(), req, sandboxCaller(), noon)
			if err != nil || len(answer.Decisions) == 1 && !sold[answer.Decisions[0].ProductID] {
				r.Fatalf("%+v, %v", answer, err)
			}
		}
	})
}

// TestLooksAreBounded: a place keeps the latest items of the latest viewer, however events come, and readers see whole looks.
func TestLooksAreBounded(t *testing.T) {
	t.Parallel()
	var l looks
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for i := range 200 {
				l.add(&eventlog.Outcome{Viewer: 7, AccountID: "1", Name: "ViewContent", Items: []string{fmt.Sprint(i)}}, int64(1+i*4+g))
				for _, x := range l.of(7, time.UnixMilli(1e6)) {
					if x.at != 0 && x.item == 0 {
						t.Error("half of a look")
					}
				}
			}
		})
	}
	group.Wait()
	items := l.of(7, time.UnixMilli(1e6))
	if items[0].item != itemOf("1", itemKey("199")) || items[rememberedItems-1].at == 0 || !slices.IsSortedFunc(items[:], func(a, b glance) int { return int(b.at - a.at) }) {
		t.Errorf("%v", items)
	}
	if before := l.of(7, time.UnixMilli(items[0].at)); before[0] == items[0] {
		t.Error("what is not yet looked at is known")
	}
	l.add(&eventlog.Outcome{Viewer: 7 + rememberedLooks, AccountID: "1", Name: "ViewContent", Items: []string{"x"}}, 5)
	if l.of(7, time.UnixMilli(1e6))[0].at != 0 || l.of(7+rememberedLooks, time.UnixMilli(1e6))[0].at != 5 {
		t.Error("two viewers are in one place")
	}
}

// TestContents reads the forms in which pages and servers name items.
func TestContents(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`["a","b"]`: "a b", `[1, "b"]`: "1 b", "a, b": "a b", "": "", "[": "", strings.Repeat("x", 101) + ",y": "y", strings.Repeat("z,", 30): strings.TrimSpace(strings.Repeat("z ", 10)),
	} {
		if got := strings.Join(contentsOf(text, nil), " "); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestProductsOfARequest: too many and too long are refused.
func TestProductsOfARequest(t *testing.T) {
	t.Parallel()
	f := shop(t)
	for products, status := range map[string]int{"sku-5,sku-6": http.StatusOK, strings.Repeat("a,", 20): http.StatusBadRequest, strings.Repeat("a", 101): http.StatusBadRequest} {
		if w, body := f.get(t, "/v1/decisions?ad_id="+theAd+"&products="+products); w.StatusCode != status {
			t.Errorf("%s: %d %s", products, w.StatusCode, body)
		}
	}
}
