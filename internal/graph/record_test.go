package graph

import (
	"net/http"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/inspect"
)

// observed is a fixture whose records are kept.
func observed(t *testing.T) (*fixture, *[]inspect.Record) {
	t.Helper()
	f, records := newFixture(t), &[]inspect.Record{}
	f.config.Observe = func(r inspect.Record) { *records = append(*records, r) }
	return f, records
}

// last is the newest record.
func last(records *[]inspect.Record) inspect.Record { return (*records)[len(*records)-1] }

// paths are the places of notes.
func paths(notes []inspect.Note) string {
	var list []string
	for _, n := range notes {
		list = append(list, strings.Join(n.Path, "."))
	}
	return strings.Join(list, " ")
}

func TestEveryRequestLeavesARecord(t *testing.T) {
	t.Parallel()
	f, records := observed(t)
	for _, c := range []struct {
		method, target, token, body   string
		status                        int
		account, caller, method2, err string
	}{
		{"GET", "/v23.0/act_1?fields=name", tokenA, "", 200, "1", "a", "GET", ""},
		{"POST", "/v23.0/act_1?method=get", tokenA, "", 200, "1", "a", "GET", ""},
		{"GET", "/v23.0/act_2", tokenA, "", 400, "", "a", "GET", "does not exist"},
		{"GET", "/v23.0/act_1", "mq_unknown-token", "", 400, "", "", "GET", "Invalid OAuth"},
		{"POST", "/v23.0/act_1/campaigns", tokenA, `{"name":`, 400, "", "", "POST", "cannot be read"},
	} {
		f.do(c.method, c.target, c.token, c.body, "User-Agent", "sdk/1")
		r := last(records)
		if r.Account != c.account || r.Caller != c.caller || r.Method != c.method2 || r.Agent != "sdk/1" || r.Version != "v23.0" || r.TraceID == "" {
			t.Errorf("%s %s: %+v", c.method, c.target, r)
		}
		if (r.Error == nil) != (c.err == "") || r.Error != nil && !strings.Contains(r.Error.Message, c.err) {
			t.Errorf("%s %s: error %+v", c.method, c.target, r.Error)
		}
	}
	if len(*records) != 5 {
		t.Errorf("%d records of 5 requests", len(*records))
	}
}

func TestRecordOfAWrite(t *testing.T) {
	t.Parallel()
	f, records := observed(t)
	answer := f.do(http.MethodPost, "/v23.0/act_1/campaigns", tokenA, `{"name":"New","objective":"OUTCOME_SALES","status":"PAUSED","strange":1}`)
	r := last(records)
	if len(r.Stored) != 1 || r.Stored[0].Action != "create" || !strings.Contains(answer.Body.String(), r.Stored[0].ID) || paths(r.Ignored) != "strange" {
		t.Errorf("%s: %+v", answer.Body, r)
	}
	if r.Sent["access_token"] != "(masked)" || r.Sent["name"] != "New" || r.Holder == "" {
		t.Errorf("sent %v", r.Sent)
	}
	f.do(http.MethodPost, "/v23.0/"+r.Stored[0].ID, tokenA, `{"name":"New","id":"1"}`)
	if r := last(records); len(r.Stored) != 1 || r.Stored[0].Action != "update" || len(r.Stored[0].Values) != 0 {
		t.Errorf("%+v", r)
	}
	f.do(http.MethodPost, "/v23.0/act_1/campaigns", tokenA, `{"name":"New","objective":"OUTCOME_SALE"}`)
	if r := last(records); r.Stored != nil || r.Explanation == nil || r.Explanation.Known[0] != "OUTCOME_SALES" {
		t.Errorf("%+v", r)
	}
}

// A batch leaves a record of its own and one of each operation, with the caller and account of each.
func TestRecordsOfABatch(t *testing.T) {
	t.Parallel()
	f, records := observed(t)
	f.do(http.MethodPost, "/v23.0/", tokenA, `{"batch":[{"method":"GET","relative_url":"act_1?access_token=`+tokenA+`"},{"method":"GET","relative_url":"act_2"}]}`)
	if len(*records) != 3 || (*records)[0].Account != "1" || (*records)[1].Error == nil || last(records).Account != "" {
		t.Fatalf("%+v", *records)
	}
	for _, r := range *records {
		if r.Holder == "" || strings.Contains(string(mustJSON(t, r)), tokenA) {
			t.Errorf("%+v", r)
		}
	}
}

// mustJSON encodes a value.
func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	data, err := marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Unknown fields are answered with the names that may have been meant, and with a request that works.
func TestUnknownFieldIsExplained(t *testing.T) {
	t.Parallel()
	f, records := observed(t)
	f.do(http.MethodGet, "/v23.0/act_1?fields=id,nam,timezone_name", tokenA, "")
	e := last(records).Explanation
	corrected, _ := e.Corrected.(map[string]any)
	if !e.Accepted || e.Known[0] != "name" || corrected["fields"] != "id,name,timezone_name" || corrected["access_token"] != nil {
		t.Errorf("%+v", e)
	}
}

// What cannot be undone is never tried.
func TestActionsAreNotTried(t *testing.T) {
	t.Parallel()
	f, _ := observed(t)
	call := f.call(&asked{Request: mustRequest(t), path: target{version: 230}}, Caller{Scopes: []string{"admin"}})
	tried := map[bool]int{}
	for _, e := range f.registry.Type("adaccount").Edges {
		may := f.harmless(t.Context(), call, target{version: 230, node: "act_1", edge: e.Name})
		if tried[may]++; may && e.Action != "" && !e.Undoable {
			t.Errorf("%s would be tried", e.Name)
		}
	}
	if tried[true] == 0 || tried[false] == 0 {
		t.Errorf("%v", tried)
	}
}

// mustRequest is any request.
func mustRequest(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
