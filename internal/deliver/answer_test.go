package deliver

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// TestAnswerIsJSON compares the answer over HTTP with the decision as a value, also for texts and hosts that need escaping.
func TestAnswerIsJSON(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	nasty := creativeObject("120200000000000099", 0)
	nasty.Data["asset_feed_spec"].(map[string]any)["titles"] = []any{
		map[string]any{"text": "\"quoted\" \\ <b>&amp;</b> 00TOKEN00 /t/c?d=00TOKEN00"}, map[string]any{"text": "tab\tline\n\u2028 \x01 \U0001F97E"},
	}
	nasty.Data["asset_feed_spec"].(map[string]any)["bodies"] = []any{map[string]any{"text": "see /t/c?d=00TOKEN00\""}}
	ad := adObject("120200000000000098", theAdSet, 0)
	ad.Data["creative_id"] = nasty.ID
	f.put(t, nasty, ad)
	for i := range 40 {
		req := client.DecisionRequest{AccountID: theAccount, Count: i % 3, Explain: i%2 == 0, Time: "2026-11-22T12:00:00Z", Viewer: client.Viewer{ID: fmt.Sprint(i)}}
		caller := sandboxCaller()
		caller.Base = []string{"https://ads.example", `http://a'b&c`}[i%2]
		want, err := f.Decide(t.Context(), req, caller, noon)
		if err != nil {
			t.Fatal(err)
		}
		made, err := f.choose(&req, caller, noon)
		if err != nil {
			t.Fatal(err)
		}
		var got client.DecisionResponse
		if err := json.Unmarshal(made.appendTo(nil), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		for _, d := range got.Decisions {
			if n := strings.Count(d.HTML, `<a href="`+html.EscapeString(d.ClickURL)+`"`); n != 1 {
				t.Fatalf("%d links to the click address in %s", n, d.HTML)
			}
		}
	}
}

// TestCardsAreBounded asks for more cards than are kept.
func TestCardsAreBounded(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	for i := range maxCards + 10 {
		caller := sandboxCaller()
		caller.Base = fmt.Sprintf("https://host%d.example", i)
		if _, err := f.Decide(t.Context(), client1(), caller, noon); err != nil {
			t.Fatal(err)
		}
	}
	kept := 0
	f.cards.ready.Range(func(any, any) bool { kept++; return true })
	if kept > maxCards {
		t.Errorf("%d cards are kept, want at most %d", kept, maxCards)
	}
}
