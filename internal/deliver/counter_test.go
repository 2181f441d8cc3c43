package deliver

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// anonymous is a request of a viewer without an id.
func anonymous(counter string) client.DecisionRequest {
	return client.DecisionRequest{AdSetID: theAdSet, Viewer: client.Viewer{Country: "US", Counter: counter}}
}

// TestCounterCapsWhoHasNoID carries the counter from answer to answer, over HTTP: two a day of the set, three in a week of the campaign.
func TestCounterCapsWhoHasNoID(t *testing.T) {
	t.Parallel()
	f := cappedFixture(t)
	counter := ""
	for _, want := range []int{1, 1, 0, -24, 1, 0, -24, 0, -24 * 6, 1} {
		if want < 0 {
			f.clock.advance(time.Duration(-want) * time.Hour)
			continue
		}
		_, body := f.get(t, "/v1/decisions?adset_id="+theAdSet+"&country=US&counter="+url.QueryEscape(counter))
		var answer client.DecisionResponse
		if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Decisions) != want {
			t.Fatalf("%d %s %v, want %d; %+v", len(answer.Decisions), counter, err, want, f.Refused())
		}
		if answer.Counter != "" {
			counter = answer.Counter
		}
	}
	if r := f.Refused(); r != (client.Refused{}) {
		t.Error(r)
	}
}

// TestCounterCannotBeMade sends what is no counter, was altered, is a token, or is too old: the viewer is a new one, and it is counted. A counter that is
// sent twice at once is one viewer's.
func TestCounterCannotBeMade(t *testing.T) {
	t.Parallel()
	f := cappedFixture(t)
	ask := func(counter string) client.DecisionResponse {
		answer, err := f.Decide(t.Context(), anonymous(counter), Caller{Base: "https://ads.example"}, f.clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	first := ask("")
	for range 2 {
		if n := len(ask(first.Counter).Decisions); n == 0 {
			break
		}
	}
	if n := len(ask(first.Counter).Decisions); n != 0 {
		t.Error("a counter that is sent again hides what was decided meanwhile")
	}
	last := "A"
	if strings.HasSuffix(first.Counter, last) {
		last = "Q"
	}
	for _, wrong := range []string{"zz", first.Counter[:len(first.Counter)-1] + last, first.Decisions[0].Token, strings.Repeat("A", 2000)} {
		if n := len(ask(wrong).Decisions); n != 1 {
			t.Errorf("%.20s: %d decisions", wrong, n)
		}
	}
	for range 9 {
		f.clock.advance(10 * 24 * time.Hour)
		if err := f.rotateKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.openCounter(first.Counter, false, f.clock.Now().UnixMilli())
	}
	f.clock.advance(24 * time.Hour)
	ask(first.Counter)
	if r := f.Refused(); r.Malformed != 3 || r.Forged != 1 || r.Stale != 1 {
		t.Errorf("%+v", r)
	}
}
