package deliver

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// theSet is the product set of the catalog creative, theStyle the one background that was made of its first item.
const (
	theSet     = "120200000000000030"
	theCatalog = "120200000000000024" // the creative
	theStyle   = "tint"
)

// catalogCreative is one that shows the items of theSet, as an edition has it: with two styles of backgrounds.
func catalogCreative() *store.Object {
	return &store.Object{ID: theCatalog, Type: "adcreative", AccountID: theAccount, Status: "ACTIVE", Created: noon.Unix() - 9, Data: map[string]any{
		"product_set_id": theSet,
		"object_story_spec": map[string]any{"page_id": thePage, "template_data": map[string]any{
			"message": "Test {{product.name | titleize}}", "name": "Headline {{product.current_price}}", "link": "https://www.shop.example/",
		}},
		"asset_feed_spec": map[string]any{"backgrounds": []any{
			map[string]any{"style": edition.OriginalStyle},
			map[string]any{"style": theStyle, "recipe": "r", "feature": "image_background_gen"},
			map[string]any{"style": "never made", "recipe": "r", "feature": "image_background_gen"},
		}},
	}}
}

// productObject is an item of theSet.
func productObject(n int, availability string) *store.Object {
	id := fmt.Sprintf("1202000000000001%02d", n)
	return &store.Object{ID: id, Type: "productitem", Created: noon.Unix() - 9, Updated: noon.Unix() - 9, Refs: []store.Ref{{Field: "set_ids", To: theSet}}, Data: map[string]any{
		"name": "red mug", "price": int64(900), "currency": "USD", "availability": availability, "visibility": "published",
		"image_url": "https://shop.example/" + id + ".jpg", "url": "https://shop.example/buy?id=" + id,
	}}
}

// show puts a creative and has the ad show it, with other objects before.
func (f *fixture) show(t *testing.T, made *store.Object, others ...*store.Object) {
	t.Helper()
	ad := adObject(theAd, theAdSet, 0)
	ad.Data["creative_id"] = made.ID
	f.put(t, append(others, made, ad)...)
}

// paint says that a picture of an item was made.
func (f *fixture) paint(t *testing.T, item *store.Object, hash string) {
	t.Helper()
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		results := fmt.Sprintf(`[{"style":%q,"image_hash":%q}]`, theStyle, hash)
		if _, err := tx.Exec(t.Context(), "INSERT INTO pictures (id, results, created) VALUES (?, ?, 0)", "p", results); err != nil {
			return err
		}
		_, err := tx.Exec(t.Context(), "INSERT INTO item_pictures (item_id, recipe, input, picture, reason, updated) VALUES (?, 'r', ?, 'p', '', 1)",
			item.ID, edition.Input("image_background_gen", item.Data, noon.Unix()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestShelf shows the items of a catalog: only those that can be bought, backgrounds only where they were made and only in the mobile feed, with
// the probability of what is seen.
func TestShelf(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	first, second := productObject(1, "in stock"), productObject(2, "in stock")
	painted := strings.Repeat("ab", 16)
	f.paint(t, first, painted)
	f.show(t, catalogCreative(), first, second, productObject(3, "out of stock"))

	seen := map[string]float64{} // propensity by what is shown
	for i := range 200 {
		for _, placement := range []string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STORY"} {
			d := f.decide(t, client.DecisionRequest{AdID: theAd, Placement: placement, Viewer: client.Viewer{ID: fmt.Sprint(i), Country: "US", Age: "25-34"}})
			if got := d.Assets["body"].Text + d.Assets["title"].Text; got != "Test Red MugHeadline $9.00" {
				t.Fatalf("texts are %q", got)
			}
			if !strings.Contains(d.Assets["link"].URL, d.ProductID) || !strings.Contains(d.HTML, d.Assets["image"].URL) {
				t.Fatalf("item %s leads to %s, in %s", d.ProductID, d.Assets["link"].URL, d.HTML)
			}
			seen[strings.Join([]string{placement, d.ProductID, d.Assets["image"].URL}, " ")] = d.Propensity
		}
	}
	want := map[string]float64{
		"MOBILE_FEED_STANDARD " + first.ID + " https://ads.example/media/" + painted: 1. / 3,
		"MOBILE_FEED_STANDARD " + first.ID + " " + first.Text("image_url"):           2. / 3,
		"MOBILE_FEED_STANDARD " + second.ID + " " + second.Text("image_url"):         1,
		"INSTAGRAM_STORY " + first.ID + " " + first.Text("image_url"):                1,
		"INSTAGRAM_STORY " + second.ID + " " + second.Text("image_url"):              1,
	}
	for what, p := range want {
		if math.Abs(seen[what]-p) > 1e-9 {
			t.Errorf("%s: propensity %v, want %v", what, seen[what], p)
		}
	}
	if len(seen) != len(want) {
		t.Errorf("shown were %v", seen)
	}
}

// TestShelfIsCurrent follows clicks to the item that was shown, also when it is sold out by then, and shows what changed.
func TestShelfIsCurrent(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	mug := productObject(1, "in stock")
	f.show(t, catalogCreative(), mug)
	d := f.decide(t, client1())
	mug.Data["price"], mug.Data["availability"], mug.Updated = int64(1100), "out of stock", noon.Unix()
	f.put(t, mug)
	answer, err := f.Decide(t.Context(), client1(), sandboxCaller(), noon)
	if err != nil || answer.Reason != "no_products" {
		t.Errorf("with nothing left: %+v, %v", answer, err)
	}
	r, _ := f.get(t, strings.TrimPrefix(d.ClickURL, "https://ads.example"))
	if got := r.Header.Get("Location"); !strings.HasPrefix(got, mug.Text("url")+"&") {
		t.Errorf("the click leads to %s", got)
	}
	mug.Data["availability"] = "in stock"
	f.put(t, mug)
	if got := f.decide(t, client1()).Assets["title"].Text; got != "Headline $11.00" {
		t.Errorf("a change within the same second is not seen: %s", got)
	}
}

// TestForms shows a picture in the form that was made for the placement, and in its own elsewhere; it is the same combination.
func TestForms(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	made := creativeObject(theCatalog, noon.Unix()-9)
	own, tall := strings.Repeat("a1", 16), strings.Repeat("d4", 16)
	made.Data["asset_feed_spec"].(map[string]any)["images"] = []any{map[string]any{"hash": own}}
	made.Data["renditions"] = []any{map[string]any{"feature": "image_uncrop", "hash": own, "image_hash": tall, "width": int64(1200), "height": int64(1500), "placements": []any{"INSTAGRAM_STORY", "INSTAGRAM_REELS"}}}
	f.show(t, made)
	at := "https://ads.example/media/" + tall
	widths := at + "/256 256w, " + at + "/512 512w, " + at + "/768 768w, " + at + "/1080 1080w"
	for placement, want := range map[string]client.Asset{
		"INSTAGRAM_STORY":      {URL: at + "/1080", Hash: own, Rendition: "image_uncrop", Width: 1080, Height: 1350, Srcset: widths},
		"MOBILE_FEED_STANDARD": {URL: "https://ads.example/media/" + own, Hash: own},
	} {
		d := f.decide(t, client.DecisionRequest{AdID: theAd, Placement: placement, Viewer: client.Viewer{Country: "US", Age: "25-34"}})
		got := d.Assets["image"]
		want.ID = got.ID
		if got != want || !strings.Contains(d.HTML, want.URL) || strings.Contains(d.HTML, ` width="1080" height="1350" srcset="`+widths+`"`) != (want.Srcset != "") {
			t.Errorf("%s: %+v, want %+v", placement, got, want)
		}
	}
}

// TestShelfReadsWhatChanged reads again only items that changed, were painted or left, even where a change is committed late and is no newer than another one.
func TestShelfReadsWhatChanged(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	items := []*store.Object{productObject(1, "in stock"), productObject(2, "in stock"), productObject(3, "in stock"), productObject(4, "in stock")}
	f.put(t, items...)
	others := map[string]*shelf{}
	read := func(known *shelf) (s *shelf) {
		err := f.db.Read(t.Context(), func(tx store.Tx) (err error) {
			s, err = readShelf(t.Context(), tx, theSet, []backdrop{{theStyle, "r", "image_background_gen"}}, known, others, noon.Unix())
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := read(nil)
	if read(before) != before {
		t.Error("a shelf is read again on which nothing changed")
	}
	painted, late, same, gone := items[0], items[1], items[2], items[3]
	f.paint(t, painted, "ab")
	late.Data["price"], late.Updated = int64(1100), late.Updated-1
	gone.Status = "DELETED"
	f.put(t, late, gone)

	after := read(before)
	if len(after.items) != 3 || after.byID[gone.ID] != nil {
		t.Errorf("%d items are shown, with one that is gone", len(after.items))
	}
	if got := after.byID[painted.ID].pictures[backdrop{theStyle, "r", "image_background_gen"}].hash; got != "ab" {
		t.Errorf("a new picture is %q", got)
	}
	if price, _ := after.byID[late.ID].data.CurrentPrice(noon.Unix()); price != 1100 {
		t.Errorf("a late change is not seen: %d", price)
	}
	if after.byID[same.ID] != before.byID[same.ID] {
		t.Error("an item that is as it was is read again")
	}
	others["of another set"] = after
	after.byID[same.ID].data["name"] = "of both sets"
	if got := read(nil).byID[same.ID].data.Text("name"); got != "of both sets" {
		t.Errorf("an item that another set has, too, is read again: %s", got)
	}
}

// TestDamagedItem leaves the other ads as they are when a row of a product set cannot be read.
func TestDamagedItem(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	mug := productObject(1, "in stock")
	f.show(t, catalogCreative(), mug)
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(t.Context(), "UPDATE objects SET data = 'x', updated = updated + 5 WHERE id = ?", mug.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	other := adObject("120200000000000099", theAdSet, 0)
	f.put(t, other)
	for id, want := range map[string]string{theAd: mug.ID, other.ID: ""} {
		if got := f.decide(t, client.DecisionRequest{AdID: id, Viewer: client1().Viewer}).ProductID; got != want {
			t.Errorf("the ad %s shows item %q, want %q", id, got, want)
		}
	}
}
