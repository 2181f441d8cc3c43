package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCustomConversions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	rule := `{"and":[{"event":{"eq":"PageView"}},{"or":[{"URL":{"i_contains":"thanks & bye"}}]}]}`
	body := fields{"name": "thanks", "rule": rule, "event_source_id": s.PixelID, "custom_event_type": "PURCHASE"}
	id := s.make("customconversions", body)
	got := s.get(id + "?fields=name,rule,pixel{name},custom_event_type,data_sources,is_archived")
	want := fields{"id": id, "name": "thanks", "rule": rule, "pixel": fields{"name": "First pixel", "id": s.PixelID}, "custom_event_type": "PURCHASE",
		"data_sources": []any{fields{"id": s.PixelID, "source_type": "PIXEL"}}, "is_archived": false}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	s.post(id, fields{"description": "of the shop"})
	s.refused("POST", s.Account("customconversions"), body, "name")
	for blame, value := range map[string]any{"rule": "everything", "event_source_id": "1", "custom_event_type": "SHOES", "default_conversion_value": -1} {
		changed := fields{"name": "other", "rule": rule, "event_source_id": s.PixelID, blame: value}
		s.refused("POST", s.Account("customconversions"), changed, blame)
	}
	s.refused("POST", s.Account("customconversions"), fields{"name": "other"}, "rule")
	s.refused("POST", id, fields{"rule": rule}, "rule")
}

func TestStudies(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a, b := s.campaign("a"), s.campaign("b")
	cells := func(shares ...float64) []fields {
		list := []fields{}
		for i, share := range shares {
			list = append(list, fields{"name": string(rune('A' + i)), "treatment_percentage": share, "campaigns": []string{[]string{a, b}[i%2]}})
		}
		return list
	}
	body := func(changes fields) fields {
		all := fields{"name": "test", "start_time": 1800000000, "end_time": 1800900000, "cells": cells(50, 50)}
		for name, value := range changes {
			all[name] = value
		}
		return all
	}
	id := s.make("ad_studies", body(nil))
	odd := cells(50, 50)
	odd[1]["colour"] = "red"
	if warnings, _ := s.post(s.Account("ad_studies"), body(fields{"cells": odd}))["warnings"].([]any); len(warnings) != 1 {
		t.Errorf("a member of a cell that is not kept: %v", warnings)
	}
	if got := column(s.get(id+"/cells?fields=name,treatment_percentage,ad_entities_count"), "id"); !cmp.Equal(got, []any{id + ":1", id + ":2"}) {
		t.Errorf("cells: %v", got)
	}
	if got := column(s.get(b+"/ad_studies"), "id"); len(got) != 2 || got[1] != id {
		t.Errorf("studies of a campaign: %v", got)
	}
	s.post(id, fields{"name": "renamed"})
	for _, c := range []struct {
		change fields
		blame  string
	}{
		{fields{"end_time": 1700000000}, "end_time"},
		{fields{"cells": cells(50)}, "cells"},
		{fields{"cells": cells(60, 50)}, "cells"},
		{fields{"cells": cells(0, 50)}, "cells.0.treatment_percentage"},
		{fields{"cells": cells(20, 20, 20)}, "cells"},
		{fields{"cells": []fields{{"treatment_percentage": 1, "adsets": []string{"1"}}, {"treatment_percentage": 1}}}, "cells"},
	} {
		s.refused("POST", s.Account("ad_studies"), body(c.change), c.blame)
	}
	id = s.post(s.BusinessID+"/ad_studies", body(nil))["id"].(string)
	if got := s.get(id + "?fields=account_id")["account_id"]; got != s.AccountID {
		t.Errorf("the study of a business is in account %v", got)
	}
	s.refused("POST", s.BusinessID+"/ad_studies", body(fields{"cells": []fields{{"treatment_percentage": 50, "adsets": []string{"1"}}}}), "cells")
}

func TestRules(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := func(evaluation, execution fields) fields {
		return fields{"name": "r", "evaluation_spec": evaluation, "execution_spec": execution}
	}
	filters := []fields{{"field": "spent", "operator": "GREATER_THAN", "value": 1000}}
	when, pause := fields{"evaluation_type": "SCHEDULE", "filters": filters}, fields{"execution_type": "PAUSE"}
	id := s.make("adrules_library", body(when, pause))
	if got := s.get(id + "?fields=status,execution_spec,created_by"); got["status"] != "ENABLED" || got["created_by"] != s.UserID {
		t.Errorf("read back: %v", got)
	}
	for _, c := range []struct {
		body  fields
		blame string
	}{
		{body(fields{"evaluation_type": "NEVER", "filters": filters}, pause), "evaluation_spec.evaluation_type"},
		{body(fields{"evaluation_type": "SCHEDULE"}, pause), "evaluation_spec.filters"},
		{body(fields{"evaluation_type": "TRIGGER", "filters": filters}, pause), "evaluation_spec.trigger"},
		{body(fields{"evaluation_type": "SCHEDULE", "filters": []fields{{"field": "spent", "operator": "LIKE", "value": 1}}}, pause), "evaluation_spec.filters.0.operator"},
		{body(when, fields{"execution_type": "DANCE"}), "execution_spec.execution_type"},
		{fields{"name": "r", "evaluation_spec": when}, "execution_spec"},
		{fields{"name": "r", "evaluation_spec": when, "execution_spec": pause, "schedule_spec": fields{"schedule_type": "CUSTOM"}}, "schedule_spec.schedule"},
	} {
		s.refused("POST", s.Account("adrules_library"), c.body, c.blame)
	}
	if answer := s.post(s.Account("adrules_library"), body(fields{}, fields{})); answer["warnings"] == nil {
		t.Errorf("an empty rule: %v", answer)
	}
	if got := s.Do("GET", id+"/history", nil)["error"].(fields); got["code"] != 3.0 {
		t.Errorf("history: %v", got)
	}
}
