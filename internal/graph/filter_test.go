package graph

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Every operator compares as its name says, numbers by size and text without regard to case, and an unset value passes only what
// denies.
func TestFilterHolds(t *testing.T) {
	t.Parallel()
	money, name := &object.Field{Name: "daily_budget", Kind: object.Money}, &object.Field{Name: "name", Kind: object.String}
	when, words := &object.Field{Name: "start_time", Kind: object.Time}, &object.Field{Name: "labels", Kind: object.List, Elem: object.String}
	for _, c := range []struct {
		field  *object.Field
		op     string
		values []any
		passes []any
		fails  []any
	}{
		{name, "EQUAL", []any{"a"}, []any{"a"}, []any{"A", "ab", nil}},
		{name, "NOT_EQUAL", []any{"a"}, []any{"b", nil}, []any{"a"}},
		{name, "IN", []any{"a", "b"}, []any{"a", "b"}, []any{"c", nil}},
		{name, "IN", nil, nil, []any{"a", nil}},
		{name, "NOT_IN", []any{"a", "b"}, []any{"c", nil}, []any{"a"}},
		{name, "CONTAIN", []any{"Bc"}, []any{"abcd"}, []any{"acb", nil}},
		{name, "NOT_CONTAIN", []any{"b"}, []any{"a", nil}, []any{"ABC"}},
		{name, "STARTS_WITH", []any{"a"}, []any{"Abc"}, []any{"ba", nil}},
		{name, "ENDS_WITH", []any{"a"}, []any{"ba"}, []any{"ab", nil}},
		{money, "GREATER_THAN", []any{int64(9)}, []any{int64(10), 9.5}, []any{int64(9), nil}},
		{money, "GREATER_THAN_OR_EQUAL", []any{int64(9)}, []any{int64(9)}, []any{int64(8), nil}},
		{money, "LESS_THAN", []any{int64(10)}, []any{int64(9)}, []any{int64(10), nil}},
		{money, "LESS_THAN_OR_EQUAL", []any{int64(10)}, []any{int64(10)}, []any{int64(11), nil}},
		{money, "IN_RANGE", []any{int64(2), int64(10)}, []any{int64(2), int64(10)}, []any{int64(1), int64(11), nil}},
		{name, "ANY", []any{"a", "b"}, []any{"a"}, []any{"c", nil}},
		{name, "NONE", []any{"a", "b"}, []any{"c", nil}, []any{"a"}},
		{when, "AFTER", []any{int64(9)}, []any{int64(10)}, []any{int64(9), nil}},
		{when, "BEFORE", []any{int64(9)}, []any{int64(8)}, []any{int64(9), nil}},
		{when, "ON_OR_AFTER", []any{int64(9)}, []any{int64(9)}, []any{int64(8), nil}},
		{when, "ON_OR_BEFORE", []any{int64(9)}, []any{int64(9)}, []any{int64(10), nil}},
		{words, "ANY", []any{"a", "b"}, []any{[]any{"a"}, []any{"c", "b"}, []any{map[string]any{"name": "a"}}}, []any{[]any{"c"}, []any{}, nil}},
		{words, "ALL", []any{"a", "b"}, []any{[]any{"b", "a", "c"}}, []any{[]any{"a"}, nil}},
		{words, "NONE", []any{"a"}, []any{[]any{"b"}, nil}, []any{[]any{"a"}}},
		{words, "CONTAIN", []any{"7"}, []any{[]*store.Object{{ID: "7"}}, []any{int64(7)}}, []any{[]any{"77"}}},
		{words, "NOT_CONTAIN", []any{"a"}, []any{[]any{"b"}}, []any{[]*store.Object{{Data: map[string]any{"name": "a"}}}}},
		{money, "NOT_IN_RANGE", []any{int64(2), int64(10)}, []any{int64(1), int64(11), nil}, []any{int64(5)}},
	} {
		f := filter{field: c.field, op: c.op, values: c.values}
		for _, v := range c.passes {
			if !f.holds(v) {
				t.Errorf("%s %v refuses %v", c.op, c.values, v)
			}
		}
		for _, v := range c.fails {
			if f.holds(v) {
				t.Errorf("%s %v passes %v", c.op, c.values, v)
			}
		}
	}
}

// Conditions are read with their operands, and what they compare comes from columns, data and resolvers alike.
func TestFiltering(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for condition, want := range map[string]string{
		`{"field":"daily_budget","operator":"IN_RANGE","value":[1,"6000"]}`:           "2",
		`{"field":"start_time","operator":"LESS_THAN","value":"2026-01-31T00:00:00"}`: "0",
		`{"field":"campaign.effective_status","operator":"IN","value":["ACTIVE"]}`:    "1",
		`{"field":"id","operator":"EQUAL","value":` + f.ids["1/campaign/0"] + `}`:     "1",
		`{"field":"status","operator":"NOT_IN","value":["ACTIVE"]}`:                   "1",
		`{"field":"score","operator":"EQUAL","value":1}`:                              "0",
		`{"field":"daily_budget","operator":"IN_RANGE","value":[1]}`:                  "takes 2 values, 1 were sent",
		`{"field":"daily_budget","operator":"CONTAIN","value":"1"}`:                   "must be one of {EQUAL",
		`{"field":"daily_budget","operator":"EQUAL","value":"much"}`:                  "does not fit the field daily_budget",
		`{"field":"is_big","operator":"GREATER_THAN","value":true}`:                   "must be one of {EQUAL, NOT_EQUAL, IN, NOT_IN, ANY, NONE}",
		`{"field":"ads.name","operator":"EQUAL","value":"x"}`:                         `field \"ads.name\" is not supported`,
		`"x"`: "must be an object",
		`{"field":"start_time","operator":"ON_OR_AFTER","value":"2026-01-31"}`:                            "2",
		`{"field":"labels","operator":"NONE","value":["x","y"]}`:                                          "2",
		`{"field":"labels","operator":"EQUAL","value":"x"}`:                                               "must be one of {ANY, ALL, NONE, CONTAIN, NOT_CONTAIN}",
		`{"edge":"ads","field":"campaign.name","operator":"CONTAIN","value":"1.1"}`:                       "2",
		`{"edge":"ads","field":"campaign.effective_status","operator":"NOT_EQUAL","value":"ACTIVE"}`:      "2",
		`{"edge":"ads","field":"campaign.id","operator":"EQUAL","value":"` + f.ids["1/campaign/0"] + `"}`: "2",
		`{"edge":"ads","field":"campaign.none","operator":"EQUAL","value":"x"}`:                           "is not supported on AdGroup",
		`{"edge":"ads","field":"nobody.id","operator":"EQUAL","value":"x"}`:                               "is not supported on AdGroup",
	} {
		edge := "campaigns"
		if strings.Contains(condition, `"edge":"ads"`) {
			edge = "ads"
		}
		body := f.do("GET", "/v25.0/act_1/"+edge+"?summary=1&limit=0&filtering="+url.QueryEscape("["+condition+"]"), adminToken, "").Body.String()
		if len(want) == 1 {
			want = `"total_count":` + want
		}
		if !strings.Contains(body, want) {
			t.Errorf("%s: %s, want %s", condition, body, want)
		}
	}
}

// What would be too much, or means nothing, is refused with a reason.
func TestExpansionLimits(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.config.MaxRows, f.config.MaxPageLimit = 20, 20
	call := &Call{handler: f.Handler, Now: began().Unix()}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		for i := range 18 {
			ad := &store.Object{ID: fmt.Sprintf("3%017d", i), Type: "ad", AccountID: "1", Status: "ACTIVE", Data: map[string]any{"name": "ad", "status": "ACTIVE", "campaign_id": f.ids["1/campaign/0"]}}
			if err := call.Save(t.Context(), tx, ad); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{
		"act_1/campaigns?fields=ads.limit(20)":                         "the answer has more than 20 rows",
		"act_1/campaigns?fields=ads.limit(18){ads}":                    "nonexisting field (ads)",
		"act_1/ads?limit=9&fields=campaign{ads.limit(18)},adcreatives": "more than 20 rows",
		"me/adaccounts?fields=ads.limit(20){id},campaigns.limit(20)":   "more than 20 rows",
		"act_1/campaigns?fields=ads.limit(-1)":                         "must not be negative",
		"act_1?fields=campaigns.effective_status(['GONE'])":            "must be one of the following values",
		"act_1/ads?before=Nw&after=Nw":                                 "Only one of after and before",
		"act_1/ads?offset=25":                                          "send after instead of offset",
		"act_1/ads?order=random":                                       "must be one of {chronological, reverse_chronological}",
		"?ids=1" + strings.Repeat(",1", 60):                            "1 to 50 objects",
		"act_1/campaigns?limit=x":                                      "Param limit must be an integer",
		"act_1/campaigns?fields=ads.limit(1).summary(total_count){id}": `"total_count":20`,
	} {
		if body := f.do("GET", "/v25.0/"+target, adminToken, "").Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: %.300s, want %q", target, body, want)
		}
	}
}

// What the store sees to by itself never loses an object that passes: names of every kind, and times.
func TestStoreFiltersLoseNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var names []string
	call := &Call{handler: f.Handler, Now: began().Unix()}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		for i, name := range []string{"100%", "100_", "ÄRGER", "ärger", "a\\b", "", "x' OR '1", "Ads", "ads", strings.Repeat("Long ", 300), "İ", "K"} {
			names = append(names, name)
			call.Now++
			ad := &store.Object{ID: fmt.Sprintf("4%017d", i), Type: "adcreative", AccountID: "2", Data: map[string]any{"name": name}}
			if err := call.Save(t.Context(), tx, ad); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	names = append(names, "Creative 2")
	field := &object.Field{Name: "name", Kind: object.String}
	for _, op := range operators(object.String) {
		for _, value := range []string{"100%", "100_", "ÄRGER", "ärger", "a\\b", "x' OR '1", "ads", "Creative 2", "long long", "0", "%", "_", "k", "i̇", "İ"} {
			condition := filter{field: field, op: op, values: []any{value}}
			want := 0
			for _, name := range names {
				if condition.holds(name) {
					want++
				}
			}
			body, err := json.Marshal(map[string]any{"limit": 0, "summary": 1, "filtering": []any{map[string]any{"field": "name", "operator": op, "value": value}}})
			if err != nil {
				t.Fatal(err)
			}
			got := f.do("GET", "/v25.0/act_2/adcreatives", adminToken, string(body), "Content-Type", "application/json").Body.String()
			if !strings.Contains(got, fmt.Sprintf(`"total_count":%d}`, want)) {
				t.Errorf("%s %.20q: %s, want %d", op, value, got, want)
			}
		}
	}
}

// Bounds on the time of the last change let through whatever passes.
func TestUpdatedBounds(t *testing.T) {
	t.Parallel()
	field := &object.Field{Name: "updated_time", Kind: object.Time}
	for _, op := range operators(object.Time) {
		f := filter{field: field, op: op, values: []any{int64(5), int64(7)}}
		w := whereFor([]filter{f})
		for at := range int64(10) {
			if f.holds(at) && (at < w.From || w.Through != 0 && at > w.Through) {
				t.Errorf("%s: %d passes and is not read: %+v", op, at, w)
			}
		}
		if narrows := w.From+w.Through > 0; narrows == (strings.HasPrefix(op, "NO") || op == "IN" || op == "ANY" || op == "EQUAL") {
			t.Errorf("%s: %+v", op, w)
		}
	}
}

// The reader of filters ends on any text, with conditions or a fault.
func FuzzFilters(f *testing.F) {
	for _, seed := range []string{"", "[]", "{}", `[{"field":"name","operator":"CONTAIN","value":"a%_\\"}]`, `[{"field":"campaign.name","operator":"IN","value":["a",1,null]}]`,
		`[{"field":"updated_time","operator":"IN_RANGE","value":[1,"2026-11-22"]}]`, `[{"field":"ad.effective_status","operator":"NONE","value":[]}]`, `[{"field":".","operator":"ALL"}]`} {
		f.Add(seed, "a")
	}
	site := newFixture(f)
	call := &Call{handler: site.Handler, Now: began().Unix()}
	f.Fuzz(func(t *testing.T, text, name string) {
		filters, err := call.filters(site.registry.Type("ad"), text)
		if err != nil {
			if faultsOf(err) == nil {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		whereFor(filters)
		for _, c := range filters {
			if c.match == nil {
				c.holds(name)
			}
		}
	})
}
