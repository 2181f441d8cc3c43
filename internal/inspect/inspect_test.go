package inspect

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// noon is when the records of the tests arrive.
func noon() time.Time { return time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC) }

// filled is a ring with a hundred records: of two accounts by turns, every tenth of none, every fifth refused.
func filled() *Ring {
	r := NewRing(1000, MostBytes)
	for i := range 100 {
		one := Record{TraceID: fmt.Sprint("trace", i), Time: noon().Add(time.Duration(i) * time.Second), Method: []string{"GET", "POST"}[i%2],
			Path: fmt.Sprintf("/v25.0/act_%d/ads", 1+i%2), Account: fmt.Sprint(1 + i%2), Status: 200, Holder: store.HashToken(fmt.Sprint("token of ", 1+i%2))}
		if i%10 == 0 {
			one.Account, one.Path = "", "/me"
		}
		if i%5 == 0 {
			one.Status = 400
		}
		if one.Method == http.MethodPost {
			one.Stored = []Stored{{ID: fmt.Sprint(7000 + i), Type: "ad", Action: "create"}}
		}
		r.Add(one)
	}
	return r
}

func TestRingIsBounded(t *testing.T) {
	t.Parallel()
	few := NewRing(3, MostBytes)
	small := NewRing(1000, 2000)
	for i := range 50 {
		record := Record{TraceID: fmt.Sprint(i), Sent: map[string]any{"name": strings.Repeat("x", 500)}}
		few.Add(record)
		small.Add(record)
	}
	rows, _, err := few.Records(Filter{Limit: 10, Sees: Viewer{All: true}})
	if err != nil || len(rows) != 3 || rows[0].TraceID != "49" || rows[2].TraceID != "47" {
		t.Errorf("%v, %v", rows, err)
	}
	if rows, _ := small.List(Filter{Limit: 10, Sees: Viewer{All: true}}); len(rows) != 3 || small.size > 2000 {
		t.Errorf("%d records of %d bytes", len(rows), small.size)
	}
	many := make([]any, 90)
	for i := range many {
		many[i] = strings.Repeat("y", 1900)
	}
	few.Add(Record{TraceID: "large", Sent: Masked(map[string]any{"list": many}), Explanation: &Explanation{Fault: Fault{Rule: "x"}, Faults: []Fault{{Rule: "x"}}, Corrected: many}})
	rows, _, err = few.Records(Filter{Trace: "large", Limit: 1, Sees: Viewer{All: true}})
	if err != nil || len(rows) != 1 || rows[0].Explanation.Rule != "x" || rows[0].Explanation.Corrected != nil || rows[0].Sent["list"] != nil {
		t.Errorf("%+v, %v", rows, err)
	}
}

func TestListIsNarrowedAndPaged(t *testing.T) {
	t.Parallel()
	r := filled()
	for name, c := range map[string]struct {
		query string
		want  int
	}{
		"all": {"", 100}, "by method": {"method=post", 50}, "by status": {"status=200", 80}, "errors": {"status=error", 20}, "by trace": {"trace=trace7", 1},
		"by object written": {"object=7001", 1}, "by account": {"account=act_1", 40}, "since": {"since=" + noon().Add(90*time.Second).Format(time.RFC3339), 10},
		"since in seconds": {fmt.Sprint("since=", noon().Unix()+95), 5}, "nothing": {"object=1", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen, after := map[string]bool{}, ""
			for {
				got := ask(t, Handler(r, tokens(t), noon), "/v1/inspector/requests?limit=7&"+c.query+after, "admin", http.StatusOK)
				for _, row := range got["data"].([]any) {
					seen[row.(map[string]any)["trace_id"].(string)] = true
				}
				next, _ := got["paging"].(map[string]any)["next"].(string)
				if next == "" {
					break
				}
				after = "&after=" + next
			}
			if len(seen) != c.want {
				t.Errorf("%d records, want %d", len(seen), c.want)
			}
		})
	}
}

// tokens is a database with an admin's token, one of each account, one that may read everything, and one that may read nothing.
func tokens(t *testing.T) *store.DB {
	t.Helper()
	db := storetest.SQLite(t)
	err := db.Write(t.Context(), func(tx store.Tx) error {
		for secret, k := range map[string]store.Token{
			"admin":      {Scopes: []string{"admin"}},
			"token of 1": {Scopes: []string{"ads_management"}, Accounts: []string{"1"}},
			"token of 2": {Scopes: []string{"pages_read_engagement"}, Accounts: []string{"2"}},
			"reader":     {Scopes: []string{"ads_read"}},
			"stranger":   {Scopes: []string{"sandbox"}},
			"expired":    {Scopes: []string{"admin"}, Expires: noon().Unix()},
		} {
			k.Hash, k.UserID = store.HashToken(secret), "1"
			if err := tx.PutToken(t.Context(), &k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// ask sends a request and decodes the answer.
func ask(t *testing.T, h http.Handler, path, token string, status int) map[string]any {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != status {
		t.Fatalf("%s as %q: %d %s", path, token, w.Code, w.Body)
	}
	return got
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	h := Handler(filled(), tokens(t), noon)
	for token, want := range map[string]int{"admin": 100, "reader": 90, "token of 1": 50, "token of 2": 50, "stranger": 0} {
		got := ask(t, h, "/v1/inspector/requests?limit=500", token, http.StatusOK)
		if n := len(got["data"].([]any)); n != want {
			t.Errorf("%s sees %d records, want %d", token, n, want)
		}
	}
	for _, token := range []string{"", "expired", "nobody's"} {
		ask(t, h, "/v1/inspector/requests", token, http.StatusUnauthorized)
	}
	ask(t, h, "/v1/inspector/requests/trace1", "token of 1", http.StatusNotFound)
	if got := ask(t, h, "/v1/inspector/requests/trace1", "token of 2", http.StatusOK); got["trace_id"] != "trace1" || got["Holder"] != nil {
		t.Errorf("%v", got)
	}
	for _, query := range []string{"limit=0", "limit=501", "limit=x", "after=-1", "status=x", "since=yesterday"} {
		ask(t, h, "/v1/inspector/requests?"+query, "admin", http.StatusBadRequest)
	}
}

func TestSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const secret = "S3cr3tS3cr3t"
	for name, params := range map[string]map[string]any{
		"by name":          {"access_token": secret, "appsecret_proof": secret, "input_token": secret, "client_secret": secret, "fb_exchange_token": secret, "new_password": secret},
		"what identifies":  {"data": []any{map[string]any{"event_name": "Purchase", "user_data": map[string]any{"em": secret}}}, "payload": map[string]any{"data": secret}},
		"in JSON text":     {"data": `[{"user_data":{"em":["` + secret + `"]}}]`},
		"in other text":    {"batch": `[{"method":"POST","body":"name=x&access_token=` + secret + `&a=b"}]`},
		"in an address":    {"relative_url": "me?fields=id&access_token=" + secret},
		"in broken JSON":   {"(body)": `{"access_token": "` + secret + `", "name": <x>`},
		"escaped":          {"x": `{\"client_secret\":\"` + secret + `\",`},
		"percent-encoded":  {"x": "access_token%3D" + secret},
		"by its own looks": {"x": "mq_" + secret, "y": "EAA" + secret},
		"as a name":        {"mq_" + secret: 1},
		"an application's": {"x": "tok 120200000000000006|" + secret, "y": "120200000000000006%7C" + secret},
		"of an address":    {"url": "https://u:" + secret + "@shop.example/f.csv", "list": []any{"ftp://" + secret + ":x@h/"}},
		"in a long text":   {"x": strings.Repeat("é", 1995) + "mq_" + secret},
	} {
		kept, err := json.Marshal(Masked(params))
		if err != nil || strings.Contains(string(kept), secret) || strings.Contains(string(kept), secret[:6]) {
			t.Errorf("%s: %s", name, kept)
		}
	}
	kept := Masked(map[string]any{"name": "Spring", "targeting": map[string]any{"age_min": 21}, "file": map[string]any{"bytes": 12}})
	if diff := cmp.Diff(map[string]any{"name": "Spring", "targeting": map[string]any{"age_min": 21}, "file": map[string]any{"bytes": 12}}, kept); diff != "" {
		t.Error(diff)
	}
}

// FuzzMasked checks that no text gets past the mask because of what stands around it.
func FuzzMasked(f *testing.F) {
	for _, around := range []string{"", `{"a":"`, "&x=", `[1,`, `'`, `\"`, "%3D", strings.Repeat("é", 1999)} {
		f.Add(around, around)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		kept, err := json.Marshal(Masked(map[string]any{"x": before + " mq_S3cr3tS3cr3t " + after}))
		if err != nil || strings.Contains(string(kept), "mq_S3cr3tS3cr3t") {
			t.Errorf("%q %q: %s, %v", before, after, kept, err)
		}
	})
}
