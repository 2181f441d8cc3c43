package baseline

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/marquetry/marquetry/internal/bandit"
)

// given is a task over cells, without a floor.
func given(tb testing.TB, sizes []int, cells ...bandit.Cell) *task {
	tb.Helper()
	opt := bandit.DefaultOptions()
	opt.Floor = 0
	t, err := newTask(bandit.Space{Sizes: sizes}, []string{"placement"}, cells, opt)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// learnt fails the test on an error.
func learnt(tb testing.TB, learn func(*task) (*policy, error), t *task) *policy {
	tb.Helper()
	p, err := learn(t)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// TestWinningOfTwo compares with the probability that one Beta exceeds another, known in closed form for Beta(1,1) against Beta(2,1): 1/3.
func TestWinningOfTwo(t *testing.T) {
	t.Parallel()
	won := winning([]arm{{1, 1, 1}, {2, 1, 1}})
	if math.Abs(won[0]-1.0/3) > 1e-3 {
		t.Errorf("%v, want 1/3", won[0])
	}
	won = winning([]arm{{3, 200, 5}, {30, 1000, 1}})
	if sum := 5*won[0] + won[1]; math.Abs(sum-1) > 1e-9 {
		t.Errorf("shares sum to %v", sum)
	}
}

// TestSegmentsAreLearntApart: what one context likes says nothing of another, and one without data is shown anything.
func TestSegmentsAreLearntApart(t *testing.T) {
	t.Parallel()
	p := learnt(t, assetBetaSegment, given(t, []int{2},
		bandit.Cell{Signature: "feed", Combination: 0, Impressions: 1000, Clicks: 50}, bandit.Cell{Signature: "feed", Combination: 1, Impressions: 1000, Clicks: 5},
		bandit.Cell{Signature: "story", Combination: 0, Impressions: 1000, Clicks: 5}, bandit.Cell{Signature: "story", Combination: 1, Impressions: 1000, Clicks: 50}))
	if a, b, c := p.Propensity("feed", 0), p.Propensity("story", 0), p.Propensity("reel", 0); a < 0.99 || b > 0.01 || math.Abs(c-0.5) > 1e-9 {
		t.Errorf("propensities %v, %v, %v", a, b, c)
	}
}

// TestEmpiricalBayesPools: a combination with one lucky click is the favourite of Beta(1,1), and not where the others say what is usual.
func TestEmpiricalBayesPools(t *testing.T) {
	t.Parallel()
	cells := []bandit.Cell{{Combination: 0, Impressions: 10, Clicks: 1}}
	for k := 1; k < 10; k++ {
		cells = append(cells, bandit.Cell{Combination: k, Impressions: 10_000, Clicks: 200})
	}
	plain, pooled := learnt(t, combinationBeta, given(t, []int{10}, cells...)), learnt(t, combinationBetaEB, given(t, []int{10}, cells...))
	if a, b := plain.Propensity("", 0), pooled.Propensity("", 0); a < 0.9 || b > 0.5 {
		t.Errorf("plain %v, pooled %v", a, b)
	}
}

// TestTopTwoSharesHalf: with two candidates both are shown equally often, however sure the model is.
func TestTopTwoSharesHalf(t *testing.T) {
	t.Parallel()
	task := given(t, []int{3})
	s := task.challenged(fixed{0.9, 0.1, 0}, "")
	if a, b := s.probability(0), s.probability(1); math.Abs(a-0.5) > 1e-12 || math.Abs(b-0.5) > 1e-12 {
		t.Errorf("%v and %v", a, b)
	}
	if s = task.challenged(fixed{1, 0, 0}, ""); s.probability(0) != 1 {
		t.Errorf("the only candidate is shown with probability %v", s.probability(0))
	}
}

// fixed is a policy by its propensities.
type fixed []float64

func (f fixed) Name() string                                  { return "fixed" }
func (f fixed) Choose(bandit.Signature, uint64) bandit.Choice { return bandit.Choice{} }
func (f fixed) Propensity(_ bandit.Signature, k int) float64  { return f[k] }

// TestSplitThenShip rotates, ships the best assets, and does not look again.
func TestSplitThenShip(t *testing.T) {
	t.Parallel()
	cells := []bandit.Cell{
		{Combination: 0, Impressions: 5000, Clicks: 50}, {Combination: 1, Impressions: 5000, Clicks: 60},
		{Combination: 2, Impressions: 5000, Clicks: 70}, {Combination: 3, Impressions: 4000, Clicks: 80},
	}
	if p := learnt(t, splitThenShip, given(t, []int{2, 2}, cells...)).Propensity("", 3); p != 0.25 {
		t.Errorf("during the test combination 3 is shown with probability %v", p)
	}
	cells[3].Impressions += 1000
	if p := learnt(t, splitThenShip, given(t, []int{2, 2}, cells...)).Propensity("", 3); p != 1 {
		t.Errorf("after the test the best is shown with probability %v", p)
	}
	cells[3].Impressions, cells[3].Clicks = 6000, 0
	if p := learnt(t, splitThenShip, given(t, []int{2, 2}, cells...)).Propensity("", 3); p != 1 {
		t.Errorf("what was shipped is shown with probability %v after bad news", p)
	}
}

// TestProbitUpdate compares one update with the exact moments of the posterior, for one weight: prior N(0, 1), likelihood Φ(w).
func TestProbitUpdate(t *testing.T) {
	t.Parallel()
	m := &probit{mean: []float64{0}, square: []float64{1}}
	m.update([]int{0}, true)
	first, second, mass := 0.0, 0.0, 0.0
	for w := -8.0; w < 8; w += 0.001 {
		p := distuv.UnitNormal.Prob(w) * distuv.UnitNormal.CDF(w)
		mass, first, second = mass+p, first+w*p, second+w*w*p
	}
	mean := first / mass
	if variance := second/mass - mean*mean; math.Abs(m.mean[0]-mean) > 1e-6 || math.Abs(m.square[0]-variance) > 1e-6 {
		t.Errorf("N(%v, %v), want N(%v, %v)", m.mean[0], m.square[0], mean, variance)
	}
}

// TestHillFindsThePair: two assets that only work together are found by the model with pairs.
func TestHillFindsThePair(t *testing.T) {
	t.Parallel()
	var cells []bandit.Cell
	for k := range 9 {
		cells = append(cells, bandit.Cell{Signature: "feed", Combination: k, Impressions: 3000, Clicks: 60})
	}
	cells[4].Clicks = 150
	p := learnt(t, hill2, given(t, []int{3, 3}, cells...))
	if got := p.Propensity("feed", 4); got < 0.8 {
		t.Errorf("the pair is shown with probability %v", got)
	}
}
