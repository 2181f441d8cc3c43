package ads_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// names are the names of the rows of a list, or of what stands in a field that is one.
func names(list any) []string {
	out := []string{}
	if envelope, ok := list.(fields); ok {
		list = envelope["data"]
	}
	rows, _ := list.([]any)
	for _, row := range rows {
		out = append(out, fmt.Sprint(row.(fields)["name"]))
	}
	return out
}

// newCampaign makes a campaign with some labels.
func (s *site) newCampaign(name string, labels ...string) string {
	s.Helper()
	list := []fields{}
	for _, label := range labels {
		list = append(list, fields{"name": label})
	}
	return s.make("campaigns", fields{"name": name, "objective": "OUTCOME_SALES", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false, "adlabels": list})
}

func TestLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one, two := s.newCampaign("one", "spring", "red"), s.newCampaign("two", " spring ")
	spring := s.make("adlabels", fields{"name": "spring"})
	red := s.make("adlabels", fields{"name": "red"})
	expect := func(what string, got any, want ...string) {
		t.Helper()
		if diff := cmp.Diff(slices.Sorted(slices.Values(append([]string{}, want...))), slices.Sorted(slices.Values(names(got)))); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	read := func(id string) any { return s.do("GET", "/"+id+"?fields=adlabels{name}", nil)["adlabels"] }
	expect("labels of the account", s.do("GET", "/"+s.account("adlabels"), nil), "spring", "red")
	expect("labels of one", read(one), "red", "spring")
	expect("campaigns of a label", s.do("GET", "/"+spring+"/campaigns?fields=name", nil), "one", "two")
	by := func(operator string) any {
		return s.do("GET", "/"+s.account("campaignsbylabels")+fmt.Sprintf("?fields=name&operator=%s&ad_label_ids=[%s,%s]", operator, spring, red), nil)
	}
	expect("any", by("ANY"), "one", "two")
	expect("all", by("ALL"), "one")

	s.ok(two+"/adlabels", fields{"adlabels": []fields{{"id": red}, {"name": "new"}}})
	expect("after adding", read(two), "new", "red", "spring")
	s.do("DELETE", "/"+two+"/adlabels", fields{"adlabels": []fields{{"id": red}, {"name": "spring"}}})
	expect("after removing", read(two), "new")
	s.ok(one, fields{"adlabels": []fields{{"name": "other"}}})
	expect("after replacing", read(one), "other")
	s.do("DELETE", "/"+s.make("adlabels", fields{"name": "other"}), nil)
	if got := read(one); got != nil {
		t.Errorf("a deleted label is still shown: %v", got)
	}
}

func TestLabelRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one := s.newCampaign("one", "spring", "red")
	spring := s.make("adlabels", fields{"name": "spring"})
	for path, body := range map[string]fields{
		one:                   {"adlabels": []fields{{"id": one}}},
		one + "?x=1":          {"adlabels": []fields{{}}},
		one + "/adlabels":     {},
		spring:                {"name": "red"},
		s.account("adlabels"): {"name": " "},
	} {
		if answer := s.post(path, body); answer["error"] == nil {
			t.Errorf("%s with %v was accepted: %v", path, body, answer)
		}
	}
	for _, path := range []string{"adsbylabels", "adsbylabels?ad_label_ids=" + one} {
		if answer := s.do("GET", "/"+s.account(path), nil); answer["error"] == nil {
			t.Errorf("%s was answered: %v", path, answer)
		}
	}
	if answer := s.do("DELETE", "/"+one+"/adlabels", fields{"adlabels": []fields{{"name": "never"}}}); answer["error"] == nil {
		t.Errorf("a label that is not there was removed: %v", answer)
	}
}

// Labels of a feed's assets become labels of the account, and read back with their ids.
func TestAssetLabels(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	spec := s.feed(s.image(1))
	at(spec, "asset_feed_spec", "titles", 0).(fields)["adlabels"] = []fields{{"name": "first"}}
	id := s.make("adcreatives", spec)
	label := at(s.get(id, "asset_feed_spec"), "asset_feed_spec", "titles", 0, "adlabels", 0, "id")
	if known := s.make("adlabels", fields{"name": "first"}); label != known {
		t.Errorf("label %v, want %v", label, known)
	}
	if again := s.make("adcreatives", spec); again != id {
		t.Errorf("the same feed is another creative: %s, %s", again, id)
	}
}
