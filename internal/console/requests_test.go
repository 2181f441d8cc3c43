package console

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/store"
)

// asked is what the fixture's server was asked: in account 11 a write with all kinds of notes and a refused one, and one of account 12.
func asked() *inspect.Ring {
	ring := inspect.NewRing(100, inspect.MostBytes)
	sent := map[string]any{"name": "<script>alert(1)</script>", "objective": "outcome_sale"}
	fault := inspect.Fault{Rule: "kind.enum", Path: []string{"objective"}, Code: 100, Message: "(#100) Param objective must be one of {OUTCOME_APP_PROMOTION, OUTCOME_AWARENESS, OUTCOME_ENGAGEMENT, OUTCOME_LEADS, OUTCOME_SALES, OUTCOME_TRAFFIC, REACH}", Known: []string{"OUTCOME_SALES"}}
	name := inspect.Fault{Rule: "required", Path: []string{"name"}, Code: 100, Message: "(#100) The parameter name is required", Why: "The object cannot be made without it."}
	for i, one := range []inspect.Record{
		{TraceID: "TraceWrite", Method: "POST", Path: "/v25.0/act_11/ads", Account: "11", Status: 200, Caller: "shop", Sent: sent,
			Stored: []inspect.Stored{{ID: adID, Type: "ad", Action: "create", Values: map[string]any{"name": "Shoes"}}},
			Notes: inspect.Notes{Ignored: []inspect.Note{{Path: []string{"strange"}, Message: "not a parameter of ad; ignored"}},
				Collapsed: []inspect.Note{{Path: []string{"creative", "titles"}, Message: "read as asset_feed_spec.titles", Value: []any{"a"}}},
				Defaulted: []inspect.Note{{Path: []string{"name"}, Value: "Shoes"}}, StoredOnly: []inspect.Note{{Path: []string{"priority"}}}}},
		{TraceID: "TraceRefused", Method: "POST", Path: "/v25.0/act_11/campaigns", Account: "11", Status: 400, Caller: "shop", Agent: "sdk/1", Sent: sent, Micros: 4200,
			Error: &inspect.Failure{Code: 100, Subcode: 33, Message: fault.Message}, Explanation: &inspect.Explanation{Fault: fault, Faults: []inspect.Fault{fault, name},
				Repaired: "{}", Corrected: map[string]any{"objective": "OUTCOME_SALES"}, Remaining: []inspect.Fault{name}}},
		{TraceID: "TraceOther", Method: "GET", Path: "/v25.0/act_12", Account: "12", Status: 200, Holder: store.HashToken("of 12")},
	} {
		one.Time, one.Version = clock().Add(time.Duration(i)*time.Second), "v25.0"
		ring.Add(one)
	}
	return ring
}

// TestRequestsAreNarrowed checks the form, and that a visitor sees the requests of their accounts only.
func TestRequestsAreNarrowed(t *testing.T) {
	t.Parallel()
	h := site(t, false, learner{})
	keys := map[string]*http.Cookie{}
	for _, token := range []string{"reader", "of 12"} {
		r := enter(h, token, "/console/requests")
		if r.Header.Get("Location") != "/console/requests" {
			t.Fatalf("%s is sent to %s", token, r.Header.Get("Location"))
		}
		keys[token] = r.Cookies()[0]
	}
	for _, c := range []struct {
		token, path string
		status      int
		want        string // the traces that are linked
	}{
		{"reader", "/console/requests", 200, "TraceOther TraceRefused TraceWrite"},
		{"reader", "/console/requests?only=refused", 200, "TraceRefused"},
		{"reader", "/console/requests?object=" + adID, 200, "TraceWrite"},
		{"reader", "/console/requests?before=2", 200, "TraceWrite"},
		{"of 12", "/console/requests", 200, "TraceOther"},
		{"of 12", "/console/requests/TraceWrite", 404, ""},
		{"reader", "/console/requests/TraceWrite", 200, ""},
	} {
		r := get(h, c.path, keys[c.token])
		page := body(t, r)
		var found []string
		for _, part := range strings.Split(page, `href="/console/requests/`)[1:] {
			trace, _, _ := strings.Cut(part, `"`)
			found = append(found, trace)
		}
		if got := strings.Join(found, " "); r.StatusCode != c.status || got != c.want {
			t.Errorf("%s of %q: %d %s, want %d %s", c.path, c.token, r.StatusCode, got, c.status, c.want)
		}
	}
}
