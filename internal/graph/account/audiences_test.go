package account_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hash looks like a SHA-256.
func hash(i int) string { return fmt.Sprintf("%064x", i) }

// refused expects an error that blames a path, and answers its code.
func (s site) refused(method, path string, body fields, blame string) {
	s.Helper()
	answer := s.Do(method, path, body)
	e, _ := answer["error"].(fields)
	if data, _ := e["error_data"].(string); e == nil || blame != "" && !strings.Contains(data, `"`+strings.ReplaceAll(blame, ".", `","`)+`"`) {
		s.Errorf("%s %s %v: %v, want a fault of %s", method, path, body, answer, blame)
	}
}

func TestUploadedAudience(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.make("customaudiences", fields{"name": "Customers", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"})
	const asked = "?fields=approximate_count_lower_bound,approximate_count_upper_bound,delivery_status,operation_status,received"
	if got := s.get(id + asked); got["operation_status"].(fields)["code"] != 410.0 || got["delivery_status"].(fields)["code"] != 300.0 {
		t.Errorf("before the first upload: %v", got)
	}
	var rows []any
	for i := range 2500 {
		rows = append(rows, []any{hash(i), hash(i)})
	}
	rows = append(rows, []any{"ada@example.com", ""}, []any{hash(1)}, []any{"", ""})
	answer := s.post(id+"/users", fields{"payload": fields{"schema": []string{"EMAIL", "FN"}, "data": rows}, "session": fields{"session_id": 7}})
	samples, _ := answer["invalid_entry_samples"].(fields)
	delete(answer, "invalid_entry_samples")
	if diff := cmp.Diff(fields{"audience_id": id, "session_id": "7", "num_received": 2503.0, "num_invalid_entries": 3.0}, answer); diff != "" || len(samples) != 3 {
		t.Errorf("%s, samples %v", diff, samples)
	}
	s.Do("DELETE", id+"/users", fields{"payload": fields{"schema": "EMAIL_SHA256", "data": []string{hash(1), hash(2)}}})
	got := s.get(id + asked)
	if got["received"] != 2498.0 || got["approximate_count_lower_bound"] != 2400.0 || got["approximate_count_upper_bound"] != 2900.0 {
		t.Errorf("after the uploads: %v", got)
	}
	s.post(id+"/usersreplace", fields{"payload": fields{"schema": "MADID", "data": []string{"a", "b"}}})
	if got := s.get(id + asked); got["received"] != 2.0 || got["approximate_count_lower_bound"] != 1000.0 {
		t.Errorf("after the replacement: %v", got)
	}
	for blame, payload := range map[string]fields{
		"payload.schema": {"schema": "SHOE_SIZE", "data": []string{"44"}},
		"payload.data":   {"schema": "MADID"},
	} {
		s.refused("POST", id+"/users", fields{"payload": payload}, blame)
	}
	s.refused("POST", id+"/users", fields{}, "payload")
	s.Do("DELETE", id, nil)
	s.refused("GET", id, nil, "")
}

func TestAudienceRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	rule := func(kind, id string, seconds int) fields {
		return fields{"inclusions": fields{"operator": "or", "rules": []fields{{"event_sources": []fields{{"id": id, "type": kind}}, "retention_seconds": seconds}}}}
	}
	source := s.make("customaudiences", fields{"name": "a", "customer_file_source": "USER_PROVIDED_ONLY"})
	for _, c := range []struct {
		body  fields
		blame string
	}{
		{fields{}, "name"},
		{fields{"subtype": "CUSTOM"}, "customer_file_source"},
		{fields{"subtype": "SHOES"}, "subtype"},
		{fields{"subtype": "WEBSITE"}, "rule"},
		{fields{"rule": rule("pixel", "1", 86400)}, "rule"},
		{fields{"rule": rule("pixel", s.PixelID, 200*86400)}, "retention_seconds"},
		{fields{"rule": fields{"inclusions": fields{}}}, "rule.inclusions.rules"},
		{fields{"rule": "all of them"}, "rule"},
		{fields{"subtype": "LOOKALIKE", "lookalike_spec": fields{"ratio": 0.01, "country": "US"}}, "origin_audience_id"},
		{fields{"subtype": "LOOKALIKE", "origin_audience_id": source}, "lookalike_spec"},
		{fields{"origin_audience_id": source, "lookalike_spec": fields{"ratio": 0.5, "country": "US"}}, "lookalike_spec.ratio"},
		{fields{"origin_audience_id": source, "lookalike_spec": fields{"ratio": 0.1, "country": "Narnia"}}, "lookalike_spec.country"},
		{fields{"customer_file_source": "USER_PROVIDED_ONLY", "retention_days": 900}, "retention_days"},
	} {
		if c.blame != "name" {
			c.body["name"] = "b"
		}
		s.refused("POST", s.Account("customaudiences"), c.body, c.blame)
	}
	site := s.make("customaudiences", fields{"name": "visitors", "rule": rule("pixel", s.PixelID, 86400)})
	got := s.get(site + "?fields=subtype,rule,approximate_count_lower_bound")
	if text, _ := got["rule"].(string); got["subtype"] != "WEBSITE" || !strings.Contains(text, `"retention_seconds":86400`) || got["approximate_count_lower_bound"] != -1.0 {
		t.Errorf("audience of a site: %v", got)
	}
	s.post(site, fields{"description": "of the shop"}) // the rule stays as it is
	fans := s.make("customaudiences", fields{"name": "fans", "rule": rule("page", s.PageID, 300*86400)})
	twin := s.make("customaudiences", fields{"name": "like them", "origin_audience_id": source, "lookalike_spec": `{"type":"reach","country":"US"}`})
	if a, b := s.get(fans + "?fields=subtype")["subtype"], s.get(twin+"?fields=subtype,approximate_count_lower_bound"); a != "ENGAGEMENT" || b["subtype"] != "LOOKALIKE" || b["approximate_count_lower_bound"] != 1e7 {
		t.Errorf("subtypes %v %v", a, b)
	}
	if got := s.get(source + "?fields=lookalike_audience_ids")["lookalike_audience_ids"]; !slices.Equal(got.([]any), []any{twin}) {
		t.Errorf("lookalikes of the source: %v", got)
	}
	s.refused("POST", twin+"/users", fields{"payload": fields{"schema": "MADID", "data": []string{"x"}}}, "payload")
}

func TestSavedAudience(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.make("saved_audiences", fields{"name": "women", "targeting": fields{"geo_locations": fields{"countries": []string{"US"}}, "genders": []int{2}}})
	got := s.get(id + "?fields=approximate_count_lower_bound,sentence_lines,account")
	if got["approximate_count_lower_bound"].(float64) < 1e7 || len(got["sentence_lines"].([]any)) != 3 || got["account"].(fields)["id"] != "act_"+s.AccountID {
		t.Errorf("read back: %v", got)
	}
	s.refused("POST", s.Account("saved_audiences"), fields{"name": "x", "targeting": fields{"genders": []int{2}}}, "targeting.geo_locations")
}
