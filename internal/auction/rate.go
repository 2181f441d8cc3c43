package auction

import "math"

// Rate is what is believed of how often something follows an impression: gamma distributed around its mean, and worth as much as so many
// events that were seen. The zero value believes nothing and must not be asked.
type Rate struct {
	Mean   float64 // events per impression, positive
	Events float64 // positive
}

// kinship is how many events' worth of evidence the account's other ads are for a new one. Ads of one account then differ by a factor of
// about 1.6 in either direction.
const kinship = 4

// heft bounds how many events of one ad count for what is believed of the others, so that a single large ad does not speak for all.
const heft = 100

// After is the belief after so many events in so many impressions.
func (r Rate) After(events, impressions float64) Rate {
	n := r.Events + events
	return Rate{n / (r.Events/r.Mean + impressions), n}
}

// Heed is the belief in what ads have in common after one more of them.
func (r Rate) Heed(events, impressions float64) Rate {
	if events > heft {
		events, impressions = heft, impressions*heft/events
	}
	return r.After(events, impressions)
}

// Kin is what to believe of one ad, given what its kind has in common.
func (r Rate) Kin() Rate { return Rate{r.Mean, min(r.Events, kinship)} }

// Spread is the standard deviation of the logarithm of the rate, nearly.
func (r Rate) Spread() float64 { return 1 / math.Sqrt(r.Events) }

// Bounds of the quality floor: an ad is poor when its click rate is, with 97.5 % probability, under a quarter of what its kind has.
const (
	poorShare = 0.25
	upper     = 1.96
)

// Poor reports whether a rate is credibly far below what its kind has.
func (r Rate) Poor(kind Rate) bool { return r.Mean*math.Exp(upper*r.Spread()) < poorShare*kind.Mean }
