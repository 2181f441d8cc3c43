package offpolicy_test

import (
	"math"
	"math/rand/v2"
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

// TestThin leaves out one of two combinations, of which the log's policy showed more and more: what is left counts for both, stage by stage.
func TestThin(t *testing.T) {
	t.Parallel()
	e := offpolicy.New(1000)
	for _, share := range []int{2, 5, 9} { // of ten impressions, shown the first combination
		e.Stage(nil, flat{2, 0.5}, offpolicy.Scale{Unit: 1, Spread: 1})
		var events []offpolicy.Event
		for i := range 1000 {
			ev := offpolicy.Event{Combination: 1, Propensity: 1 - float64(share)/10, Reward: float64(i / 10 % 2)}
			if i%10 < share {
				ev = offpolicy.Event{Propensity: float64(share) / 10}
			}
			events = append(events, ev)
		}
		e.Thin(events, func(k int) bool { return k == 1 })
	}
	r := e.Result()
	if math.Abs(r.Logged.Mean-0.5*14/30) > 1e-9 {
		t.Errorf("the log brought %v", r.Logged.Mean)
	}
	for _, estimate := range r.Estimates {
		if v := estimate.Value; v.Low > 0.5 || v.High < 0.5 || v.StandardError > 0.05 {
			t.Errorf("%s: %+v, and the second combination brings 0.5", estimate.Method, v)
		}
	}
	if r.Support.Missing > 1e-9 || !r.Support.Enough() {
		t.Errorf("support %+v", r.Support)
	}
}

// TestMissing: what a log never showed is missed, and said.
func TestMissing(t *testing.T) {
	t.Parallel()
	e := offpolicy.New(100)
	e.Stage(shares{0.5, 0.5}, flat{2, 0.5}, offpolicy.Scale{Unit: 1, Spread: 1})
	for i := range 1000 {
		e.Add(offpolicy.Event{Propensity: 1, Reward: float64(i % 2)})
	}
	s := e.Result().Support
	if s.Rule != offpolicy.RuleMissing || s.Missing != 0.5 || !strings.HasPrefix(s.Why, "50 % of what this policy would show was never shown") {
		t.Errorf("support %+v", s)
	}
}

// TestNewcomer compares the closed forms with draws of a new asset and of the best of the slot.
func TestNewcomer(t *testing.T) {
	t.Parallel()
	slot := []bandit.Finding{}
	for _, mean := range []float64{0.8, 1, 1.25} {
		slot = append(slot, bandit.Finding{Effect: bandit.Estimate{Mean: mean, Low: mean / 1.1, High: mean * 1.1}})
	}
	got := offpolicy.NewNewcomer(slot, 0.25, 0.01)
	source, n := rand.New(rand.NewPCG(1, 2)), 200_000
	better, gain := 0.0, 0.0
	for range n {
		best := math.Log(1.25) + source.NormFloat64()*math.Log(1.1)/1.959964
		ahead := source.NormFloat64()*got.Deviation - best
		if ahead > 0 {
			better += 1 / float64(n)
			gain += (math.Exp(ahead) - 1) / float64(n)
		}
	}
	if math.Abs(got.Best-better) > 0.005 || math.Abs(got.Gain-gain) > 0.002 {
		t.Errorf("better with %.3f, drawn %.3f; gain %.4f, drawn %.4f", got.Best, better, got.Gain, gain)
	}
	if got.Effect.Median != 1 || got.Deviation < 0.2 || got.Deviation > 0.3 || got.ToKnow != 5000 || got.GivenUp < 5 || got.Assets != 3 {
		t.Errorf("%+v", got)
	}
	if alone := offpolicy.NewNewcomer(slot[1:2], 0.25, 0); alone.Deviation <= got.Deviation || alone.ToKnow != 0 {
		t.Errorf("one asset tells less of another: %+v", alone)
	}
}
