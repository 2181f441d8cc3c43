package deliver

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/client"
)

// TestAnswerIsJSON compares the hand-written encoder with encoding/json, for any text.
func TestAnswerIsJSON(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(t *rapid.T) {
		word := func(name string) string { return text.Draw(t, name) }
		number := rapid.Float64Range(0, 1)
		answer := client.DecisionResponse{Decisions: []client.Decision{}, Reason: word("reason")}
		for range rapid.IntRange(0, 2).Draw(t, "decisions") {
			d := client.Decision{
				ID: word("id"), AdID: word("ad"), AdSetID: word("adset"), CampaignID: word("campaign"), CombinationID: word("combination"),
				Assets: map[string]client.Asset{}, Propensity: number.Draw(t, "propensity"), Policy: word("policy"),
				ImpressionURL: word("impression"), ClickURL: word("click"), Token: word("token"), HTML: word("html"),
			}
			for _, slot := range []string{"image", "title", word("slot")} {
				d.Assets[slot] = client.Asset{
					Index: rapid.IntRange(0, 9).Draw(t, "index"), ID: word("asset"), Text: word("text"), Hash: word("hash"),
					URL: word("url"), Type: word("type"), VideoID: word("video"),
				}
			}
			if rapid.Bool().Draw(t, "explain") {
				d.Explain = &client.Explanation{Context: word("context"), Snapshot: word("snapshot"), Candidates: []client.Candidate{
					{CombinationID: word("candidate"), Propensity: number.Draw(t, "p"), Mean: number.Draw(t, "mean"), Low: number.Draw(t, "low"), High: number.Draw(t, "high")},
				}}
			}
			answer.Decisions = append(answer.Decisions, d)
		}
		standard, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		var want, got any
		if err := json.Unmarshal(standard, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(appendResponse(nil, &answer), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
