package archive

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
)

// Config says how tests are replayed.
type Config struct {
	Policies []string // see [Policies]; the first one that is no even split is what others are compared with
	Truth    string   // see [Truths]
	Batch    int      // visitors between two deliveries of feedback
	Traffic  float64  // share of a test's impressions that there are visitors
	Folds    int      // parts of the archive: what is learnt from other tests is learnt from the other parts
	Past     bool     // parts follow each other in time, and only those before a test teach about it
	Seed     uint64
	Workers  int // replays at the same time; it changes no number
}

// Row is what a policy made of all tests. Capture is the share of the prize, the clicks that knowing the best arm brings over an even
// split, that it got; standard errors are by bootstrap over tests.
type Row struct {
	Policy        string  `json:"policy"`
	Capture       float64 `json:"capture"`
	StandardError float64 `json:"standard_error"`
	Lift          float64 `json:"lift"`                 // clicks over an even split, as a share of these
	Ahead         float64 `json:"ahead"`                // capture over that of the policy compared with
	AheadError    float64 `json:"ahead_standard_error"` // paired by test
}

// Contest replays all tests with all policies. Prize is the clicks of the best arms over an even split, as a share of these.
func Contest(tests []Test, c Config) (rows []Row, prize float64, err error) {
	tests = slices.SortedFunc(slices.Values(tests), func(a, b Test) int { return cmp.Or(cmp.Compare(a.Week, b.Week), cmp.Compare(a.ID, b.ID)) })
	c.Folds = min(c.Folds, len(tests))
	if c.Folds < 2 || c.Batch < 1 || !(c.Traffic > 0) {
		return nil, 0, fmt.Errorf("at least two tests, a batch of at least one and some traffic are needed")
	}
	learnt, err := c.heritages(tests)
	if err != nil {
		return nil, 0, err
	}
	var against []served
	for _, policy := range c.Policies {
		results := make([]served, len(tests))
		var group errgroup.Group
		group.SetLimit(max(1, c.Workers))
		for i := range tests {
			group.Go(func() (err error) {
				results[i], err = c.replay(tests[i], uint64(i), policy, learnt[c.fold(i, len(tests))])
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", policy, err)
		}
		if against == nil && policy != "uniform" {
			against = results
		}
		rows = append(rows, rowOf(policy, results, against))
		prize = sum(results).best/sum(results).even - 1
	}
	return rows, prize, nil
}

// fold is the part of the archive that a test, by its place in time, is in.
func (c Config) fold(i, tests int) int {
	if c.Past {
		return i * c.Folds / tests
	}
	return i % c.Folds
}

// heritages is what is learnt for each part from those that may teach about it.
func (c Config) heritages(tests []Test) ([]*heritage.Heritage, error) {
	learnt := make([]*heritage.Heritage, c.Folds)
	var group errgroup.Group
	group.SetLimit(max(1, c.Workers))
	for f := range learnt {
		group.Go(func() error {
			var ads []heritage.Ad
			for i, t := range tests {
				if other := c.fold(i, len(tests)); other < f || other > f && !c.Past {
					ads = append(ads, newDesign(t).ad(t))
				}
			}
			learnt[f] = heritage.Learn(ads, bandit.DefaultOptions())
			return nil
		})
	}
	return learnt, group.Wait()
}

// replay lets one policy serve one test.
func (c Config) replay(t Test, number uint64, policy string, learnt *heritage.Heritage) (served, error) {
	source := rand.NewPCG(c.Seed, number)
	p := play{design: newDesign(t), learnt: learnt, seed: c.Seed<<32 ^ number}
	truth, err := truthOf(c.Truth, t, p.design, source)
	if err != nil {
		return served{}, err
	}
	for _, a := range t.Arms {
		p.visitors += int(math.Round(float64(a.Impressions) * c.Traffic))
	}
	learn := p.learner(policy)
	if learn == nil {
		return served{}, fmt.Errorf("the policy is unknown, known are %v", Policies())
	}
	return replay(truth, p.visitors, c.Batch, learn, source)
}

// sum adds the results of several tests.
func sum(results []served) served {
	var s served
	for _, r := range results {
		s = served{s.got + r.got, s.even + r.even, s.best + r.best}
	}
	return s
}

// capture is the share of the prize that was got.
func (s served) capture() float64 { return (s.got - s.even) / (s.best - s.even) }

// resamples is how often tests are drawn again for a standard error.
const resamples = 400

// rowOf sums a policy's results up; against is those of the policy compared with, nil for none.
func rowOf(policy string, results, against []served) Row {
	all := sum(results)
	row := Row{Policy: policy, Capture: all.capture(), Lift: all.got/all.even - 1}
	if against != nil {
		row.Ahead = row.Capture - sum(against).capture()
	}
	source := rand.New(rand.NewPCG(1, 2))
	var own, ahead []float64
	drawn, other := make([]served, len(results)), make([]served, len(results))
	for range resamples {
		for i := range drawn {
			j := source.IntN(len(results))
			drawn[i] = results[j]
			if against != nil {
				other[i] = against[j]
			}
		}
		own = append(own, sum(drawn).capture())
		ahead = append(ahead, sum(drawn).capture()-sum(other).capture())
	}
	row.StandardError = deviation(own)
	if against != nil {
		row.AheadError = deviation(ahead)
	}
	return row
}

// deviation is the standard deviation of a sample.
func deviation(sample []float64) float64 {
	total, squares := 0.0, 0.0
	for _, x := range sample {
		total, squares = total+x, squares+x*x
	}
	n := float64(len(sample))
	return math.Sqrt(max(0, squares/n-total/n*total/n))
}
