// Package heritage turns what other ads of an account have shown into what is believed of a new one before it has shown anything:
// its rate, how far assets, pairs and contexts differ, and which assets are expected to do well.
//
// It is the hierarchy over ads of Nabi et al. (Decoupling Learning Rates Using Empirical Bayes Priors, 2022): spreads are estimated by
// maximum likelihood over the ads, with a prior at the built-in figures, so that an account of two small ads keeps these nearly.
// The result is a pure function of the set of ads, to the last bit.
package heritage

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
)

// Ad is an ad that has been shown, as far as it teaches about others.
type Ad struct {
	ID    string // unique; it orders the ads
	Slots []Slot
	Cells []bandit.Cell // combinations are numbered as in bandit.Space
}

// Slot is one slot of an ad: its assets, in the order of the combinations.
type Slot struct {
	Name   string // title, image, …: slots of the same name are comparable over ads
	Assets []Asset
}

// Asset is one asset of a slot.
type Asset struct {
	Key  string // equal for the same asset in two ads: a text, a picture's hash; "" for one that is never the same
	Text string // "" for one that has none
}

// Heritage is what the ads of an account have taught. It is immutable.
type Heritage struct {
	believed bandit.Options     // with the rates and the spreads that were learnt
	factors  map[string]float64 // by slot: its assets' spread relative to that of all
	words    *words
	assets   map[assetKey]score // of all ads together, beyond what the texts let expect
	carry    map[string]float64 // by slot: share of an asset's effect that is believed of it in another ad
}

// Learn finds what the ads have in common; believed is what holds without any.
func Learn(ads []Ad, believed bandit.Options) *Heritage {
	ads = slices.SortedFunc(slices.Values(ads), func(a, b Ad) int { return cmp.Compare(a.ID, b.ID) })
	h := &Heritage{believed: believed, factors: map[string]float64{}, assets: map[assetKey]score{}, carry: map[string]float64{}}
	var all []digest
	for _, ad := range ads {
		if a := newDigest(ad, believed.Priors); a.impressions > 0 {
			all = append(all, a)
		}
	}
	if len(all) > 0 {
		h.rates(all)
		h.spreads(all)
		h.words = h.learnWords(all)
		h.remember(all)
		h.learnCarry(all)
	}
	return h
}

// Options is what to believe of an ad with these slots.
func (h *Heritage) Options(slots []Slot) bandit.Options {
	opt := h.believed
	if len(h.factors) == 0 {
		return opt
	}
	opt.Priors.Slots = make([]float64, len(slots))
	opt.Priors.Means = make([][]float64, len(slots))
	for f, slot := range slots {
		opt.Priors.Slots[f] = h.factor(slot.Name)
		opt.Priors.Means[f] = h.means(slot)
	}
	return opt
}

// factor is the spread of a slot's assets relative to that of all; 1 for a slot that was never seen.
func (h *Heritage) factor(slot string) float64 {
	if f, ok := h.factors[slot]; ok {
		return f
	}
	return 1
}

// deviation is the standard deviation of the effects of a slot's assets, log-odds.
func (h *Heritage) deviation(slot string) float64 { return h.believed.Priors.Main * h.factor(slot) }
