package marquetry_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// picturing is a creative that shows a picture of the library and opts in to features.
func (s shop) picturing(hash string, features ...string) client.Params {
	spec := s.features("OPT_IN", features...)
	spec["object_story_spec"] = s.link(client.Params{"picture": nil, "image_hash": hash})["object_story_spec"]
	return spec
}

func TestDiff111PaintersOfOurOwn(t *testing.T) {
	s := newShop(t)
	hash := s.uploaded(photo(t, 540, 540))
	first := s.settled(s.post(s.fresh.AccountID+"/adcreatives", s.picturing(hash, "image_uncrop")).ID())
	second := s.settled(s.post(s.fresh.AccountID+"/adcreatives", s.picturing(hash, "image_uncrop")).ID())
	if len(first) != 2 || len(second) != 2 || first[0].ID() == second[0].ID() {
		t.Fatalf("%v and %v", first, second)
	}
	for i, one := range first {
		want(s, "generator", one.String("generator"), "embedded")
		want(s, "bytes", second[i].String("sha256"), one.String("sha256"))
		if !strings.HasSuffix(one.String("digital_source_type"), "/algorithmicMedia") {
			t.Errorf("%v", one)
		}
	}
}

func TestDiff112PicturesAreReviewed(t *testing.T) {
	s := newShop(t)
	id := s.post(s.fresh.AccountID+"/adcreatives", s.picturing(s.uploaded(photo(t, 540, 540)), "image_uncrop", "image_brightness_and_contrast")).ID()
	made := s.settled(id)
	byFeature := map[string][]client.Object{}
	for _, m := range made {
		byFeature[m.String("feature")] = append(byFeature[m.String("feature")], m)
	}
	extended := byFeature["image_uncrop"]
	want(s, "rejected", s.post(id+"/generation", client.Params{"asset_id": extended[0].ID(), "action": "reject"}).String("state"), "REJECTED")
	want(s, "approved", s.post(id+"/generation", client.Params{"asset_id": extended[1].ID(), "action": "approve"}).String("state"), "APPROVED")
	s.post(id+"/generation", client.Params{"asset_id": extended[0].ID(), "action": "regenerate"})
	after := s.settled(id)
	if last := after[len(after)-1]; len(after) != len(made)+1 || last.String("ratio") != extended[0].String("ratio") {
		t.Errorf("made anew: %v", after)
	}
	for _, m := range byFeature["image_brightness_and_contrast"] {
		if e := s.postRefused(id+"/generation", client.Params{"asset_id": m.ID(), "action": "regenerate"}); m.String("state") == "PENDING" && !strings.Contains(e.Message, "very same picture") {
			t.Errorf("%v", e)
		}
	}
	small := s.settled(s.post(s.fresh.AccountID+"/adcreatives", s.picturing(s.uploaded(photo(t, 90, 90)), "image_uncrop")).ID())
	for _, m := range small {
		if m.String("state") != "INELIGIBLE" || m.String("code") == "" || m.String("reason") == "" || m.String("image_hash") != "" {
			t.Errorf("%v", m)
		}
	}
	s.wantCode(s.postRefused(id+"/generation", client.Params{"asset_id": small[0].ID(), "action": "approve"}), 100, 0)
}

func TestDiff113NothingToWorkOn(t *testing.T) {
	s := newShop(t)
	cards := []client.Params{{"link": "https://shop.example/1", "picture": "https://shop.example/1.jpg"}, {"link": "https://shop.example/2", "picture": "https://shop.example/2.jpg"}}
	for name, spec := range map[string]client.Params{
		"no picture":     with(s.features("OPT_IN", "image_uncrop"), s.link(client.Params{"picture": nil})),
		"a carousel":     with(s.features("OPT_IN", "image_touchups"), s.link(client.Params{"child_attachments": cards})),
		"no product set": s.features("OPT_IN", "image_background_gen"),
	} {
		made := s.post(s.fresh.AccountID+"/adcreatives", spec)
		if !slices.Contains(rules(made), "generation.nothing") {
			t.Errorf("%s: %v", name, made)
		}
		if read := s.get(made.ID(), client.Params{"fields": "status,marquetry_generation"}); read.String("status") != "ACTIVE" || read["marquetry_generation"] != nil {
			t.Errorf("%s: %v", name, read)
		}
	}
	if made := s.post(s.fresh.AccountID+"/adcreatives", s.features("OPT_IN", "music_generation")); slices.Contains(rules(made), "generation.nothing") {
		t.Errorf("%v", made)
	}
}

func TestDiff114BackgroundsOfTheWholeSet(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	s.product(catalog, "plain", nil)
	products := s.post(catalog+"/product_sets", client.Params{"name": "All"}).ID()
	id := s.post(s.fresh.AccountID+"/adcreatives", with(s.features("OPT_IN", "image_background_gen"), client.Params{"product_set_id": products,
		"object_story_spec": client.Params{"page_id": s.fresh.PageID, "template_data": client.Params{"link": "https://shop.example/", "message": "{{product.name}}"}}})).ID()
	made := s.settled(id)
	if len(made) != 1 || made[0].String("state") != "INELIGIBLE" || made[0].String("code") != "source" {
		t.Errorf("%v", made)
	}
	progress := s.get(id, client.Params{"fields": "marquetry_generation"}).Object("marquetry_generation").Object("progress")
	if examples := progress.List("examples"); len(examples) != 1 || !strings.Contains(examples[0].String("reason"), "image_url") {
		t.Errorf("%v", progress)
	}
}
