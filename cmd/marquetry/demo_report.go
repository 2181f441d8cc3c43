package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/world"
)

// result is what a run came to; it is what --json prints. Everything but Seconds follows from the seed and the number of impressions.
type result struct {
	Seed          uint64                `json:"seed"`
	Impressions   int                   `json:"impressions"`
	Clicks        int                   `json:"clicks"`
	Purchases     int                   `json:"purchases"`
	Revenue       float64               `json:"revenue"` // USD
	Combinations  int                   `json:"combinations"`
	LastTenth     float64               `json:"percent_of_optimal_last_tenth"`
	Uniform       float64               `json:"uniform_percent_of_optimal"` // of the same people
	Tenths        []float64             `json:"percent_of_optimal_by_tenth"`
	BestBySegment []segmentBest         `json:"best_by_segment"`
	PerAsset      map[string][]assetRow `json:"per_asset"`               // by insights breakdown
	LearningState string                `json:"learning_state"`          // the server's verdict on the leading combination
	Leader        float64               `json:"leader_probability_best"` // with which it is the best, on average over people
	Truth         world.Truth           `json:"truth"`
	Seconds       float64               `json:"seconds"`
}

// segmentBest is what a segment was shown most in the last tenth, beside what was best for it.
type segmentBest struct {
	Segment string            `json:"segment"`
	Shown   map[string]string `json:"shown"`           // asset by slot
	Share   float64           `json:"share"`           // of the segment's impressions
	Best    map[string]string `json:"best"`            // the truth
	Percent float64           `json:"percent_of_best"` // purchases per impression of what was shown, in percent of the best's
}

// assetRow is one row of an asset breakdown.
type assetRow struct {
	Asset       string  `json:"asset"`
	Impressions int64   `json:"impressions"`
	Clicks      int64   `json:"clicks"`
	Purchases   int64   `json:"purchases"`
	Rate        float64 `json:"purchases_per_impression"`
}

// breakdowns are the asset breakdowns of the report, with the place of the shown text in their value objects.
func breakdowns() [][2]string {
	return [][2]string{
		{"image_asset", "hash"}, {"title_asset", "text"}, {"body_asset", "text"}, {"description_asset", "text"}, {"call_to_action_asset", "name"},
	}
}

// report reads what the server reports and measures it against the truth.
func (s *story) report(ctx context.Context, shop shop, people *world.World, outcome *world.Outcome) (*result, error) {
	clicks, purchases, value := outcome.Totals()
	last := outcome.PercentOfOptimal(9, 10)
	r := &result{
		Seed: s.seed, Impressions: s.impressions, Clicks: clicks, Purchases: purchases, Revenue: float64(value) / 100,
		Combinations: s.combinations, LastTenth: last.Shown, Uniform: last.Uniform, Truth: people.Truth(), PerAsset: map[string][]assetRow{},
	}
	for tenth := range 10 {
		r.Tenths = append(r.Tenths, outcome.PercentOfOptimal(tenth, 10).Shown)
	}
	for i, segment := range people.Segments() {
		best, rate := people.Best(i)
		shown, share := outcome.Favourite(i)
		r.BestBySegment = append(r.BestBySegment, segmentBest{
			Segment: segment.Name, Shown: shop.named(shown), Share: share, Best: shop.named(best), Percent: 100 * people.Rate(i, shown) / rate,
		})
	}
	for _, b := range breakdowns() {
		rows, err := s.breakdown(ctx, b[0], b[1])
		if err != nil {
			return nil, err
		}
		r.PerAsset[b[0]] = rows
	}
	var err error
	r.LearningState, r.Leader, err = s.learningState(ctx)
	return r, err
}

// breakdown reads the ad's insights by one kind of asset.
func (s *story) breakdown(ctx context.Context, name, member string) ([]assetRow, error) {
	var rows []assetRow
	for row, err := range s.api.List(ctx, s.ad+"/insights", client.Params{
		"breakdowns": name, "fields": "impressions,clicks,actions", "date_preset": "maximum",
	}) {
		if err != nil {
			return nil, fmt.Errorf("insights by %s: %w", name, err)
		}
		asset := row.Object(name).String(member)
		a := assetRow{Asset: cmp.Or(s.files[asset], asset), Impressions: row.Int("impressions"), Clicks: row.Int("clicks")}
		for _, action := range row.List("actions") {
			if action.String("action_type") == "offsite_conversion.fb_pixel_purchase" {
				a.Purchases = action.Int("value")
			}
		}
		a.Rate = float64(a.Purchases) / float64(max(1, a.Impressions))
		rows = append(rows, a)
	}
	return rows, nil
}

// learningState is the verdict on the combination that is likeliest to be the best, and how likely that is.
func (s *story) learningState(ctx context.Context) (state string, top float64, err error) {
	top = -1
	for row, err := range s.api.List(ctx, s.ad+"/insights", client.Params{
		"breakdowns": "combination", "fields": "impressions", "date_preset": "maximum", "limit": 500,
	}) {
		if err != nil {
			return "", 0, fmt.Errorf("insights by combination: %w", err)
		}
		if p := row.Float("probability_best"); p > top {
			state, top = row.String("verdict"), p
		}
	}
	return state, max(0, top), nil
}
