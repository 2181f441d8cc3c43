package console

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	paint "github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/backdrop"
	"github.com/marquetry/marquetry/internal/media/retouch"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// drawn is the file of a grey picture, 40 pixels wide.
func drawn(height int) []byte {
	var file bytes.Buffer
	_ = png.Encode(&file, image.NewGray(image.Rect(0, 0, 40, height))) // a buffer takes all
	return file.Bytes()
}

// fetched is what the fixture's shop answers: a picture, but for what is lost.
func fetched(_ context.Context, address string) ([]byte, error) {
	if strings.Contains(address, "lost") {
		return nil, object.Broken("fetch.status", 0, "shop.example answered <404>", "image_url")
	}
	return drawn(40 + len(address)), nil
}

// painted is what the fixture's painters make: expansions to 4:5 by rules, none to 9:16, templates by a model, and a background in each style but one.
func painted(_ context.Context, r paint.Request) ([]paint.Made, error) {
	var all []paint.Made
	add := func(m paint.Made) {
		if m.Code == "" {
			m.Data, m.Type, m.Width, m.Height = fmt.Appendf(nil, "%s %s %s %x", r.Feature, m.Ratio, m.Style, media.Hash(r.Source)), "image/png", m.Target.Width, m.Target.Height
		}
		all = append(all, m)
	}
	for _, t := range r.Targets {
		switch {
		case r.Styles != nil:
			for i, style := range r.Styles {
				m := paint.Made{Target: t, Style: style, Generator: "embedded"}
				if i == 1 && t.Width%2 == 0 {
					m.Code, m.Reason = "foot", "It cannot stand <there>."
				}
				add(m)
			}
		case r.Feature == paint.Templates:
			add(paint.Made{Target: t, Style: "bar", Generator: "openai", Model: "gpt-<b>image</b>", Confidence: 0.55})
		case t.Ratio == "9:16":
			add(paint.Made{Target: t, Code: "subject.cut", Reason: "A <person> is cut."})
		default:
			add(paint.Made{Target: t, Kept: [4]int{0, 135, 1080, 1215}, Generator: "embedded", Confidence: 0.93})
		}
	}
	return all, nil
}

// newGallery is a studio with pictures: of the creative "shoes", of "far", whose picture lies elsewhere, and of the items of "shop".
func newGallery(t testing.TB) *studio {
	t.Helper()
	s := emptyStudio(t, false)
	hash := media.Hash(drawn(40))
	s.write(func(tx store.Tx) error {
		for i, name := range []string{"Boots <b>brown</b>", "Sandals", "lost laces"} {
			item := &store.Object{ID: fmt.Sprint(70 + i), Seq: int64(5000 + i), Type: "productitem", Refs: []store.Ref{{Field: "set_ids", To: "60"}},
				Data: map[string]any{"name": name, "image_url": "https://shop.example/" + strings.ReplaceAll(name, " ", "-"), "price": int64(1999), "currency": "USD"}}
			if err := tx.Insert(t.Context(), item); err != nil {
				return err
			}
		}
		return tx.PutBlob(t.Context(), hash, "image/png", drawn(40))
	})
	story := func(kind string, data map[string]any) map[string]any {
		data["message"], data["link"] = "Shoes {{product.name}} for every road.", "https://www.shoes.example/"
		return map[string]any{"object_story_spec": map[string]any{"page_id": "31", kind: data}}
	}
	s.order("shoes", generate.Images, story("link_data", map[string]any{"image_hash": hash, "name": "Run <i>fast</i>"}), paint.Templates, paint.Uncrop)
	s.order("far", generate.Images, story("link_data", map[string]any{"picture": "https://shop.example/<far>"}), paint.Uncrop)
	shop := story("template_data", map[string]any{"name": "{{product.name}}"})
	shop["product_set_id"] = "60"
	s.order("shop", generate.Backgrounds, shop, paint.Background)
	return s
}

// order makes a creative of account 21 that opts in to features of pictures, ordered by user 7, and waits for them.
func (s *studio) order(name string, kind generate.Kind, content map[string]any, features ...paint.Feature) {
	s.Helper()
	s.write(func(tx store.Tx) error {
		id, seq, err := tx.NextID(s.Context())
		if err != nil {
			return err
		}
		s.ids[name] = id
		spec := map[string]any{}
		for _, f := range features {
			spec[string(f)] = map[string]any{"enroll_status": "OPT_IN"}
		}
		made := &store.Object{ID: id, Seq: seq, Type: "adcreative", AccountID: "21", Status: object.Active, Created: clock().Unix(),
			Data: map[string]any{"name": name + " <b>new</b>", "degrees_of_freedom_spec": map[string]any{"creative_features_spec": spec}}}
		maps.Copy(made.Data, content)
		made.Refs = refs(made)
		if err := tx.Insert(s.Context(), made); err != nil {
			return err
		}
		who := generate.Actor{ID: "7", Name: "manager", Person: true}
		_, err = s.service.Enqueue(s.Context(), tx, generate.Order{Kind: kind, Actor: who, Creative: made, Features: features, Now: clock().Unix()})
		return err
	})
	s.work(name)
}

// work does the jobs of a creative.
func (s *studio) work(name string) {
	s.Helper()
	ctx, stop := context.WithTimeout(s.Context(), time.Minute)
	ended := make(chan struct{})
	go func() {
		_ = s.service.Run(ctx)
		close(ended)
	}()
	for status := edition.InProcess; status == edition.InProcess; time.Sleep(time.Millisecond) {
		err := s.db.Read(ctx, func(tx store.Tx) error {
			c, err := tx.Object(ctx, s.ids[name])
			if err == nil {
				status = c.Status
			}
			return err
		})
		if err != nil {
			s.Fatal(err)
		}
	}
	stop()
	<-ended
}

// asset is the id of the asset of a creative that is of some state, in the order in which they were made.
func (s *studio) asset(name, state string, n int) string {
	s.Helper()
	found := edition.In(state, s.assets(name))
	if n >= len(found) {
		s.Fatalf("%d assets of %s are %s", len(found), name, state)
	}
	return found[n].ID
}

// TestPicturesGolden compares whole pages: pictures beside their originals, styles with items of the set, and what could not be made.
func TestPicturesGolden(t *testing.T) {
	t.Parallel()
	s := newGallery(t)
	reviewer := s.as("reviewer")
	for _, name := range []string{"shoes", "shop"} {
		status, page := s.look(reviewer, name, "")
		if status != http.StatusOK {
			t.Errorf("%s: %d", name, status)
		}
		golden(t, "pictures_"+name, page)
		for _, bad := range []string{"<script>", "<b>", "<i>", "style=", "onclick", "src=\"http", "src=\"https", "<404>", "<person>", "<there>", "<far>"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s contains %s", name, bad)
			}
		}
	}
	if _, page := s.look(reviewer, "far", ""); !strings.Contains(page, "https://shop.example/&lt;far&gt;") || strings.Contains(page, "src=\"http") {
		t.Error("a picture that lies elsewhere is loaded, or not named")
	}
	if page := body(t, get(s, reviewPath, reviewer)); !strings.Contains(page, "7 pictures waiting") || !strings.Contains(page, "2 pictures</td>") {
		t.Errorf("the queue: %s", page)
	}
}

// TestPicturesAreDecided approves, rejects and regenerates pictures and styles, and is told what cannot be.
func TestPicturesAreDecided(t *testing.T) {
	t.Parallel()
	s := newGallery(t)
	reviewer := s.as("reviewer")
	expansion, style := s.asset("shoes", object.AssetPending, 1), s.asset("shop", object.AssetPending, 0)
	template, lost := s.asset("shoes", object.AssetPending, 0), s.asset("shoes", object.AssetIneligible, 0)
	for _, try := range []struct{ name, asset, action, want string }{
		{"shoes", template, "regenerate", `role="alert">Image_templates would make the very same picture again`},
		{"shoes", lost, "approve", `role="alert">There is nothing to decide about`},
		{"shop", style, "regenerate", `role="alert">Image_background_gen would make the very same picture again`},
	} {
		r := s.post(reviewer, try.name, try.asset, try.action)
		if page := body(t, r); r.StatusCode != http.StatusConflict || !strings.Contains(page, try.want) {
			t.Errorf("%s of %s: %d\n%s", try.action, try.name, r.StatusCode, page)
		}
	}
	for _, try := range [][3]string{{"shoes", template, "reject"}, {"shoes", expansion, "approve"}, {"shop", style, "approve"}, {"far", s.asset("far", object.AssetPending, 0), "regenerate"}} {
		if r := s.post(reviewer, try[0], try[1], try[2]); r.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d\n%s", try[2], r.StatusCode, body(t, r))
		}
	}
	_, page := s.look(reviewer, "shoes", "")
	for _, want := range []string{`id="text-` + expansion + `" tabindex="-1" data-state="APPROVED"`, "1 rejected", "<bdi>Templates: Headline in a bar</bdi>", "Nothing of this creative waits"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s:\n%s", want, page)
		}
	}
	if _, page := s.look(reviewer, "far", ""); !strings.Contains(page, "Being made") || !strings.Contains(page, `hx-trigger="every 2s"`) {
		t.Error("the page does not wait for the picture that was ordered")
	}
	if page := body(t, get(s, reviewPath, reviewer)); !strings.Contains(page, "Image expansion to 4:5") {
		t.Error("what was decided lately has no names")
	}
}

// TestProgress follows the job of a product set: while it runs the bar asks again by itself, and once there is more to be seen the page around it does.
func TestProgress(t *testing.T) {
	t.Parallel()
	s := newGallery(t)
	key := s.as("reviewer")
	have := len(s.assets("shop"))
	job := func(state string, done int) {
		s.write(func(tx store.Tx) error {
			_, err := tx.Exec(t.Context(), "UPDATE jobs SET state = ?, result = ? WHERE creative_id = ?", state,
				fmt.Sprintf(`{"progress":{"done":%d,"total":1000,"eligible":%d,"failed":10,"after":7}}`, done, done-10), s.ids["shop"])
			return err
		})
	}
	address := func(have int, version string) string {
		return fmt.Sprintf("%s/%s/progress?have=%d&v=%s", reviewPath, s.ids["shop"], have, version)
	}
	job("RUNNING", 250)
	r := get(s, address(have, ""), key)
	bar := body(t, r)
	if r.StatusCode != http.StatusOK || r.Header.Get("HX-Trigger") != "" || !strings.Contains(bar, `aria-valuenow="25"`) || !strings.Contains(bar, "250 of 1,000, being made") ||
		!strings.Contains(bar, `width="240"`) {
		t.Errorf("%d %v\n%s", r.StatusCode, r.Header, bar)
	}
	_, version, _ := strings.Cut(bar, "&amp;v=")
	version, _, _ = strings.Cut(version, `"`)
	if r := get(s, address(have, version), key); r.StatusCode != http.StatusNoContent {
		t.Errorf("nothing new: %d", r.StatusCode)
	}
	if r := get(s, address(have-1, version), key); r.Header.Get("HX-Trigger") != "made" {
		t.Error("another style is there, and the page is not told")
	}
	if _, page := s.look(key, "shop", ""); !strings.Contains(page, `/texts?v=`) || !strings.Contains(page, `hx-trigger="made"`) {
		t.Error("the page does not listen")
	}
	job("DONE", 1000)
	if r := get(s, address(have, version), key); r.Header.Get("HX-Trigger") != "made" || strings.Contains(body(t, r), "hx-get") {
		t.Errorf("at the end: %v", r.Header)
	}
	for _, other := range []string{reviewPath + "/" + s.ids["shoes"] + "/progress", reviewPath + "/99/progress"} {
		if r := get(s, other, key); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", other, r.StatusCode)
		}
	}
}

// TestAdWithPictures checks that an ad's page shows what stands in for its pictures, and a catalog ad's its backgrounds with an item of the set.
func TestAdWithPictures(t *testing.T) {
	t.Parallel()
	s := newGallery(t)
	for _, name := range []string{"shoes", "shop"} {
		s.post(s.as("reviewer"), name, s.asset(name, object.AssetPending, 0), "approve")
	}
	s.post(s.as("reviewer"), "shoes", s.asset("shoes", object.AssetPending, 0), "approve")
	s.write(func(tx store.Tx) error {
		for i, name := range []string{"shoes", "shop"} {
			ad := &store.Object{ID: fmt.Sprint(90 + i), Seq: int64(9000 + i), Type: "ad", AccountID: "21", Status: object.Active, Data: map[string]any{"name": name, "creative_id": s.ids[name]}}
			if err := tx.Insert(t.Context(), ad); err != nil {
				return err
			}
		}
		return nil
	})
	key := s.as("of 21")
	for ad, wants := range map[string][]string{
		"90": {`alt="Image expansion to 4:5" width="1080" height="1350"`, "Facebook feed, Instagram feed", "<span>Templates: Headline in a bar</span>", "What was generated"},
		"91": {"<caption>Backgrounds", "Background: Own picture", "<span>Own picture</span>", "Shoes Sandals for every road.", "3 generated and waiting"},
	} {
		page := body(t, get(s, "/console/ads/"+ad, key))
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s:\n%s", ad, want, page)
			}
		}
	}
}

// TestPictureWords checks that every feature, style, layout and placement has a name of its own.
func TestPictureWords(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	named := func(id, words string) {
		t.Helper()
		if other, taken := seen[words]; words == "" || strings.EqualFold(words, id) && id != "dots" && id != "terrazzo" || strings.Contains(words, "_") || taken && other != id {
			t.Errorf("%s is called %q, like %q", id, words, other)
		}
		seen[words] = id
	}
	for _, f := range paint.Performed() {
		named(string(f), featureLabel(string(f)))
		if !slices.Contains(features(), string(f)) {
			t.Errorf("%s has no place on the page", f)
		}
		for _, target := range paint.Targets(f, 1000, 100) {
			for _, place := range target.Placements {
				named(place, placementLabel(place))
				if !slices.Contains(placements(), place) {
					t.Errorf("%s has no place in a list", place)
				}
			}
		}
	}
	for _, style := range backdrop.Styles() {
		named(string(style), styleLabel(string(style)))
	}
	for _, layout := range retouch.Layouts() {
		named(string(layout), styleLabel(string(layout)))
	}
	for confidence, want := range map[float64]string{1: "very (1.00)", 0.8958: "very (0.90)", 0.76: "quite (0.76)", 0.61: "fairly; look at what was added (0.61)", 0.5: "hardly; look closely (0.50)"} {
		if got := sureness(confidence); got != want {
			t.Errorf("%v is %s", confidence, got)
		}
	}
}
