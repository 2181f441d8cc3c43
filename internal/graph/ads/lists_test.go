package ads_test

import (
	"net/http"
	"slices"
	"testing"
)

// idsOf are the ids of a list, in its order.
func idsOf(answer fields) []string {
	var ids []string
	list, _ := answer["data"].([]any)
	for _, row := range list {
		id, _ := at(row, "id").(string)
		ids = append(ids, id)
	}
	return ids
}

func TestCampaignsAreDeletedByStrategy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var made [4]string
	for i := range made {
		made[i] = s.make("campaigns", campaign())
	}
	set := s.make("adsets", s.adset(made[0]))
	s.ok(made[2], fields{"status": "ARCHIVED"})
	drop := func(body fields) fields { return s.do(http.MethodDelete, "/"+s.account("campaigns"), body) }
	for name, c := range map[string]struct {
		body fields
		path string
	}{
		"no strategy":           {fields{}, "delete_strategy"},
		"another strategy":      {fields{"delete_strategy": "DELETE_ALL"}, "delete_strategy"},
		"archived before when?": {fields{"delete_strategy": "DELETE_ARCHIVED_BEFORE"}, "before_date"},
		"none of them":          {fields{"delete_strategy": "DELETE_ANY", "object_count": 0}, "object_count"},
		"too many":              {fields{"delete_strategy": "DELETE_ANY", "object_count": 501}, "object_count"},
	} {
		if problem := wrong(drop(c.body), 0, c.path); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
	for _, step := range []struct {
		body fields
		left float64
		gone []string
	}{
		{fields{"delete_strategy": "DELETE_ARCHIVED_BEFORE", "before_date": now.Unix()}, 0, nil},
		{fields{"delete_strategy": "DELETE_ARCHIVED_BEFORE", "before_date": now.Unix() + 1}, 0, made[2:3]},
		{fields{"delete_strategy": "DELETE_OLDEST", "object_count": 1}, 2, made[:1]},
		{fields{"delete_strategy": "DELETE_ANY", "delete_offset": 1}, 0, made[1:2]},
	} {
		answer := drop(step.body)
		var gone []string
		for _, id := range answer["deleted_object_ids"].([]any) {
			gone = append(gone, id.(string))
		}
		if !slices.Equal(gone, step.gone) || answer["objects_left_to_delete_count"] != step.left {
			t.Errorf("%v: %v", step.body, answer)
		}
	}
	if got := s.get(set, "status"); got["status"] != "DELETED" {
		t.Errorf("the ad set of a deleted campaign is %v", got)
	}
	if left := idsOf(s.get(s.account("campaigns"), "id")); !slices.Equal(left, made[3:]) {
		t.Errorf("left are %v", left)
	}
}

func TestMinimumBudgets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for query, want := range map[string][4]float64{"": {100, 500, 4000, 500}, "?bid_amount=300": {300, 1500, 1500, 1500}} {
		row := at(s.do(http.MethodGet, "/"+s.account("minimum_budgets")+query, nil), "data", 0)
		got := [4]any{at(row, "min_daily_budget_imp"), at(row, "min_daily_budget_high_freq"), at(row, "min_daily_budget_low_freq"), at(row, "min_daily_budget_video_views")}
		if got != [4]any{want[0], want[1], want[2], want[3]} || at(row, "currency") != "USD" {
			t.Errorf("%s: %v", query, row)
		}
	}
}

func TestRunOfACampaignIsThatOfItsAdSets(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top := s.make("campaigns", with(campaign(), fields{"stop_time": now.Unix() + 900*86400}))
	read := func() [2]any {
		got := s.get(top, "start_time,stop_time")
		return [2]any{got["start_time"], got["stop_time"]}
	}
	if got := read(); got != [2]any{nil, "2029-05-10T12:00:00+0000"} {
		t.Errorf("without ad sets: %v", got)
	}
	s.make("adsets", with(s.adset(top), fields{"start_time": now.Unix() + 86400, "end_time": now.Unix() + 5*86400}))
	s.make("adsets", with(s.adset(top), fields{"start_time": now.Unix() + 2*86400, "end_time": now.Unix() + 9*86400}))
	if got := read(); got != [2]any{"2026-11-23T12:00:00+0000", "2026-12-01T12:00:00+0000"} {
		t.Errorf("with two ad sets: %v", got)
	}
	endless := s.make("adsets", s.adset(top))
	if got := read(); got != [2]any{"2026-11-22T12:00:00+0000", nil} {
		t.Errorf("with an endless one: %v", got)
	}
	for query, want := range map[string]int{"true": 0, "false": 3} {
		if got := idsOf(s.do(http.MethodGet, "/"+top+"/adsets?is_completed="+query, nil)); len(got) != want {
			t.Errorf("completed %s: %v", query, got)
		}
	}
	s.do(http.MethodDelete, "/"+endless, nil)
	if got := idsOf(s.do(http.MethodGet, "/"+s.account("campaigns")+"?is_completed=false", nil)); len(got) != 1 {
		t.Errorf("campaigns under way: %v", got)
	}
}

func TestPixelEdges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if got := idsOf(s.do(http.MethodGet, "/"+s.PixelID+"/adaccounts?business=1", nil)); !slices.Equal(got, []string{"act_" + s.AccountID}) {
		t.Errorf("accounts %v", got)
	}
	if got := idsOf(s.get(s.account("promote_pages"), "id")); !slices.Equal(got, []string{s.PageID}) {
		t.Errorf("Pages %v", got)
	}
	if answer := s.do(http.MethodGet, "/"+s.PixelID+"/da_checks", nil); at(answer, "error", "code") != 3.0 {
		t.Errorf("what is not emulated says %v", answer)
	}
}
