package deliver

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// TestStatus asks as an operator after some traffic, a replay and a forgery, and as somebody who may not.
func TestStatus(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	d := f.decide(t, client1())
	f.get(t, f.here(d.ImpressionURL))
	f.get(t, f.here(d.ImpressionURL))
	f.get(t, "/t/c?d=x")
	for token, status := range map[string]int{"": http.StatusForbidden, f.token(t, "ads_management", "sandbox"): http.StatusForbidden, "mq_x": http.StatusUnauthorized} {
		if w, body := f.send(t, http.MethodGet, "/v1/status", "", token); w.StatusCode != status {
			t.Errorf("%d %s, want %d", w.StatusCode, body, status)
		}
	}
	if w, body := f.send(t, http.MethodGet, "/v1/status?budget=17", "", f.token(t, "admin")); w.StatusCode != http.StatusNotFound {
		t.Errorf("%d %s for a budget of nobody", w.StatusCode, body)
	}
	live(t, f.Service, noon)
	w, body := f.send(t, http.MethodGet, "/v1/status?budget="+theAdSet, "", f.token(t, "admin"))
	var got client.Status
	if err := json.Unmarshal([]byte(body), &got); err != nil || w.StatusCode != http.StatusOK {
		t.Fatalf("%d %s, %v", w.StatusCode, body, err)
	}
	want := client.Status{
		Started: "2026-11-22T12:00:00Z", Snapshot: f.Snapshot().Version(), Logged: 1,
		Folds: []client.Fold{{Name: "learning", Lag: 1}}, Refused: client.Refused{Malformed: 1, Replayed: 1}, Remembered: 1,
	}
	budget := got.Budget
	if budget == nil || budget.Outstanding != 2*5000 || budget.Delivered != 0 || budget.Allowance <= 0 || budget.Share != 1 || budget.Scheduled <= 0 || budget.Scheduled > 50e9/4 {
		t.Errorf("at four in the morning in Los Angeles: %+v", budget)
	}
	got.Budget = nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
