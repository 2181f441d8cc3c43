package account_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestActivities(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	one := s.campaign("one")
	s.post(one, fields{"name": "renamed", "daily_budget": 5000, "status": "ACTIVE"}) // the status was ACTIVE before
	s.Do("DELETE", one, nil)
	log := s.get(s.Account("activities"))
	want := []any{"update_campaign_run_status", "update_campaign_budget", "update_campaign_name", "create_campaign_group"}
	if diff := cmp.Diff(want, column(log, "event_type")); diff != "" {
		t.Errorf("events: %s", diff)
	}
	last := rows(log)[2]
	delete(last, "translated_event_type")
	delete(last, "actor_name")
	if diff := cmp.Diff(fields{"actor_id": s.UserID, "event_time": "2026-11-22T12:00:00+0000", "event_type": "update_campaign_name", "object_id": one,
		"object_name": "renamed", "extra_data": `{"old_value":"one","new_value":"renamed","type":"name"}`}, last); diff != "" {
		t.Errorf("row: %s", diff)
	}
	if got := column(s.get(s.Account("activities?fields=event_type&category=BUDGET")), "event_type"); !slices.Equal(got, []any{"update_campaign_budget"}) {
		t.Errorf("money: %v", got)
	}
	for _, query := range []string{"since=2026-11-23", "until=2026-11-21", "oid=1", "uid=1", "category=AUDIENCE"} {
		if got := rows(s.get(s.Account("activities?" + query))); len(got) != 0 {
			t.Errorf("%s: %v", query, got)
		}
	}
	for _, query := range []string{"fields=nothing", "category=x", "limit=0", "after=x"} {
		if answer := s.Do("GET", s.Account("activities?"+query), nil); answer["error"] == nil {
			t.Errorf("%s was answered: %v", query, answer)
		}
	}
}

// Every row comes once, whatever the size of a page.
func TestActivitiesArePaged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, name := range []string{"a", "b", "c"} {
		id := s.campaign(name)
		s.post(id, fields{"name": name + "!", "daily_budget": 9000, "start_time": 1})
	}
	whole := column(s.get(s.Account("activities?limit=100")), "extra_data")
	var paged []any
	after := ""
	for {
		page := s.get(s.Account("activities?limit=2&after=" + after))
		paged = append(paged, column(page, "extra_data")...)
		paging, _ := page["paging"].(fields)
		if paging["next"] == nil {
			break
		}
		after = paging["cursors"].(fields)["after"].(string)
	}
	if diff := cmp.Diff(whole, paged); diff != "" || len(whole) != 12 {
		t.Errorf("%d rows in all: %s", len(whole), diff)
	}
}
