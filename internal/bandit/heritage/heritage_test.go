package heritage_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
)

// account makes ads of three titles and three pictures whose effects are normal with the given standard deviations, besides what effect
// says of an asset, each combination shown equally often.
func account(ads int, impressions float64, title, image float64, asset func(ad, slot, i int) heritage.Asset, effect func(heritage.Asset) float64) []heritage.Ad {
	source := rand.New(rand.NewPCG(1, 2))
	var all []heritage.Ad
	for n := range ads {
		ad := heritage.Ad{ID: fmt.Sprint(n), Slots: []heritage.Slot{{Name: "title"}, {Name: "image"}}}
		base := math.Log(0.03) + 0.3*source.NormFloat64()
		var effects [2][3]float64
		for f, sd := range []float64{title, image} {
			for i := range 3 {
				a := asset(n, f, i)
				ad.Slots[f].Assets = append(ad.Slots[f].Assets, a)
				effects[f][i] = sd*source.NormFloat64() + effect(a)
			}
		}
		for k := range 9 {
			rate := math.Exp(base + effects[0][k/3] + effects[1][k%3])
			clicks := distuv.Poisson{Lambda: impressions * rate, Src: source}.Rand()
			ad.Cells = append(ad.Cells, bandit.Cell{Signature: "feed|25", Combination: k, Impressions: int64(impressions), Clicks: int64(clicks)})
		}
		all = append(all, ad)
	}
	return all
}

func nameless(int, int, int) heritage.Asset { return heritage.Asset{} }

func nothing(heritage.Asset) float64 { return 0 }

// slots is an ad of one title and one picture each.
func slots(titles ...heritage.Asset) []heritage.Slot {
	return []heritage.Slot{{Name: "title", Assets: titles}, {Name: "image", Assets: make([]heritage.Asset, 3)}}
}

func TestWithoutAdsNothingIsLearnt(t *testing.T) {
	want := bandit.DefaultOptions()
	for name, ads := range map[string][]heritage.Ad{"none": nil, "never shown": account(3, 0, 1, 1, nameless, nothing)} {
		if diff := cmp.Diff(want, heritage.Learn(ads, want).Options(slots(heritage.Asset{}))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSpreadsAreFound(t *testing.T) {
	got := heritage.Learn(account(150, 2000, 0.3, 0.1, nameless, nothing), bandit.DefaultOptions()).Options(slots(heritage.Asset{}))
	for _, c := range []struct {
		name              string
		got, low, highest float64
	}{
		{"title", got.Priors.Main * got.Priors.Slots[0], 0.27, 0.33},
		{"image", got.Priors.Main * got.Priors.Slots[1], 0.08, 0.13},
		{"pair, of which there is none", got.Priors.Pair, 0, 0.06},
		{"click rate", got.ClickRate, 0.026, 0.034},
		{"spread of rates", got.RateSD, 0.3, 0.4},
		{"weight", got.Priors.Weight, 100, 120},
	} {
		if c.got < c.low || c.got > c.highest {
			t.Errorf("%s: %.4f, want %.4f … %.4f", c.name, c.got, c.low, c.highest)
		}
	}
}

func TestTwoSmallAdsChangeLittle(t *testing.T) {
	believed := bandit.DefaultOptions()
	for _, ads := range [][]heritage.Ad{account(2, 100, 0, 0, nameless, nothing), account(2, 100, 0.25, 0.25, nameless, nothing)} {
		got := heritage.Learn(ads, believed).Options(slots(heritage.Asset{}))
		for name, ratio := range map[string]float64{
			"main": got.Priors.Main / believed.Priors.Main, "pair": got.Priors.Pair / believed.Priors.Pair,
			"title": got.Priors.Slots[0], "image": got.Priors.Slots[1],
		} {
			if ratio < 0.6 || ratio > 1.7 {
				t.Errorf("%s is %.2f times what was believed", name, ratio)
			}
		}
		if got.RateSD < 0.5 {
			t.Errorf("the next ad's rate is believed to be known to %.2f after two", got.RateSD)
		}
	}
}

func TestOrderAndSplitDoNotMatter(t *testing.T) {
	titled := func(ad, slot, i int) heritage.Asset {
		text := fmt.Sprintf("title %d of the %d", i, ad%7)
		return heritage.Asset{Key: text, Text: text}
	}
	ads := account(30, 300, 0.3, 0.2, titled, nothing)
	slots := slots(titled(1, 0, 1), titled(2, 0, 2))
	want := heritage.Learn(ads, bandit.DefaultOptions()).Options(slots)
	slices.Reverse(ads)
	for i := range ads {
		cells := slices.Clone(ads[i].Cells)
		slices.Reverse(cells)
		half := cells[0]
		half.Impressions, half.Clicks, half.Day = half.Impressions/2, half.Clicks/3, 7
		cells[0].Impressions, cells[0].Clicks = cells[0].Impressions-half.Impressions, cells[0].Clicks-half.Clicks
		ads[i].Cells = append(cells, half)
	}
	if diff := cmp.Diff(want, heritage.Learn(ads, bandit.DefaultOptions()).Options(slots)); diff != "" {
		t.Error(diff)
	}
}

func TestWordsThatWorkAreBelieved(t *testing.T) {
	titled := func(ad, slot, i int) heritage.Asset {
		text := []string{"Free shipping on line %d%d", "Our line %d%d has come", "See line %d%d at work"}[i]
		return heritage.Asset{Text: fmt.Sprintf(text, ad, slot)}
	}
	works := func(a heritage.Asset) float64 {
		if a.Text[0] == 'F' {
			return 0.3
		}
		return 0
	}
	free, ours := heritage.Asset{Text: "Free returns"}, heritage.Asset{Text: "Our new coats"}
	means := func(effect func(heritage.Asset) float64) []float64 {
		return heritage.Learn(account(60, 1000, 0.1, 0.1, titled, effect), bandit.DefaultOptions()).Options(slots(free, ours)).Priors.Means[0]
	}
	if got := means(works); got[0] < 0.02 || math.Abs(got[0]+got[1]) > 1e-12 {
		t.Errorf("means are %.3f, want the first above the second, around 0", got)
	}
	if got := means(nothing); math.Abs(got[0]) > 0.02 {
		t.Errorf("means are %.3f where words mean nothing", got)
	}
}

func TestAssetsAreMetAgain(t *testing.T) {
	button := func(ad, slot, i int) heritage.Asset {
		return heritage.Asset{Key: []string{"SHOP_NOW", "LEARN_MORE", "SIGN_UP"}[i]}
	}
	effects := map[string]float64{"SHOP_NOW": 0.2, "SIGN_UP": -0.2}
	for name, c := range map[string]struct {
		effect   func(heritage.Asset) float64
		low, top float64
	}{
		"as before": {func(a heritage.Asset) float64 { return effects[a.Key] }, 0.12, 0.21},
		"by chance": {nothing, 0, 0.04},
	} {
		got := heritage.Learn(account(40, 1000, 0.05, 0.05, button, c.effect), bandit.DefaultOptions()).
			Options(slots(button(0, 0, 0), button(0, 0, 1), button(0, 0, 2))).Priors.Means[0]
		if math.Abs(got[0]) < c.low || math.Abs(got[0]) > c.top || c.low > 0 && got[0] < got[2] {
			t.Errorf("%s: means are %.3f", name, got)
		}
	}
}

// TestAnotherAttributeLater has an ad whose contexts had fewer attributes once, as after an upgrade: those that are missing are unknown.
func TestAnotherAttributeLater(t *testing.T) {
	learn := func(before bandit.Signature) bandit.Options {
		ads := account(3, 2000, 0.3, 0.1, nameless, nothing)
		for i := range ads {
			for k := range 4 {
				ads[i].Cells[2*k].Signature = before
				ads[i].Cells[2*k+1].Signature = "feed|25|2-3"
			}
		}
		return heritage.Learn(ads, bandit.DefaultOptions()).Options(slots(heritage.Asset{}))
	}
	if diff := cmp.Diff(learn("feed|25|"), learn("feed|25"), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
		t.Error(diff)
	}
}
