package ads_test

import (
	"net/http"
	"testing"
)

func TestPeriodsOfHigherDemand(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	top, set := s.tree(nil)
	at3, at5 := now.Unix()+3*86400, now.Unix()+5*86400
	period := fields{"budget_value": 5000, "budget_value_type": "ABSOLUTE", "time_start": at3, "time_end": at5}
	id := s.id(s.post(set+"/budget_schedules", period))
	if got := s.get(id, "ad_object_id,budget_value,budget_value_type,time_start,recurrence_type"); got["ad_object_id"] != set || got["budget_value"] != 5000.0 ||
		got["time_start"] != "2026-11-25T12:00:00+0000" || got["recurrence_type"] != "ONE_TIME" {
		t.Errorf("read back %v", got)
	}
	for name, c := range map[string]struct {
		owner   string
		change  fields
		subcode int
		path    string
	}{
		"no value":               {set, fields{"budget_value": nil}, 0, "budget_value"},
		"less than nothing":      {set, fields{"budget_value": -1}, 0, "budget_value"},
		"an end before its time": {set, fields{"time_end": at3}, 0, "time_end"},
		"an end in the past":     {set, fields{"time_start": 1, "time_end": 2}, 1487033, "time_end"},
		"another at that time":   {set, fields{"time_start": at3 + 3600, "time_end": at5 + 3600}, 0, "time_start"},
		"nothing to add to":      {top, nil, 0, "budget_value"},
	} {
		if problem := wrong(s.post(c.owner+"/budget_schedules", with(period, c.change)), c.subcode, c.path); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
	for query, want := range map[string]int{"": 1, "?time_start=2026-11-28": 0, "?time_stop=2026-11-24": 0, "?time_start=2026-11-26&time_stop=2026-11-27": 1} {
		if got := idsOf(s.do(http.MethodGet, "/"+set+"/budget_schedules"+query, nil)); len(got) != want {
			t.Errorf("%s: %v", query, got)
		}
	}
	s.ok(id, fields{"budget_value": 6000})
	s.do(http.MethodDelete, "/"+id, nil)
	if got := idsOf(s.get(set+"/budget_schedules", "id")); len(got) != 0 {
		t.Errorf("deleted, and listed as %v", got)
	}
}

func TestPeriodsComeWithTheirOwner(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	period := fields{"budget_value": 150, "budget_value_type": "MULTIPLIER", "time_start": now.Unix() + 86400, "time_end": now.Unix() + 2*86400}
	top := s.make("campaigns", with(campaign(), fields{"daily_budget": 5000, "budget_schedule_specs": []any{period}}))
	list := idsOf(s.get(top+"/budget_schedules", "id"))
	if len(list) != 1 {
		t.Fatalf("made %v", list)
	}
	s.ok(top, fields{"budget_schedule_specs": []any{fields{"id": list[0], "budget_value": 200}}})
	if got := s.get(list[0], "budget_value"); got["budget_value"] != 200.0 {
		t.Errorf("changed to %v", got)
	}
	broken := with(campaign(), fields{"daily_budget": 5000, "budget_schedule_specs": []any{period, with(period, fields{"time_end": 5})}})
	if problem := wrong(s.post(s.account("campaigns"), broken), 0, "budget_schedule_specs", "1", "time_end"); problem != "" {
		t.Error(problem)
	}
	if problem := wrong(s.post(top, fields{"budget_schedule_specs": []any{fields{"id": top, "budget_value": 2}}}), 0, "budget_schedule_specs", "0", "id"); problem != "" {
		t.Error(problem)
	}
}
