package main

import (
	"cmp"
	"compress/gzip"
	"errors"
	"math"
	"os"
	"path/filepath"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
)

// openBanditCheck is the value of one policy as the log of the other tells it, beside what its own log says.
type openBanditCheck struct {
	Policy        string  `json:"policy"` // random or bts
	Log           string  `json:"log"`
	Method        string  `json:"method"`
	Estimate      float64 `json:"estimate"` // clicks per impression
	Error         float64 `json:"standard_error"`
	OnPolicy      float64 `json:"on_policy"`
	OnPolicyError float64 `json:"on_policy_standard_error"`
	Z             float64 `json:"z"` // difference in standard errors of both
	Effective     float64 `json:"effective_impressions"`
	Rule          string  `json:"support"` // enough, or the rule that says that it is not
}

// openBandit estimates each policy of the Open Bandit Dataset from the log of the other. What a log has of its own policy are the propensities
// of what it chose; those of the rest, which the other log needs, are taken from its frequencies.
func openBandit(dir string) ([]openBanditCheck, error) {
	names := []string{"random", "bts"}
	logs, items := map[string][]offpolicy.Event{}, 0
	for _, name := range names {
		events, err := openBanditFile(filepath.Join(dir, name, "men.csv.gz"))
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			items = max(items, e.Combination+1)
		}
		logs[name] = events
	}
	var checks []openBanditCheck
	for i, policy := range names {
		log := names[1-i]
		own, err := replayed(logs[policy], offpolicy.Observe(logs[policy], items), items)
		if err != nil {
			return nil, err
		}
		other, err := replayed(logs[log], offpolicy.Observe(logs[policy], items), items)
		if err != nil {
			return nil, err
		}
		for _, e := range other.Estimates {
			checks = append(checks, openBanditCheck{
				Policy: policy, Log: log, Method: string(e.Method), Estimate: e.Value.Mean, Error: e.Value.StandardError,
				OnPolicy: own.Logged.Mean, OnPolicyError: own.Logged.StandardError,
				Z:         (e.Value.Mean - own.Logged.Mean) / math.Hypot(e.Value.StandardError, own.Logged.StandardError),
				Effective: other.Support.Effective, Rule: cmp.Or(string(other.Support.Rule), "enough"),
			})
		}
	}
	return checks, nil
}

// openBanditFile reads one log.
func openBanditFile(path string) (events []offpolicy.Event, err error) {
	file, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	text, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return offpolicy.ReadOpenBandit(text)
}

// replayed evaluates a policy on a log, with a model of items and positions that learns as the log goes on.
func replayed(log []offpolicy.Event, target offpolicy.Observed, items int) (offpolicy.Result, error) {
	options := bandit.DefaultOptions()
	options.ClickRate = 0.005 // what the dataset's paper states, about
	replay, err := offpolicy.NewReplay(bandit.Space{Sizes: []int{items}}, []string{"position"}, options, nil, len(log),
		offpolicy.Question{Learn: func([]bandit.Cell, *bandit.Logistic) (offpolicy.Chances, error) { return target, nil }})
	if err != nil {
		return offpolicy.Result{}, err
	}
	for _, e := range log {
		cell := bandit.Cell{Signature: e.Signature, Combination: e.Combination, Impressions: 1, Clicks: int64(e.Reward)}
		if err := replay.Add(offpolicy.Shown{Cell: cell, Propensity: e.Propensity}); err != nil {
			return offpolicy.Result{}, err
		}
	}
	results, err := replay.Results()
	if err != nil {
		return offpolicy.Result{}, err
	}
	return results[0], nil
}
