package marquetry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// TestTextGenerationInEveryWay makes creatives that opt in as parts of other requests.
func TestTextGenerationInEveryWay(t *testing.T) {
	s := newShop(t)
	set := s.set(nil)
	ad := s.ad(set, s.writing(sample), nil).ID()
	first := s.get(ad, client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative")
	ways := map[string]func() string{
		"a copy that opts in": func() string {
			made := s.post(ad+"/copies", client.Params{"creative_parameters": client.Params{"degrees_of_freedom_spec": s.writing(sample)["degrees_of_freedom_spec"]}})
			return made.String("copied_ad_id")
		},
		"a set of asynchronous requests": func() string {
			made := s.post(s.fresh.AccountID+"/asyncadrequestsets", client.Params{"name": "Spring", "ad_specs": []client.Params{
				{"name": "Later", "adset_id": set, "creative": s.writing(sample)}}})
			return s.get(made.ID()+"/requests", client.Params{"fields": "result"}).List("data")[0].Object("result").ID()
		},
		"an ad that gets another creative": func() string {
			id := s.ad(set, s.link(nil), nil).ID()
			s.post(id, client.Params{"creative": s.writing(sample)})
			return id
		},
	}
	for way, make := range ways {
		made := s.get(make(), client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative")
		texts := bodies(made)
		if made.ID() == first.ID() || len(texts) < 3 || texts[0] != sample {
			t.Errorf("%s has the creative %s with %q", way, made.ID(), texts)
		}
		if own := s.generated(made.ID()); len(own) != len(texts)-1 {
			t.Errorf("%s has %d generated texts among %q: others were taken for the advertiser's", way, len(own), texts)
		}
	}
	changed := s.post(ad+"/copies", client.Params{"creative_parameters": client.Params{"url_tags": "a=b"}}).String("copied_ad_id")
	want(s, "texts of a copy that did not opt in", len(bodies(s.get(changed, client.Params{"fields": "creative{asset_feed_spec}"}).Object("creative"))), 0)
	copied := s.post(ad+"/copies", nil).String("copied_ad_id")
	want(s, "creative of a plain copy", s.get(copied, client.Params{"fields": "creative"}).Object("creative").ID(), first.ID())
}

// TestTextGenerationIsNotTried leaves nothing behind a request that only validates.
func TestTextGenerationIsNotTried(t *testing.T) {
	s := newShop(t)
	s.post(s.fresh.AccountID+"/adcreatives", with(s.writing(sample), client.Params{"execution_options": []string{"validate_only"}}))
	want(s, "creatives", len(s.get(s.fresh.AccountID+"/adcreatives", nil).List("data")), 0)
	for _, line := range strings.Split(s.table("jobs"), "\n") {
		if line != "" {
			t.Errorf("there is the job %s", line)
		}
	}
}

// table is every row of a table.
func (s shop) table(name string) string {
	s.Helper()
	var out strings.Builder
	if err := s.server.DumpTable(s.Context(), &out, name); err != nil {
		s.Fatal(err)
	}
	return out.String()
}

// TestPreviewsOfGeneratedTexts show all of them as long as nothing is approved, and then what the ad shows.
func TestPreviewsOfGeneratedTexts(t *testing.T) {
	s := newShop(t)
	ad := s.ad(s.set(nil), s.writing(sample), nil).ID()
	creative := s.get(ad, client.Params{"fields": "creative"}).Object("creative").ID()
	texts := bodies(s.feedOf(creative))
	seen := func(path string) []string {
		var found []string
		for range 2 {
			_, src := s.preview(path+"/previews", client.Params{"ad_format": "MOBILE_FEED_STANDARD"})
			page := s.page(src).Body.String()
			for _, text := range texts {
				if strings.Contains(page, strings.ReplaceAll(text, "'", "&#39;")) && !slices.Contains(found, text) {
					found = append(found, text)
				}
			}
		}
		return found
	}
	if found := seen(ad); len(found) == 0 {
		t.Error("a preview shows none of the texts")
	}
	for _, asset := range s.generated(creative) {
		s.review(creative, asset.ID(), "reject")
	}
	if found := seen(ad); !slices.Equal(found, []string{sample}) {
		t.Errorf("with nothing approved, %q are previewed", found)
	}
}

// TestTextsLeanOnThePast finds sentences of an earlier ad and of a post of the Page in later variations, and says where they are from.
func TestTextsLeanOnThePast(t *testing.T) {
	s := newShop(t)
	past := s.post(s.fresh.AccountID+"/adcreatives", s.link(client.Params{"message": "Handmade mugs that keep your coffee warm. Every mug is thrown by hand in our studio."})).ID()
	ad := s.ad(s.set(nil), client.Params{"creative_id": past}, client.Params{"status": "ACTIVE"}).ID()
	s.learn()
	for i := range 20 {
		s.click(s.show(client.DecisionRequest{AdID: ad, Viewer: client.Viewer{ID: fmt.Sprint(i)}}))
	}
	s.learn()
	s.post(s.fresh.PageID+"/feed", client.Params{"message": "Our mugs are dishwasher safe."})
	found := map[any]bool{}
	for _, message := range []string{sample, "Handmade mugs for your kitchen.", "Shop handmade mugs today."} {
		for _, asset := range s.generated(s.post(s.fresh.AccountID+"/adcreatives", s.writing(message)).ID()) {
			for _, from := range asset["evidence"].([]any) {
				found[from] = true
			}
		}
	}
	if !found["ad:"+past] || !found["post:1"] {
		t.Errorf("the texts lean on %v", found)
	}
}

// TestRejectionIsOfOneAccount rejects all that was written in one account; another one has the same texts as before.
func TestRejectionIsOfOneAccount(t *testing.T) {
	s := newShop(t)
	business := s.get("me/businesses", nil).List("data")[0].ID()
	other := s.post(business+"/adaccount", client.Params{"name": "Other", "currency": "USD", "timezone_id": 1, "end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE"}).ID()
	written := func(account string) (id string, texts []string) {
		id = s.post(account+"/adcreatives", s.writing(sample)).ID()
		return id, bodies(s.feedOf(id))[1:]
	}
	_, theirs := written(other)
	id, ours := written(s.fresh.AccountID)
	for _, asset := range s.generated(id) {
		s.review(id, asset.ID(), "reject")
	}
	if _, again := written(s.fresh.AccountID); slices.ContainsFunc(again, func(text string) bool { return slices.Contains(ours, text) }) {
		t.Errorf("of %q some came back in %q", ours, again)
	}
	if _, again := written(other); !slices.Equal(again, theirs) {
		t.Errorf("another account has %q, and had %q", again, theirs)
	}
}
