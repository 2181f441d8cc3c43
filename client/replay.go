package client

import "context"

// ReplayRequest asks what would have been on the log of an ad. With Stop or Pin the policies are asked with and without it.
type ReplayRequest struct {
	AdID     string     `json:"ad_id"`
	Policies []string   `json:"policies,omitempty"` // default, uniform, asset-beta, …; without any: these three, or with Stop, Pin or Add the first
	Stop     []string   `json:"stop,omitempty"`     // assets that would not have been shown: id, exact text, or slot and index as in title:2
	Pin      []string   `json:"pin,omitempty"`      // assets that would have been shown always; of one slot they take turns
	Add      []NewAsset `json:"add,omitempty"`      // texts that were never shown
}

// NewAsset is a text that an ad does not have.
type NewAsset struct {
	Slot string `json:"slot"` // title, body or description
	Text string `json:"text"`
}

// Replay is the answer to a ReplayRequest. Rates are of optimisation events per impression; for the objective value, of the account's currency.
type Replay struct {
	AdID      string       `json:"ad_id"`
	Objective string       `json:"objective"` // clicks, conversions or value
	Log       ReplayLog    `json:"log"`
	Actual    Figure       `json:"actual"` // what was brought, per impression
	Answers   []Replayed   `json:"answers"`
	Additions []Prediction `json:"additions,omitempty"`
}

// ReplayLog says what was read.
type ReplayLog struct {
	Impressions int    `json:"impressions"` // of what the ad shows now
	Other       int    `json:"other"`       // impressions of what it showed before, which are left out
	First       string `json:"first,omitempty"`
	Last        string `json:"last,omitempty"` // RFC 3339
	Complete    bool   `json:"complete"`       // false when the log goes further back than a replay reads
}

// Figure is a number with its error.
type Figure struct {
	Mean          float64 `json:"mean"`
	StandardError float64 `json:"standard_error"`
	Low           float64 `json:"low"` // of the central 95 %
	High          float64 `json:"high"`
}

// Replayed is what one policy would have brought.
type Replayed struct {
	Policy    string           `json:"policy"`
	Stop      []string         `json:"stop,omitempty"` // asset ids
	Pin       []string         `json:"pin,omitempty"`
	Verdict   string           `json:"verdict"`        // estimate, or not_enough_support
	Rule      string           `json:"rule,omitempty"` // why not
	Why       string           `json:"why,omitempty"`
	Value     *Figure          `json:"value,omitempty"` // only with an estimate
	Lift      *Figure          `json:"lift,omitempty"`  // relative to Actual: 0.1 is a tenth more
	Estimates []ReplayEstimate `json:"estimates"`       // by every method, for those who want to see them all the same
	Support   ReplaySupport    `json:"support"`
}

// ReplayEstimate is the value by one method.
type ReplayEstimate struct {
	Method string `json:"method"` // switch, dr, snips, ips, clipped
	Value  Figure `json:"value"`
	Lift   Figure `json:"lift"`
}

// ReplaySupport says how well the log covers a policy.
type ReplaySupport struct {
	Effective  float64 `json:"effective_impressions"`
	Events     float64 `json:"effective_events"`
	Largest    float64 `json:"largest_weight"`
	MeanWeight float64 `json:"mean_weight"`   // 1 but for chance when the log could show all that the policy would
	Missing    float64 `json:"missing_share"` // of the policy's probability: never shown
	Rare       float64 `json:"rare_share"`    // shown less than a tenth as often as by even rotation
	Clipped    float64 `json:"clipped_share"` // rests on single impressions that weigh too much
}

// Prediction is what is believed of an asset that was never shown. It comes from how far the other assets of its slot differ, and not from data about it.
type Prediction struct {
	NewAsset
	Verdict         string  `json:"verdict"` // prediction_from_prior
	Why             string  `json:"why"`
	Compared        int     `json:"assets_compared"`
	Effect          float64 `json:"effect"` // rate relative to the mean of its slot: the median of the prediction, and its central 95 %
	Low             float64 `json:"low"`
	High            float64 `json:"high"`
	ProbabilityBest float64 `json:"probability_best"`    // of being better than the best of its slot
	ExpectedGain    float64 `json:"expected_gain"`       // over that best, from being able to choose once it is known; 0.1 is a tenth
	QuarterGain     float64 `json:"gain_if_top_quarter"` // over that best, if it is one of the best quarter of such assets
	Impressions     int64   `json:"impressions_to_50_events"`
	Days            float64 `json:"days_to_50_events,omitempty"` // shown as often as any other of its slot, at the ad's pace
	GivenUp         float64 `json:"events_given_up"`             // in these impressions, against showing the best
}

// Replay asks what another policy, or a stopped, pinned or new asset, would have brought on the log of an ad. It needs a token that may read the
// ad. A long log takes a minute.
func (c *Client) Replay(ctx context.Context, want ReplayRequest) (Replay, error) {
	var got Replay
	err := c.postJSON(ctx, "/v1/replay", want, &got)
	return got, err
}
