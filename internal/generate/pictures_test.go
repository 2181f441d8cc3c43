package generate

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/edition"
	paint "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// square is the file of a picture as wide as high.
func square(side int) []byte {
	var file bytes.Buffer
	_ = png.Encode(&file, image.NewGray(image.Rect(0, 0, side, side))) // a buffer takes all
	return file.Bytes()
}

// painter makes files that name what they were made of, and counts how often it is asked. It refuses what is 13 pixels wide.
func painter(asked *atomic.Int64) paint.Maker {
	return func(_ context.Context, r paint.Request) ([]paint.Made, error) {
		asked.Add(1)
		info, err := media.Inspect(r.Source)
		if err != nil || info.Width == 13 {
			return []paint.Made{{Code: "scene", Reason: "Too busy."}}, err
		}
		var all []paint.Made
		add := func(m paint.Made) {
			m.Data, m.Type, m.Generator, m.Confidence = fmt.Appendf(nil, "%s %x %s %s %s", r.Feature, media.Hash(r.Source), m.Ratio, m.Style, r.Options["seed"]), "image/png", "embedded", 0.75
			all = append(all, m)
		}
		for _, style := range r.Styles {
			add(paint.Made{Style: style, Width: info.Width, Height: info.Height})
		}
		for _, t := range r.Targets {
			if r.Styles == nil {
				add(paint.Made{Target: t, Width: t.Width, Height: t.Height, Light: fmt.Append(nil, t.Ratio, r.Options["seed"])})
			}
		}
		return all, nil
	}
}

// opted inserts a creative that opts in to features of pictures, and orders them.
func opted(ctx context.Context, tx store.Tx, s *Service, kind Kind, content map[string]any, features ...paint.Feature) (string, error) {
	spec := map[string]any{}
	for _, name := range features {
		spec[string(name)] = map[string]any{"enroll_status": "OPT_IN"}
	}
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	c := &store.Object{ID: id, Seq: seq, Type: "adcreative", AccountID: "1", Status: object.Active, Data: map[string]any{"degrees_of_freedom_spec": map[string]any{"creative_features_spec": spec}}}
	maps.Copy(c.Data, content)
	c.Refs = refs(c)
	if err := tx.Insert(ctx, c); err != nil {
		return "", err
	}
	_, err = s.Enqueue(ctx, tx, Order{Kind: kind, Actor: author, Creative: c, Features: features, Now: s.now() / 1000})
	return id, err
}

// ordered is opted in a transaction of its own.
func (f *fixture) ordered(kind Kind, content map[string]any, features ...paint.Feature) (id string) {
	f.Helper()
	f.write(func(tx store.Tx) (err error) {
		id, err = opted(f.Context(), tx, f.Service, kind, content, features...)
		return err
	})
	return id
}

// showing is a creative's content with one picture, given by what names it.
func showing(name, ref string) map[string]any {
	return map[string]any{"object_story_spec": map[string]any{"page_id": "3", "link_data": map[string]any{"message": message, "link": "https://example.com", name: ref}}}
}

// upload keeps a file and answers its hash.
func (f *fixture) upload(data []byte) string {
	f.Helper()
	f.write(func(tx store.Tx) error { return tx.PutBlob(f.Context(), media.Hash(data), "image/png", data) })
	return media.Hash(data)
}

// said is what rows of pictures say, oldest first.
func said(assets []*store.Object) (all []string) {
	for _, a := range assets {
		all = append(all, fmt.Sprintf("%s %s%s %s%s", a.Text("feature"), a.Text("ratio"), a.Text("style"), a.Status, a.Text("code")))
	}
	return all
}

// Pictures are made once of each source, shown in the places they are for once approved, and never come back once rejected.
func TestPicturesOfCreative(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var asked atomic.Int64
		f := newFixture(t, db, func(c *Config) { c.Paint, c.Poll = painter(&asked), time.Millisecond })
		hash := f.upload(square(40))
		content := showing("image_hash", hash)
		id := f.ordered(Images, content, paint.Uncrop, paint.Brightness)
		if c, _, _ := f.read(id); c.Status != edition.InProcess {
			t.Error("the creative reads " + c.Status)
		}
		f.run(f.Service)
		c, assets, _ := f.read(id)
		if diff := cmp.Diff([]string{"image_uncrop 4:5 PENDING", "image_uncrop 9:16 PENDING", "image_brightness_and_contrast  PENDING"}, said(assets)); diff != "" || c.Status != object.Active {
			t.Fatal(c.Status, diff)
		}
		if err := f.activate(author, id, "9"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.review(reviewer, id, Verdict{assets[1].ID, Reject}); err != nil {
			t.Fatal(err)
		}
		c, assets, e := f.read(id)
		byID := map[string]*store.Object{}
		for _, a := range assets {
			byID[a.ID] = a
		}
		shown := edition.Deliverable(c, e, byID)
		if r, ok := edition.Rendition(shown, hash, "MOBILE_FEED_STANDARD"); !ok || r.Hash != assets[0].Text("image_hash") || r.Width != 1080 || r.Height != 1350 {
			t.Errorf("%+v", r)
		}
		if r, ok := edition.Rendition(shown, hash, "INSTAGRAM_STORY"); ok {
			t.Errorf("a rejected one is shown: %+v", r)
		}
		if got := len(edition.Originals(shown)); got != 2 || !edition.Intact(c, e, byID) {
			t.Errorf("%d pictures in the feed of %v", got, shown)
		}

		before := asked.Load()
		second := f.ordered(Images, content, paint.Uncrop)
		f.run(f.Service)
		_, more, _ := f.read(second)
		if diff := cmp.Diff([]string{"image_uncrop 4:5 PENDING", "image_uncrop 9:16 INELIGIBLErejected"}, said(more)); diff != "" || asked.Load() != before {
			t.Errorf("asked %d times more: %s", asked.Load()-before, diff)
		}
		for asset, want := range map[*store.Object]string{assets[2]: "generation.same", more[1]: "generation.asset"} {
			if _, err := f.review(reviewer, id, Verdict{asset.ID, Regenerate}); rule(t, err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := f.review(reviewer, second, Verdict{more[1].ID, Approve}); rule(t, err) != "generation.state" {
			t.Error(err)
		}
		if _, err := f.review(reviewer, id, Verdict{assets[1].ID, Regenerate}); err != nil {
			t.Fatal(err)
		}
		f.run(f.Service)
		_, assets, _ = f.read(id)
		if len(assets) != 4 || assets[3].Text("ratio") != "9:16" || assets[3].Text("previous") != assets[1].ID || assets[3].Text("image_hash") == assets[1].Text("image_hash") || assets[3].Status != object.AssetPending {
			t.Errorf("%v", said(assets))
		}
		if v, kinds := f.verified(); v.Why != "" || kinds[recordGenerated] != 5 {
			t.Error(v, kinds)
		}
		f.guards(assets[0].Text("image_hash"))
		f.guards(edition.Light(assets[0].Text("image_hash")))
	})
}

// guards is an error when verification overlooks that the file of a picture is another, or gone.
func (f *fixture) guards(hash string) {
	f.Helper()
	for statement, want := range map[string]string{
		"UPDATE blobs SET data = 'another' WHERE hash = '" + hash + "'": "the file of its picture " + hash + " was changed",
		"DELETE FROM blobs WHERE hash = '" + hash + "'":                 "the file of its picture " + hash + " is gone",
	} {
		if v := f.damaged(nil, statement); v.Seq == 0 || v.Why != want {
			f.Errorf("%s: %+v", statement, v)
		}
	}
}

// What cannot be made says why, and holds up neither the creative nor its ads.
func TestIneligiblePictures(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Paint, c.Poll = painter(new(atomic.Int64)), time.Millisecond
		c.Fetch = func(_ context.Context, address string) ([]byte, error) {
			if address == "https://example.com/a" {
				return square(40), nil
			}
			return nil, object.Broken("fetch.status", 0, "nothing is there", "image_url")
		}
	})
	for want, content := range map[string]map[string]any{
		"scene":   showing("image_hash", f.upload(square(13))),
		"source":  showing("image_hash", "0123456789abcdef0123456789abcdef"),
		"picture": showing("image_hash", f.upload([]byte("no picture"))),
		"":        showing("picture", "https://example.com/a"),
	} {
		id := f.ordered(Images, content, paint.Uncrop)
		f.run(f.Service)
		c, assets, _ := f.read(id)
		if len(assets) == 0 || assets[0].Text("code") != want || (assets[0].Status == object.AssetIneligible) != (want != "") || c.Status != object.Active {
			t.Errorf("%q: %v", want, said(assets))
		}
		if err := f.activate(author, id, "9"); err != nil {
			t.Error(err)
		}
	}
	lost := f.ordered(Images, showing("picture", "https://example.com/b"), paint.Uncrop)
	for i := range patience + 1 {
		if _, assets, _ := f.read(lost); len(assets) > 0 {
			t.Errorf("given up after %d attempts", i)
		}
		f.runUntil(func() bool { state, _, attempt, _ := f.job(lost); return state != running && attempt == i+1 })
		f.clock.Add(time.Minute.Milliseconds())
	}
	if _, assets, _ := f.read(lost); len(assets) != 1 || assets[0].Text("code") != edition.Unread {
		t.Errorf("%v", said(assets))
	}
}

// stock puts items into a product set, of which each two have the same picture.
func (f *fixture) stock(from, to int) {
	f.Helper()
	f.write(func(tx store.Tx) error {
		for i := from; i < to; i++ {
			item := &store.Object{ID: fmt.Sprint("i", i), Type: "productitem", Refs: []store.Ref{{Field: "set_ids", To: "set"}}, Data: map[string]any{"image_url": fmt.Sprint("https://shop.example/", i/2)}}
			if err := tx.Insert(f.Context(), item); err != nil {
				return err
			}
		}
		return nil
	})
}

// catalogAd is the content of a creative that shows the items of that set.
func catalogAd() map[string]any {
	return map[string]any{"product_set_id": "set", "object_story_spec": map[string]any{"page_id": "3", "template_data": map[string]any{"message": "{{product.name}}", "link": "https://example.com"}}}
}

// shop is what lies at the addresses of the items: a picture for each, which of every tenth is refused and of every 25th is not there.
func shop(_ context.Context, address string) ([]byte, error) {
	var n int
	if _, err := fmt.Sscanf(address, "https://shop.example/%d", &n); err != nil {
		return nil, err
	}
	switch {
	case n%25 == 24:
		return nil, object.Broken("fetch.status", 0, "nothing is there", "image_url")
	case n%10 == 9:
		return square(13), nil
	}
	return square(20 + n), nil
}

// backdrops are the pictures of the items that the set of the tests has, by item.
func (f *fixture) backdrops(recipe string) (all map[string][]edition.Backdrop) {
	f.Helper()
	if err := f.db.Read(f.Context(), func(tx store.Tx) (err error) {
		items, err := tx.List(f.Context(), store.Listing{Type: "productitem", Field: "set_ids", To: "set"}, store.Page{})
		if err == nil {
			all, err = edition.Backdrops(f.Context(), tx, items, string(paint.Background), recipe, f.now()/1000)
		}
		return err
	}); err != nil {
		f.Fatal(err)
	}
	return all
}

// The items of a product set are worked through in slices, each picture once; styles are reviewed as one; and what changes in the set is found later.
func TestPicturesOfItems(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var asked atomic.Int64
		f := newFixture(t, db, func(c *Config) { c.Paint, c.Poll, c.Fetch, c.Workers = painter(&asked), time.Millisecond, shop, 1 })
		f.stock(0, 100)
		id := f.ordered(Backgrounds, catalogAd(), paint.Background)
		f.run(f.Service)
		c, assets, _ := f.read(id)
		if len(assets) != styles || c.Status != object.Active || asked.Load() != 45 {
			t.Fatalf("%s, %v, asked %d times", c.Status, said(assets), asked.Load())
		}
		all := f.backdrops(assets[0].Text("recipe"))
		if len(all) != 100 || len(all["i0"]) != styles || all["i0"][0].Hash != all["i1"][0].Hash || all["i18"][0].Code != "scene" || all["i48"][0].Code != edition.Unread {
			t.Errorf("%d: %v %v %v", len(all), all["i0"], all["i18"], all["i48"])
		}
		progress := func() Progress {
			var g map[string]Generation
			f.write(func(tx store.Tx) (err error) { g, err = Generations(t.Context(), tx, []string{id}); return err })
			return *g[id].Progress
		}
		if p := progress(); p.Done != 100 || p.Total != 100 || p.Eligible != 88 || p.Ineligible != 8 || p.Failed != 4 || len(p.Examples) != 12 {
			t.Errorf("%+v", p)
		}
		if err := f.activate(author, id, "9"); err != nil {
			t.Fatal(err)
		}
		c, assets, e := f.read(id)
		if feed := object.Members(e.Data, "asset_feed_spec"); len(object.Listed(feed, "backgrounds")) != 1+styles || !edition.Unaltered(assets[0]) || c.Text("edition_id") == "" {
			t.Errorf("%v", e.Data)
		}

		f.stock(100, 102)
		f.exec("UPDATE objects SET data = REPLACE(data, 'shop.example/0', 'shop.example/77') WHERE id = 'i0'")
		before := asked.Load()
		f.clock.Add(time.Hour.Milliseconds())
		f.runUntil(func() bool { return len(f.backdrops(assets[0].Text("recipe"))) == 102 && progress().Done == 102 })
		if again := asked.Load() - before; again != 2 {
			t.Errorf("asked %d times for one new and one other picture", again)
		}
		if _, after, _ := f.read(id); len(after) != styles || after[0].Status != object.AssetApproved {
			t.Errorf("%v", said(after))
		}
		if v, _ := f.verified(); v.Why != "" {
			t.Error(v)
		}
		f.guards(all["i0"][0].Hash)
		second := f.ordered(Backgrounds, catalogAd(), paint.Background)
		f.run(f.Service)
		if told := f.pictureRecords(second); told != 90 { // of 102, without 8 that are refused and 4 that are not there
			t.Errorf("the ledger tells of pictures of %d items of another creative that shows them", told)
		}
	})
}

// pictureRecords is of how many items the ledger tells, that pictures were made of them for a creative.
func (f *fixture) pictureRecords(creative string) (n int) {
	f.Helper()
	f.write(func(tx store.Tx) error {
		_, err := Verify(f.Context(), tx, func(r Record) {
			if r.Creative == creative && r.Kind == recordGenerated {
				n += strings.Count(r.Body, `"item":`)
			}
		})
		return err
	})
	return n
}

// Once a brand has other colours its backgrounds are made anew, and take the place of those before as soon as they are approved. What was said of an empty set
// is not said any more once it has items.
func TestBackgroundsInOtherColours(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), func(c *Config) { c.Paint, c.Poll, c.Fetch = painter(new(atomic.Int64)), time.Millisecond, shop })
	id := f.ordered(Backgrounds, catalogAd(), paint.Background)
	f.run(f.Service)
	told := func() (recipes map[string]int) {
		c, assets, _ := f.read(id)
		recipes = map[string]int{}
		for _, made := range edition.Transformations(c, assets, string(paint.Background), "MOBILE_FEED_STANDARD") {
			recipes[made.Status+made.Recipe]++
		}
		return recipes
	}
	shown := func() (recipes map[string]int) {
		_, _, e := f.read(id)
		recipes = map[string]int{}
		for _, elem := range object.Listed(object.Members(e.Data, "asset_feed_spec"), "backgrounds") {
			recipes[object.Text(elem.(map[string]any), "recipe")]++
		}
		return recipes
	}
	if got := told(); len(got) != 1 || got[edition.Ineligible+recipeOf(f, id, 0)] != 1 {
		t.Fatalf("of no items: %v", got)
	}
	f.stock(0, 4)
	for i, colours := range [][]any{nil, {"#1b4332"}} {
		f.setting("brand_colors", colours)
		f.clock.Add(time.Hour.Milliseconds())
		f.runUntil(func() bool { state, _, attempt, _ := f.job(id); return state == resting && attempt == i+2 })
		recipe := recipeOf(f, id, 1+i*styles)
		if got := told(); len(got) != 1 || got[edition.Eligible+recipe] != styles {
			t.Errorf("in colours %v are made %v", colours, got)
		}
		if err := f.activate(author, id, "9"); err != nil {
			t.Fatal(err)
		}
		if got := shown(); len(got) != 2 || got[""] != 1 || got[recipe] != styles {
			t.Errorf("in colours %v are shown %v", colours, got)
		}
	}
}

// A model that fails at an item is asked again in the next rounds, and not for ever.
func TestModelThatFails(t *testing.T) {
	t.Parallel()
	asked := new(atomic.Int64)
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Poll, c.Fetch, c.Paint = time.Millisecond, shop, func(ctx context.Context, r paint.Request) ([]paint.Made, error) {
			made, err := painter(asked)(ctx, r)
			for i := range made {
				made[i].Fallback = "the model refuses"
			}
			return made, err
		}
	})
	f.stock(0, 1)
	id := f.ordered(Backgrounds, catalogAd(), paint.Background)
	for round := 1; round <= modelRounds+2; round++ {
		f.runUntil(func() bool { state, _, attempt, _ := f.job(id); return state == resting && attempt == round })
		f.clock.Add(time.Hour.Milliseconds())
	}
	if got := asked.Load(); got != modelRounds {
		t.Errorf("asked %d times", got)
	}
}

// recipeOf is the recipe of one of a creative's assets.
func recipeOf(f *fixture, id string, i int) string {
	f.Helper()
	_, assets, _ := f.read(id)
	if len(assets) <= i {
		f.Fatalf("there are %d assets", len(assets))
	}
	return assets[i].Text("recipe")
}

// A painter that takes longer than a lease keeps its job: no other process takes it over.
func TestSlowPainter(t *testing.T) {
	t.Parallel()
	var f *fixture
	var asked atomic.Int64
	slow := func(c *Config) {
		c.Lease, c.Painting, c.Poll = 300*time.Millisecond, time.Minute, time.Millisecond
		c.Paint = func(ctx context.Context, r paint.Request) ([]paint.Made, error) {
			for range 12 {
				time.Sleep(50 * time.Millisecond)
				f.clock.Add(50)
			}
			return painter(&asked)(ctx, r)
		}
	}
	f = newFixture(t, storetest.SQLite(t), slow)
	id := f.ordered(Images, showing("image_hash", f.upload(square(40))), paint.Uncrop)
	f.run(f.Service, f.peer(slow))
	if _, problem, attempt, failures := f.job(id); attempt != 1 || failures != 0 || asked.Load() != 1 {
		t.Errorf("%d attempts, %d failures, painted %d times: %s", attempt, failures, asked.Load(), problem)
	}
}

// An item that the painter panics at again and again is left for later, and what it ran into is no failure of the others.
func TestItemThatFails(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Fetch, c.Paint = shop, func(ctx context.Context, r paint.Request) ([]paint.Made, error) {
			if info, err := media.Inspect(r.Source); err != nil || info.Width == 20 {
				panic("a strange picture")
			}
			return painter(&asked)(ctx, r)
		}
	})
	f.stock(0, 6)
	id := f.ordered(Backgrounds, catalogAd(), paint.Background)
	for i := range patience + 1 {
		f.runUntil(func() bool { state, _, attempt, _ := f.job(id); return state != running && attempt == i+1 })
		f.clock.Add(time.Minute.Milliseconds())
	}
	_, assets, _ := f.read(id)
	if state, _, _, _ := f.job(id); state != resting || len(assets) != styles {
		t.Fatal(state, said(assets))
	}
	if all := f.backdrops(assets[0].Text("recipe")); len(all) != 6 || all["i0"][0].Code != edition.Unread || all["i5"][0].Hash == "" {
		t.Errorf("%v", all)
	}
}

// A large product set lets every other job go first, and shows what it has made now and then before it is through.
func TestLargeProductSet(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	f := newFixture(t, storetest.SQLite(t), func(c *Config) { c.Paint, c.Poll, c.Fetch, c.Workers = painter(&asked), time.Millisecond, shop, 1 })
	f.stock(0, shownEach+100)
	id := f.ordered(Backgrounds, catalogAd(), paint.Background)
	f.clock.Add(1000)
	later := f.create("text_generation")
	due := func() (creative string) {
		f.write(func(tx store.Tx) error {
			job, err := f.dueJob(t.Context(), tx, f.now())
			if err != nil {
				return err
			}
			return tx.QueryRow(t.Context(), "SELECT creative_id FROM jobs WHERE id = ?", job).Scan(&creative)
		})
		return creative
	}
	if got := due(); got != later {
		t.Errorf("the job of %s goes first, not the texts of %s", got, later)
	}
	if err := f.Await(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	if got := due(); got != id {
		t.Errorf("%s is next", got)
	}
	before := f.db.Version()
	f.run(f.Service)
	if saved := f.db.Version() - before; saved != 3 {
		t.Errorf("the creative was saved %d times: with its styles, after %d items, and at the end", saved, shownEach)
	}
}
