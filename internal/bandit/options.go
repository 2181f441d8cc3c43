package bandit

import "fmt"

// Objective is the event that the choice of combinations is to bring about.
type Objective uint8

// The objectives.
const (
	Clicks      Objective = iota // clicks per impression
	Conversions                  // conversions per impression: click rate × conversions per click
	Value                        // as Conversions, a conversion weighing its value relative to the mean value
)

// Priors are the standard deviations, on the log-odds scale, from which effects are believed to come before any data.
type Priors struct {
	Main    float64 // an asset
	Pair    float64 // two assets of different slots together
	Context float64 // a value of a context attribute
	Cross   float64 // an asset under a value of a context attribute
	Weight  float64 // how many effects' worth of evidence these figures are when a group's spread is estimated

	Slots []float64   // factor of each slot on Main and Cross, and by the root of both slots' on Pair; nil is 1 for all
	Means [][]float64 // believed effect of each asset on clicks, per slot, log-odds; nil is 0 for all
}

// Options shape a fit. The zero value is not usable: start from DefaultOptions.
type Options struct {
	Seed      uint64
	Objective Objective

	ClickRate      float64 // clicks per impression believed before any data
	ConversionRate float64 // conversions per click believed before any data
	RateSD         float64 // standard deviation of both beliefs, log-odds; it must be proper or a clickless start diverges
	Priors         Priors  // of the effects on clicks
	ConversionSD   float64 // factor on Priors for the effects on conversions per click: below 1 leans on the pooled rate

	Delay Delay   // of conversions after their clicks
	Now   float64 // days since 1970 in the account's time zone, with the fraction of the day; for Delay

	Legal *Legal   // nil when every combination may be shown
	Parts []*Legal // what may be shown in places of their own; what is learnt is shared

	Horizon float64 // optimisation events expected over the ad's life; 0 is unknown
	Alpha   float64 // fixes how boldly to explore, 1 being Thompson sampling; 0 follows events and Horizon

	// Forgetting is the chance, over the whole life of an ad whose viewers do not change, that its past is forgotten all the same;
	// 0 never forgets.
	Forgetting float64

	Draws  int     // posterior draws in a policy
	Floor  float64 // probability of a combination taken evenly from all
	Values int     // most context values with effects of their own, fewer in a large space; the rarest beyond share one per attribute
}

// DefaultOptions were chosen on simulated ads of 18, 108 and 6,250 combinations (package sim). The spread of assets lies
// within what tests of headlines and of pictures measure for the slots of an ad.
func DefaultOptions() Options {
	return Options{
		ClickRate:      0.015,
		ConversionRate: 0.05,
		RateSD:         1.5,
		Priors:         Priors{Main: 0.15, Pair: 0.08, Context: 0.3, Cross: 0.06, Weight: 30},
		ConversionSD:   0.7,
		Forgetting:     0.05,
		Draws:          64,
		Floor:          0.01,
		Values:         32,
	}
}

// Validate names the first option that is out of its range.
func (o Options) Validate() error {
	p := o.Priors
	for _, c := range []struct {
		ok   bool
		name string
	}{
		{o.Objective <= Value, "objective is unknown"},
		{0 < o.ClickRate && o.ClickRate < 1, "click rate must lie between 0 and 1"},
		{0 < o.ConversionRate && o.ConversionRate < 1, "conversion rate must lie between 0 and 1"},
		{o.RateSD > 0 && o.ConversionSD > 0, "standard deviations must be positive"},
		{p.Main > 0 && p.Pair > 0 && p.Context > 0 && p.Cross > 0 && p.Weight > 0, "priors must be positive"},
		{o.Horizon >= 0 && o.Alpha >= 0, "horizon and alpha must not be negative"},
		{0 <= o.Forgetting && o.Forgetting < 1, "forgetting must be at least 0 and below 1"},
		{1 <= o.Draws && o.Draws <= 256, "draws must be 1 to 256"},
		{0 <= o.Floor && o.Floor < 1, "floor must be at least 0 and below 1"},
		{1 <= o.Values && o.Values <= 64, "values must be 1 to 64"},
	} {
		if !c.ok {
			return fmt.Errorf("bandit options: %s", c.name)
		}
	}
	return nil
}
