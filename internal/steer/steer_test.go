package steer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/steer"
)

// feed has three pictures, two titles and one link.
func feed() creative.Feed {
	pool := func(name string, ids ...string) creative.Pool {
		p := creative.Pool{Name: name}
		for _, id := range ids {
			p.Assets = append(p.Assets, creative.Asset{ID: id})
		}
		return p
	}
	return creative.Feed{Pools: []creative.Pool{pool("image", "11", "12", "13"), pool("title", "21", "22"), pool("link", "31")}}
}

// list is a JSON list of texts.
func list(ids ...string) []any {
	var all []any
	for _, id := range ids {
		all = append(all, id)
	}
	return all
}

func TestLegal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ad   map[string]any
		want *bandit.Legal
	}{
		"nothing said": {map[string]any{}, nil},
		"stopped":      {map[string]any{"marquetry_stopped_assets": list("12", "22")}, &bandit.Legal{Stopped: [][]bool{{false, true, false}, {false, true}, {false}}}},
		"pinned":       {map[string]any{"marquetry_pinned_assets": list("12", "13")}, &bandit.Legal{Stopped: [][]bool{{true, false, false}, {false, false}, {false}}}},
		"both":         {map[string]any{"marquetry_pinned_assets": list("12", "13"), "marquetry_stopped_assets": list("13")}, &bandit.Legal{Stopped: [][]bool{{true, false, true}, {false, false}, {false}}}},
		"of the past":  {map[string]any{"marquetry_pinned_assets": list("9"), "marquetry_stopped_assets": list("8"), "marquetry_forbidden_pairs": []any{list("11", "7")}}, nil},
		"pairs, in any order": {map[string]any{"marquetry_forbidden_pairs": []any{list("22", "11"), list("13", "31")}}, &bandit.Legal{Forbidden: []bandit.Pair{
			{SlotA: 0, AssetA: 0, SlotB: 1, AssetB: 1}, {SlotA: 0, AssetA: 2, SlotB: 2, AssetB: 0},
		}}},
	} {
		if diff := cmp.Diff(c.want, steer.Of(c.ad).Legal(feed())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	if w := steer.Of(nil); w.Share >= 0 || w.Policy != "" || w.Limits() {
		t.Errorf("an ad that says nothing wants %+v", w)
	}
	if w := steer.Of(map[string]any{"marquetry_control_share": 0.0, "marquetry_policy": "uniform"}); w.Share != 0 || w.Policy != "uniform" {
		t.Errorf("no slice, evenly: %+v", w)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	many := make([]any, 201)
	for i := range many {
		many[i] = "11"
	}
	for name, c := range map[string]struct {
		sent map[string]any
		want string // rule and path
	}{
		"good": {map[string]any{"marquetry_policy": "asset-beta", "marquetry_control_share": 0.5, "marquetry_stopped_assets": list("11"), "marquetry_pinned_assets": list("21"),
			"marquetry_forbidden_pairs": []any{list("12", "21")}}, ""},
		"unknown policy":       {map[string]any{"marquetry_policy": "best"}, "policy marquetry_policy"},
		"too much control":     {map[string]any{"marquetry_control_share": 0.51}, "control_share marquetry_control_share"},
		"negative control":     {map[string]any{"marquetry_control_share": -0.1}, "control_share marquetry_control_share"},
		"too many":             {map[string]any{"marquetry_stopped_assets": many}, "max marquetry_stopped_assets"},
		"too many pairs":       {map[string]any{"marquetry_forbidden_pairs": many}, "max marquetry_forbidden_pairs"},
		"unknown asset":        {map[string]any{"marquetry_stopped_assets": list("11", "99")}, "asset marquetry_stopped_assets.1"},
		"unknown pin":          {map[string]any{"marquetry_pinned_assets": list("99")}, "asset marquetry_pinned_assets.0"},
		"no pair":              {map[string]any{"marquetry_forbidden_pairs": list("11", "21")}, "pair marquetry_forbidden_pairs.0 pair marquetry_forbidden_pairs.1"},
		"pair of one":          {map[string]any{"marquetry_forbidden_pairs": []any{list("11", "11")}}, "pair marquetry_forbidden_pairs.0"},
		"pair of one slot":     {map[string]any{"marquetry_forbidden_pairs": []any{list("11", "12")}}, "slot marquetry_forbidden_pairs.0"},
		"unknown in a pair":    {map[string]any{"marquetry_forbidden_pairs": []any{list("11", "99")}}, "asset marquetry_forbidden_pairs.0.1"},
		"slot is empty":        {map[string]any{"marquetry_stopped_assets": list("21", "22")}, "slot_empty marquetry_stopped_assets"},
		"the pin is stopped":   {map[string]any{"marquetry_pinned_assets": list("21"), "marquetry_stopped_assets": list("21")}, "slot_empty marquetry_stopped_assets"},
		"pairs leave nothing":  {map[string]any{"marquetry_pinned_assets": list("11", "21"), "marquetry_forbidden_pairs": []any{list("11", "21")}}, "nothing_left marquetry_pinned_assets"},
		"an id sent as number": {map[string]any{"marquetry_forbidden_pairs": []any{[]any{int64(11), "21"}}}, ""},
	} {
		f := feed()
		got := ""
		for _, fault := range steer.Check(c.sent, c.sent, &f) {
			got += fmt.Sprint(" ", strings.TrimPrefix(fault.Rule, "ad.learning."), " ", strings.Join(fault.Path, "."))
		}
		if strings.TrimSpace(got) != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestCheckOfAnotherCreative sends nothing of the lists: what they name of the past is nobody's fault, but something must be left.
func TestCheckOfAnotherCreative(t *testing.T) {
	t.Parallel()
	f := feed()
	if faults := steer.Check(nil, map[string]any{"marquetry_stopped_assets": list("99")}, &f); faults != nil {
		t.Error(faults)
	}
	faults := steer.Check(nil, map[string]any{"marquetry_stopped_assets": list("99", "31")}, &f)
	if len(faults) != 1 || faults[0].Rule != "ad.learning.slot_empty" {
		t.Error("the new creative has nothing left to show, and", faults)
	}
}
