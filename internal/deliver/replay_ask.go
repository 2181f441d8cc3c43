package deliver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/creative"
)

// defaultPolicy is the name of the learner that decides unless another is chosen.
const defaultPolicy = "default"

// Limits of a replay.
const (
	maxReplayPolicies     = 8
	maxReplayAssets       = 50     // stopped, pinned or added
	maxReplayCombinations = 50_000 // of the ad: all are weighed in every context
	maxReplayText         = 1000   // bytes of a new text
)

// question is one policy to be asked about.
type question struct {
	policy    string
	stop, pin []string      // asset ids
	legal     *bandit.Legal // nil when every combination may be shown
}

// questions reads a request.
func (a *ad) questions(req *client.ReplayRequest) ([]question, error) {
	names := req.Policies
	steered := len(req.Stop)+len(req.Pin) > 0
	if len(names) == 0 {
		if names = []string{defaultPolicy}; !steered && len(req.Add) == 0 {
			names = append(names, "asset-beta", "uniform")
		}
	}
	if len(names) > maxReplayPolicies || len(req.Stop)+len(req.Pin)+len(req.Add) > maxReplayAssets {
		return nil, invalid("policies", "replay.max_count", fmt.Sprintf("at most %d policies and %d assets are accepted", maxReplayPolicies, maxReplayAssets))
	}
	known := append([]string{defaultPolicy}, baseline.Names()...)
	q := question{}
	if steered {
		var err error
		if q, err = a.steered(req.Stop, req.Pin); err != nil {
			return nil, err
		}
	}
	var all []question
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, invalid("policies", "replay.policy", fmt.Sprintf("there is no policy %q, there are %s", name, strings.Join(known, ", ")))
		}
		all = append(all, question{policy: name})
		if steered {
			q.policy = name
			all = append(all, q)
		}
	}
	return all, nil
}

// steered finds what is legal when assets are stopped and others pinned.
func (a *ad) steered(stop, pin []string) (question, error) {
	q := question{legal: &bandit.Legal{}}
	pinned := make([][]bool, len(a.creative.space.Sizes))
	for f, n := range a.creative.space.Sizes {
		q.legal.Stopped = append(q.legal.Stopped, make([]bool, n))
		pinned[f] = make([]bool, n)
	}
	mark := func(field string, names []string, marks [][]bool) (ids []string, err error) {
		for _, name := range names {
			f, i, err := findAsset(a.creative.feed, field, name)
			if err != nil {
				return nil, err
			}
			marks[f][i] = true
			ids = append(ids, a.creative.feed.Pools[f].Assets[i].ID)
		}
		return ids, nil
	}
	var err error
	if q.stop, err = mark("stop", stop, q.legal.Stopped); err != nil {
		return q, err
	}
	if q.pin, err = mark("pin", pin, pinned); err != nil {
		return q, err
	}
	for f := range pinned {
		for i := range pinned[f] {
			if slices.Contains(pinned[f], true) && !pinned[f][i] {
				q.legal.Stopped[f][i] = true
			}
		}
	}
	return q, nil
}

// findAsset finds an asset of a feed by its id, by what it says, or by slot and index as in title:2.
func findAsset(feed creative.Feed, field, name string) (slot, index int, err error) {
	found := 0
	for f, pool := range feed.Pools {
		for i, asset := range pool.Assets {
			place := pool.Name + ":" + strconv.Itoa(i)
			if slices.Contains([]string{place, asset.ID, asset.Text, asset.Hash, asset.Type, asset.VideoID, asset.URL}, name) && name != "" {
				slot, index = f, i
				found++
			}
		}
	}
	switch found {
	case 1:
		return slot, index, nil
	case 0:
		return 0, 0, invalid(field, "replay.asset", fmt.Sprintf("%q is no asset of this ad; name one by its id, its exact text, or slot and index as in title:2", name))
	}
	return 0, 0, invalid(field, "replay.asset", fmt.Sprintf("%q names %d assets; name one by slot and index as in title:2", name, found))
}

// learner makes the policy of a question as it would decide here, with the ad's control slice around it.
func (a *ad) learner(q question, attributes []string, opt bandit.Options) (offpolicy.Learner, error) {
	space := a.creative.space
	even, err := bandit.NewRotation(space, q.legal)
	if err != nil {
		return nil, invalid("stop", "replay.legal", "nothing would be left to show")
	}
	opt.Legal = q.legal
	return func(cells []bandit.Cell, model *bandit.Logistic) (offpolicy.Chances, error) {
		policy, err := model.Policy(), error(nil)
		switch {
		case q.policy != defaultPolicy:
			policy, err = baseline.New(q.policy, space, attributes, cells, opt)
		case q.legal != nil:
			if model, err = bandit.Fit(space, attributes, cells, opt); err == nil {
				policy = model.Policy()
			}
		}
		if err != nil {
			return nil, err
		}
		return bandit.NewControl(policy, even, a.share), nil
	}, nil
}

// checkAdditions refuses new texts that make no sense, or that the ad has.
func (a *ad) checkAdditions(list []client.NewAsset) error {
	for _, added := range list {
		f := slices.IndexFunc(a.creative.feed.Pools, func(p creative.Pool) bool { return p.Name == added.Slot })
		switch {
		case added.Slot != "title" && added.Slot != "body" && added.Slot != "description" || f < 0:
			return invalid("add", "replay.slot", fmt.Sprintf("a text cannot be added to %q of this ad", added.Slot))
		case strings.TrimSpace(added.Text) == "" || len(added.Text) > maxReplayText:
			return invalid("add", "replay.text", fmt.Sprintf("a text has 1 to %d bytes", maxReplayText))
		case slices.ContainsFunc(a.creative.feed.Pools[f].Assets, func(x creative.Asset) bool { return x.Text == added.Text }):
			return invalid("add", "replay.text", fmt.Sprintf("the ad has %q already: ask what stopping or pinning it would have brought", added.Text))
		}
	}
	return nil
}
