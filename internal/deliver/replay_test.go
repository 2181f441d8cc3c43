package deliver

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store"
)

// replay asks over HTTP and expects an answer.
func (f *fixture) replay(t *testing.T, request string) client.Replay {
	t.Helper()
	w, body := f.send(t, http.MethodPost, "/v1/replay", request, f.token(t, "ads_read"))
	if w.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", w.StatusCode, body)
	}
	var got client.Replay
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestReplay asks of a log that even rotation made and in which only the second title sells: stopping it leaves nothing, pinning it sells to
// every other visitor, and of a text that was never shown there is no estimate.
func TestReplay(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	f.openBudget(t)
	f.play(t, 0, 1500)
	f.learn(t)

	got := f.replay(t, `{"ad_id":"`+theAd+`","policies":["uniform"]}`)
	even := got.Answers[0]
	if got.Objective != "conversions" || got.Log.Impressions != 1500 || !got.Log.Complete || got.Log.First != "2026-11-22T12:00:00Z" {
		t.Errorf("log %+v of %s", got.Log, got.Objective)
	}
	if got.Actual.Mean < 0.12 || got.Actual.Mean > 0.22 {
		t.Errorf("half of a third buys, and the log says %v", got.Actual.Mean)
	}
	if even.Verdict != "estimate" || even.Lift.Low > 0 || even.Lift.High < 0 || math.Abs(even.Support.Largest-1) > 1e-9 {
		t.Errorf("even rotation replayed as itself: %+v", even)
	}

	got = f.replay(t, `{"ad_id":"`+theAd+`","policies":["logged"],"pin":["title:1"]}`)
	if v := got.Answers[0].Value; v == nil || v.Low > 0.5 || v.High < 0.5 || v.Low < 0.4 {
		t.Errorf("with the title that sells alone: %+v", got.Answers[0])
	}
	got = f.replay(t, `{"ad_id":"`+theAd+`","policies":["logged"],"stop":["Walk <further>"]}`)
	if v := got.Answers[0].Estimates[0].Value; v.Mean > 0.01 {
		t.Errorf("without the title that sells there is %+v", v)
	}

	got = f.replay(t, `{"ad_id":"`+theAd+`","add":[{"slot":"title","text":"Lighter than air"}]}`)
	p := got.Additions[0]
	if p.Verdict != "prediction_from_prior" || !strings.Contains(p.Why, "never shown") || p.Compared != 3 || p.Low >= p.Effect || p.Effect >= p.High {
		t.Errorf("prediction %+v", p)
	}
	if p.Impressions < 50 || p.ProbabilityBest <= 0 || p.ProbabilityBest > 0.5 || p.QuarterGain <= p.Effect-2 {
		t.Errorf("prediction %+v", p)
	}
}

func TestReplayRefuses(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for _, test := range []struct {
		scope, request, rule string
		status               int
	}{
		{"", `{"ad_id":"` + theAd + `"}`, "replay.scope", 403},
		{"sandbox", `{"ad_id":"` + theAd + `"}`, "replay.scope", 403},
		{"ads_read", `{"ad_id":"1"}`, "ad_id.unknown", 404},
		{"ads_read", `{"ad_id":"` + theAd + `","policies":["oracle"]}`, "replay.policy", 400},
		{"ads_read", `{"ad_id":"` + theAd + `","policies":["logged"]}`, "replay.policy", 400},
		{"ads_read", `{"ad_id":"` + theAd + `","stop":["title:9"]}`, "replay.asset", 400},
		{"ads_read", `{"ad_id":"` + theAd + `","stop":["title:0","title:1","title:2"]}`, "replay.legal", 400},
		{"ads_read", `{"ad_id":"` + theAd + `","add":[{"slot":"image","text":"x"}]}`, "replay.slot", 400},
		{"ads_read", `{"ad_id":"` + theAd + `","add":[{"slot":"title","text":"Walk <further>"}]}`, "replay.text", 400},
		{"ads_read", `{"ad":"1"}`, "body.unknown_field", 400},
	} {
		token := ""
		if test.scope != "" {
			token = f.token(t, test.scope)
		}
		w, body := f.send(t, http.MethodPost, "/v1/replay", test.request, token)
		if w.StatusCode != test.status || !strings.Contains(body, `"rule":"`+test.rule+`"`) {
			t.Errorf("%s with %q: %d %s", test.request, test.scope, w.StatusCode, body)
		}
	}
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		return tx.PutToken(t.Context(), &store.Token{Hash: store.HashToken("other"), Label: "test", Scopes: []string{"ads_management"}, Accounts: []string{otherOwner}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if w, body := f.send(t, http.MethodPost, "/v1/replay", `{"ad_id":"`+theAd+`"}`, "other"); w.StatusCode != http.StatusNotFound || !strings.Contains(body, "ad_id.unknown") {
		t.Errorf("a token for another account: %d %s", w.StatusCode, body)
	}
	got := f.replay(t, `{"ad_id":"`+theAd+`"}`)
	if len(got.Answers) != 3 || got.Answers[0].Verdict != "not_enough_support" || got.Log.Impressions != 0 {
		t.Errorf("an empty log says %+v", got)
	}
}
