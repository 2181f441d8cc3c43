package offpolicy_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// flat predicts the same of everything.
type flat struct {
	combinations int
	rate         float64
}

func (f flat) Means(bandit.Signature) []float64 {
	rates := make([]float64, f.combinations)
	for k := range rates {
		rates[k] = f.rate
	}
	return rates
}

// shares is a policy of fixed chances.
type shares []float64

func (s shares) Propensity(_ bandit.Signature, k int) float64 { return s[k] }

// TestByHand checks every method on four impressions of two combinations whose estimates are worked out on paper.
func TestByHand(t *testing.T) {
	t.Parallel()
	e := offpolicy.New(1.5)
	e.Stage(shares{0.5, 0.5}, flat{2, 0.4}, offpolicy.Scale{Unit: 1, Spread: 1})
	for _, ev := range []offpolicy.Event{ // weights 2/3, 2/3, 2/3, 2
		{Combination: 0, Propensity: 0.75}, {Combination: 0, Propensity: 0.75, Reward: 1}, {Combination: 0, Propensity: 0.75}, {Combination: 1, Propensity: 0.25, Reward: 1},
	} {
		e.Add(ev)
	}
	got := map[offpolicy.Method]float64{}
	r := e.Result()
	for _, estimate := range r.Estimates {
		got[estimate.Method] = math.Round(estimate.Value.Mean*1e9) / 1e9
	}
	want := map[offpolicy.Method]float64{
		"ips": 0.666666667, "snips": 0.666666667, "clipped": 0.541666667, // (2/3 + 2) / 4, the same / 4, (2/3 + 1.5) / 4
		"dr": 0.666666667, "switch": 0.366666667, // 0.4 + (2 × 2/3 × -0.4 + 2/3 × 0.6 + 2 × 0.6) / 4, without the last term
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Logged.Mean != 0.5 || r.Support.Largest != 2 || math.Abs(r.Support.Clipped-0.125) > 1e-9 || r.Support.Effective != 3 {
		t.Errorf("logged %v, support %+v", r.Logged, r.Support)
	}
	if r.Support.Rule != offpolicy.RuleWeight || !strings.Contains(r.Support.Why, "worth 3 impressions") {
		t.Errorf("rule %s: %s", r.Support.Rule, r.Support.Why)
	}
}

// TestFrequencies: choices pass, and one policy's choices under another's propensities do not.
func TestFrequencies(t *testing.T) {
	t.Parallel()
	preset, err := sim.NewPreset("base", 3)
	if err != nil {
		t.Fatal(err)
	}
	world := sim.NewWorld(preset, bandit.Space{Sizes: []int{3, 3, 2}}, 1)
	model, err := bandit.Fit(world.Space, sim.Attributes(), sim.Serve(world, bandit.Uniform{Space: world.Space}, 5000), bandit.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	even, err := bandit.NewRotation(world.Space, nil)
	if err != nil {
		t.Fatal(err)
	}
	controlled := bandit.NewControl(model.Policy(), even, 0.1)
	for _, policy := range []bandit.Policy{model.Policy(), controlled} {
		if f := offpolicy.Frequencies(policy, world.Segments, 18, 50_000, 1); f.P < 0.001 || f.Unlike > 0 || f.Freedom < 20 {
			t.Errorf("%+v", f)
		}
	}
	if f := offpolicy.Frequencies(disguised{model.Policy(), controlled}, world.Segments, 18, 50_000, 1); f.P > 1e-6 || f.Unlike == 0 {
		t.Errorf("a control slice passes for none: %+v", f)
	}
}

// disguised states the propensities of one policy and chooses by another.
type disguised struct {
	bandit.Policy
	other bandit.Policy
}

func (d disguised) Choose(sig bandit.Signature, seed uint64) bandit.Choice {
	return d.other.Choose(sig, seed)
}

const openBanditSample = `,timestamp,item_id,position,click,propensity_score
0,2019-11-24 00:01:03,2,2,0,0.05
1,2019-11-24 00:01:45,0,3,1,0.5
2,2019-11-24 00:02:45,1,3,0,0.25
`

func TestReadOpenBandit(t *testing.T) {
	t.Parallel()
	got, err := offpolicy.ReadOpenBandit(strings.NewReader(openBanditSample))
	if err != nil {
		t.Fatal(err)
	}
	want := []offpolicy.Event{{"2", 2, 0.05, 0}, {"3", 0, 0.5, 1}, {"3", 1, 0.25, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	o := offpolicy.Observe(got, 3)
	if o.Propensity("3", 1) != 0.5 || o.Propensity("2", 2) != 1 || o.Propensity("1", 0) != 0 {
		t.Errorf("observed %v", o)
	}
	for _, broken := range []string{"", "item_id,position,click\n", strings.Replace(openBanditSample, "0.25", "0", 1), strings.Replace(openBanditSample, ",1,3", ",x,3", 1)} {
		if _, err := offpolicy.ReadOpenBandit(strings.NewReader(broken)); err == nil {
			t.Errorf("accepted %q", broken)
		}
	}
}
