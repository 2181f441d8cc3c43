package ads_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/store"
)

// oneAd makes a campaign with one ad set and one ad.
func (s *site) oneAd(changes fields) (campaign, set, ad string) {
	s.Helper()
	campaign, set = s.tree(changes)
	creative := s.make("adcreatives", s.link(s.image(1)))
	ad = s.make("ads", fields{"name": "ad", "adset_id": set, "creative": fields{"creative_id": creative}, "status": "ACTIVE", "adlabels": []fields{{"name": "spring"}}})
	return campaign, set, ad
}

// copy copies an object and expects success.
func (s *site) copy(path string, body fields) fields {
	s.Helper()
	answer := s.post(path, body)
	if answer["error"] != nil {
		s.Fatalf("POST %s %v: %v", path, body, answer)
	}
	return answer
}

// copies are the ids of the copies in an answer, by the id of their source.
func copies(answer fields) map[string]string {
	out := map[string]string{}
	list, _ := answer["ad_object_ids"].([]any)
	for _, pair := range list {
		out[pair.(fields)["source_id"].(string)] = pair.(fields)["copied_id"].(string)
	}
	return out
}

func TestCopies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	campaign, set, ad := s.oneAd(nil)
	name := func(id string) any { return s.get(id, "name")["name"] }
	read := func(id, field string) any { return s.get(id, field)[field] }

	one := s.copy(ad+"/copies", fields{})["copied_ad_id"].(string)
	if name(one) != "ad - Copy" || read(one, "status") != "PAUSED" || read(one, "source_ad_id") != ad || read(one, "adset_id") != set {
		t.Errorf("copy of the ad: %v", s.get(one, "name,status,source_ad_id,adset_id"))
	}
	if got := names(s.get(ad+"/copies", "name")); len(got) != 1 {
		t.Errorf("the ad's copies: %v", got)
	}
	tagged := s.copy(ad+"/copies", fields{"creative_parameters": fields{"url_tags": "a=b"}, "rename_options": fields{"rename_strategy": "NO_RENAME"}})["copied_ad_id"].(string)
	if got := s.get(tagged, "name,creative{url_tags,body}"); name(tagged) != "ad" || at(got, "creative", "url_tags") != "a=b" || at(got, "creative", "body") == nil {
		t.Errorf("copy with another creative: %v", got)
	}

	other, _ := s.tree(nil)
	answer := s.copy(set+"/copies", fields{"campaign_id": other, "status_option": "INHERITED_FROM_SOURCE", "rename_options": fields{"rename_prefix": "New ", "rename_suffix": ""}})
	shallow := answer["copied_adset_id"].(string)
	if got := s.get(shallow, "name,campaign_id,ads"); got["campaign_id"] != other || !strings.HasPrefix(name(shallow).(string), "New ") || got["ads"] != nil {
		t.Errorf("copy of the ad set alone: %v", got)
	}
	s.ok(one, fields{"status": "ARCHIVED"})
	s.ok(tagged, fields{"status": "DELETED"})
	answer = s.copy(campaign+"/copies", fields{"deep_copy": true, "status_option": "ACTIVE", "rename_options": fields{"rename_strategy": "DEEP_RENAME", "rename_suffix": "!"}})
	made := copies(answer)
	if len(made) != 3 || answer["copied_campaign_id"] != made[campaign] || name(made[ad]) != "ad!" || read(made[ad], "status") != "ACTIVE" {
		t.Errorf("deep copy: %v", answer)
	}
}

func TestCopyRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	campaign, set, ad := s.oneAd(nil)
	foreign := "120999999999999999"
	for _, c := range []struct {
		path    string
		body    fields
		subcode float64
	}{
		{ad, fields{"status_option": "DELETED"}, 0},
		{ad, fields{"rename_options": fields{"rename_strategy": "ALWAYS"}}, 0},
		{ad, fields{"adset_id": foreign}, 0},
		{set, fields{"end_time": 1000}, 1487033},
		{set, fields{"deep_copy": true, "create_dco_adset": true}, 1885852},
	} {
		answer := s.post(c.path+"/copies", c.body)
		if got, _ := at(answer, "error", "error_subcode").(float64); answer["error"] == nil || got != c.subcode {
			t.Errorf("%s with %v: %v, want %v", c.path, c.body, answer, c.subcode)
		}
	}
	s.copy(ad+"/copies", fields{})
	if answer := s.post(campaign+"/copies", fields{"deep_copy": true}); at(answer, "error", "error_subcode") != 1885194.0 {
		t.Errorf("four objects at once: %v", answer)
	}
	s.post("", fields{"asyncbatch": []fields{{"method": "POST", "relative_url": campaign + "/copies", "body": "deep_copy=true"}}})
	if got := names(s.get(campaign+"/copies", "name")); len(got) != 1 {
		t.Errorf("four objects for later: %v", got)
	}
	s.ok(ad, fields{"status": "DELETED"})
	if answer := s.post(ad+"/copies", fields{}); answer["error"] == nil {
		t.Errorf("a deleted ad was copied: %v", answer)
	}
}

// A creative with the bundle of features that ended can't come along.
func TestCopyWithStandardEnhancements(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	spec := s.link(s.image(1))
	spec["degrees_of_freedom_spec"] = fields{"creative_features_spec": fields{"standard_enhancements": fields{"enroll_status": "OPT_OUT"}}}
	ad := s.id(s.post("v21.0/"+s.account("ads"), fields{"name": "ad", "adset_id": set, "creative": spec}))
	if answer := s.post("v22.0/"+ad+"/copies", fields{}); at(answer, "error", "error_subcode") != 3858504.0 {
		t.Errorf("copied in v22: %v", answer)
	}
	s.copy("v21.0/"+ad+"/copies", fields{})
}

// object reads what is stored of an object.
func (s *site) object(id string) *store.Object {
	s.Helper()
	var o *store.Object
	err := s.db.Read(s.Context(), func(tx store.Tx) (err error) {
		o, err = tx.Object(s.Context(), id)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return o
}

// A deep copy holds what its source holds, but for ids, names, statuses and times.
func TestDeepCopyEqualsItsSource(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringMatching(`[A-Za-z][a-z ]{0,12}`)
		set := fields{
			"name": word.Draw(r, "name"), "daily_budget": rapid.IntRange(2000, 90000).Draw(r, "budget"),
			"dsa_payor": word.Draw(r, "payor"), "pacing_type": []string{"standard"},
			"adlabels":                rapid.SliceOfN(rapid.Map(word, func(w string) fields { return fields{"name": w} }), 0, 3).Draw(r, "labels"),
			"frequency_control_specs": rapid.SampledFrom([]any{nil, []fields{{"event": "IMPRESSIONS", "interval_days": 7, "max_frequency": 2}}}).Draw(r, "frequency"),
			"targeting": fields{
				"geo_locations": fields{"countries": []string{rapid.SampledFrom([]string{"US", "CA", "JP"}).Draw(r, "country")}},
				"age_min":       rapid.IntRange(18, 40).Draw(r, "age_min"), "age_max": rapid.IntRange(40, 65).Draw(r, "age_max"),
				"targeting_automation": fields{"advantage_audience": rapid.IntRange(0, 1).Draw(r, "advantage")},
			},
		}
		if bid := rapid.IntRange(0, 500).Draw(r, "bid"); bid > 0 {
			set["bid_amount"] = bid
		}
		campaign, adset, ad := s.oneAd(set)
		made := copies(s.copy(campaign+"/copies", fields{"deep_copy": true, "start_time": now.Unix() + 3600}))
		for _, id := range []string{campaign, adset, ad} {
			source, twin := s.object(id), s.object(made[id])
			want, got := maps.Clone(source.Data), maps.Clone(twin.Data)
			for _, name := range []string{"name", "status", "start_time"} {
				delete(want, name)
				delete(got, name)
			}
			want["source_"+source.Type+"_id"] = source.ID
			for _, name := range []string{"campaign_id", "adset_id"} {
				if parent, ok := want[name].(string); ok {
					want[name] = made[parent]
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				r.Fatalf("%s (-source +copy):\n%s", source.Type, diff)
			}
		}
	})
}
