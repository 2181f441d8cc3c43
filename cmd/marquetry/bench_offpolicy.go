package main

import (
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy/trial"
	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// benchOffpolicyCmd is `marquetry bench offpolicy`.
type benchOffpolicyCmd struct {
	Preset      string  `help:"How effects are spread in the simulated ads." enum:"real,hill,base,main,faint,loud,null" default:"real"`
	Space       []int   `help:"Assets per slot." default:"3,3,3,2,2"`
	Seed0       uint64  `name:"seed0" help:"Seed of the first simulated ad; those after it count up." default:"101"`
	Instances   int     `help:"Simulated ads, each with a log of its own." default:"32"`
	Before      int     `help:"Impressions before a log begins, from which the policies are learnt that it is to tell of." default:"10000"`
	Impressions int     `help:"Impressions of each log." default:"100000"`
	Control     float64 `help:"Share of the impressions that are shown evenly." default:"0.02"`
	Decisions   int     `help:"Decisions that are compared with their propensities." default:"1000000"`
	OpenBandit  string  `help:"Directory with random/men.csv.gz and bts/men.csv.gz of the Open Bandit Dataset, to estimate each policy from the other's log." type:"existingdir" placeholder:"DIR"`
	JSON        bool    `name:"json" help:"Print one JSON object."`
}

// Help is the example shown by --help.
func (benchOffpolicyCmd) Help() string {
	return "Compares what a log says of policies that it was not made by with the truth, which is known of simulated ads. z is the error in standard errors: " +
		"its mean should be 0, its standard deviation 1, and 95 % of the estimates within two of them. Estimates of policies that a log has not enough support for " +
		"are left out and counted. Before that, how often combinations are chosen is compared with their propensities (chi-square).\n\n" +
		"Example:\n  marquetry bench offpolicy --instances 4 --impressions 20000 --decisions 100000"
}

// offpolicyReport is what the benchmark found.
type offpolicyReport struct {
	Preset      string            `json:"preset"`
	Space       []int             `json:"space"` // assets per slot
	FirstSeed   uint64            `json:"seed0"`
	Instances   int               `json:"instances"`
	Before      int               `json:"before"`
	Impressions int               `json:"impressions"`
	Control     float64           `json:"control"`
	Frequencies []frequencies     `json:"frequencies"`
	Estimates   []methodError     `json:"estimates"`
	OpenBandit  []openBanditCheck `json:"open_bandit,omitempty"`
}

// frequencies is how well choices agree with their propensities.
type frequencies struct {
	Policy    string  `json:"policy"`
	Decisions int     `json:"decisions"`
	Contexts  int     `json:"contexts"`
	Statistic float64 `json:"chi_square"`
	Freedom   int     `json:"degrees_of_freedom"`
	P         float64 `json:"p"`
	Unlike    int     `json:"unlike"` // decisions whose own propensity is not the policy's
}

// methodError is how one method did on one policy, over the logs with enough support.
type methodError struct {
	Target    string  `json:"target"`
	Method    string  `json:"method"`
	Logs      int     `json:"logs"` // with enough support
	Truth     float64 `json:"truth"`
	Estimate  float64 `json:"estimate"`
	RMSE      float64 `json:"rmse"`
	Error     float64 `json:"standard_error"` // mean of those that the method states
	ZMean     float64 `json:"z_mean"`
	ZSD       float64 `json:"z_sd"`
	Coverage  float64 `json:"within_two_standard_errors"`
	Effective float64 `json:"effective_impressions"`
	Largest   float64 `json:"largest_weight"`
}

// Run measures and prints.
func (c benchOffpolicyCmd) Run(to streams) error {
	if err := c.check(); err != nil {
		return err
	}
	preset, err := sim.NewPreset(c.Preset, len(c.Space))
	if err != nil {
		return usageError("--preset: " + err.Error())
	}
	report := offpolicyReport{Preset: c.Preset, Space: c.Space, FirstSeed: c.Seed0, Instances: c.Instances, Before: c.Before, Impressions: c.Impressions, Control: c.Control}
	worlds := preset.Worlds(bandit.Space{Sizes: c.Space})
	if report.Frequencies, err = c.frequencies(worlds(c.Seed0)); err != nil {
		return err
	}
	logs, err := c.play(worlds)
	if err != nil {
		return err
	}
	for i := range trial.Targets() {
		report.Estimates = append(report.Estimates, judged(logs, i)...)
	}
	if c.OpenBandit != "" {
		if report.OpenBandit, err = openBandit(c.OpenBandit); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(to.out, report)
	}
	return report.print(to.out)
}

// check names the first flag that makes no sense.
func (c benchOffpolicyCmd) check() error {
	for _, rule := range []struct {
		ok   bool
		text string
	}{
		{c.Instances >= 1 && c.Instances <= 10_000, "--instances must be 1 to 10000"},
		{c.Impressions >= 10 && c.Impressions <= 10_000_000, "--impressions must be 10 to 10000000"},
		{c.Before >= 1 && c.Before <= 10_000_000, "--before must be 1 to 10000000"},
		{c.Control >= 0 && c.Control <= 1, "--control must be 0 to 1"},
		{c.Decisions >= 1, "--decisions must be at least 1"},
	} {
		if !rule.ok {
			return usageError(rule.text)
		}
	}
	if err := (bandit.Space{Sizes: c.Space}).Validate(); err != nil {
		return usageError("--space: " + err.Error())
	}
	return nil
}

// frequencies tests the default policy, fitted to what even rotation brought, by itself and with the control slice, in the contexts of the
// world and in one without data.
func (c benchOffpolicyCmd) frequencies(world sim.World) ([]frequencies, error) {
	options := bandit.DefaultOptions()
	options.Seed = world.Seed
	model, err := bandit.Fit(world.Space, sim.Attributes(), sim.Serve(world, bandit.Uniform{Space: world.Space}, c.Before), options)
	if err != nil {
		return nil, err
	}
	even, err := bandit.NewRotation(world.Space, nil)
	if err != nil {
		return nil, err
	}
	contexts := append(slices.Clone(world.Segments), "")
	var found []frequencies
	for _, tested := range []struct {
		name   string
		policy bandit.Policy
	}{{"default", model.Policy()}, {"default, with control slice", bandit.NewControl(model.Policy(), even, c.Control)}} {
		f := offpolicy.Frequencies(tested.policy, contexts, world.Space.Size(), c.Decisions, c.Seed0)
		found = append(found, frequencies{tested.name, f.Decisions, len(contexts), f.Statistic, f.Freedom, f.P, f.Unlike})
	}
	return found, nil
}

// play makes the logs and evaluates them, several at once; the answers are by instance.
func (c benchOffpolicyCmd) play(worlds func(uint64) sim.World) ([][]trial.Answer, error) {
	options := bandit.DefaultOptions()
	options.Horizon = float64(c.Before+c.Impressions) * options.ClickRate
	t := trial.Trial{Worlds: worlds, Before: c.Before, Impressions: c.Impressions, Batch: 500, Control: c.Control, Options: options}
	logs := make([][]trial.Answer, c.Instances)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range logs {
		group.Go(func() (err error) {
			logs[i], err = t.Play(c.Seed0 + uint64(i))
			return err
		})
	}
	return logs, group.Wait()
}

// judged compares the estimates of one target with the truth, method by method.
func judged(logs [][]trial.Answer, target int) []methodError {
	var all []methodError
	for m, estimate := range logs[0][target].Estimates {
		e := methodError{Target: logs[0][target].Target, Method: string(estimate.Method)}
		var zs []float64
		for _, answers := range logs {
			a := answers[target]
			if !a.Support.Enough() {
				continue
			}
			v := a.Estimates[m].Value
			zs = append(zs, (v.Mean-a.Truth)/v.StandardError)
			e.Truth, e.Estimate, e.Error = e.Truth+a.Truth, e.Estimate+v.Mean, e.Error+v.StandardError
			e.RMSE += (v.Mean - a.Truth) * (v.Mean - a.Truth)
			e.Effective, e.Largest = e.Effective+a.Support.Effective, max(e.Largest, a.Support.Largest)
		}
		e.sum(zs)
		all = append(all, e)
	}
	return all
}

// sum turns sums into means over the logs, and describes the errors in standard errors.
func (e *methodError) sum(zs []float64) {
	n := float64(len(zs))
	if e.Logs = len(zs); n == 0 {
		return
	}
	e.Truth, e.Estimate, e.Error, e.Effective, e.RMSE = e.Truth/n, e.Estimate/n, e.Error/n, e.Effective/n, math.Sqrt(e.RMSE/n)
	for _, z := range zs {
		e.ZMean += z / n
		if math.Abs(z) <= 2 {
			e.Coverage += 1 / n
		}
	}
	for _, z := range zs {
		e.ZSD += (z - e.ZMean) * (z - e.ZMean) / max(1, n-1)
	}
	e.ZSD = math.Sqrt(e.ZSD)
}
