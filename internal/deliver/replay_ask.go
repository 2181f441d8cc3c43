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
	"github.com/marquetry/marquetry/internal/steer"
)

// loggedPolicy is the name of what really decided, with some assets left out.
const loggedPolicy = "logged"

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
	stop, pin []string // asset ids
	legal     *bandit.Legal
	even      *bandit.Rotation // over what is legal
}

// questions reads a request.
func (a *ad) questions(req *client.ReplayRequest) ([]question, error) {
	steered := len(req.Stop)+len(req.Pin) > 0
	names, known := req.Policies, steer.Policies()
	switch {
	case steered:
		known = append(known, loggedPolicy)
		if len(names) == 0 {
			names = []string{loggedPolicy, steer.DefaultPolicy}
		}
	case len(names) == 0 && len(req.Add) == 0:
		names = []string{steer.DefaultPolicy, "asset-beta", "uniform"}
	}
	if len(names) > maxReplayPolicies || len(req.Stop)+len(req.Pin)+len(req.Add) > maxReplayAssets {
		return nil, invalid("policies", "replay.max_count", fmt.Sprintf("at most %d policies and %d assets are accepted", maxReplayPolicies, maxReplayAssets))
	}
	q, err := a.without(req.Stop, req.Pin)
	var all []question
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, invalid("policies", "replay.policy", fmt.Sprintf("there is no policy %q, there are %s", name, strings.Join(known, ", ")))
		}
		q.policy = name
		all = append(all, q)
	}
	return all, err
}

// without finds what is legal when assets are stopped and others pinned, besides those that the ad itself stops and pins.
func (a *ad) without(stop, pin []string) (q question, err error) {
	if q.stop, err = assetIDs(a.creative.feed, "stop", stop); err != nil {
		return q, err
	}
	if q.pin, err = assetIDs(a.creative.feed, "pin", pin); err != nil {
		return q, err
	}
	wishes := a.wishes
	wishes.Stopped, wishes.Pinned = slices.Concat(wishes.Stopped, q.stop), slices.Concat(wishes.Pinned, q.pin)
	q.legal = wishes.Legal(a.creative.feed)
	if q.even, err = bandit.NewRotation(a.creative.space, q.legal); err != nil {
		return q, invalid("stop", "replay.legal", "nothing would be left to show")
	}
	return q, nil
}

// assetIDs finds the ids of assets.
func assetIDs(feed creative.Feed, field string, names []string) (ids []string, err error) {
	for _, name := range names {
		f, i, err := findAsset(feed, field, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, feed.Pools[f].Assets[i].ID)
	}
	return ids, nil
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

// ask puts a question as a replay takes it: the policy as it would decide here, with the ad's control slice around it.
func (a *ad) ask(q question, attributes []string, opt bandit.Options) offpolicy.Question {
	if q.policy == loggedPolicy {
		return offpolicy.Question{Only: func(combination int) bool { return q.even.Propensity("", combination) > 0 }}
	}
	opt.Legal = q.legal
	return offpolicy.Question{Learn: func(cells []bandit.Cell, model *bandit.Logistic) (offpolicy.Chances, error) {
		policy, err := model.Policy(), error(nil)
		switch {
		case q.policy != steer.DefaultPolicy:
			policy, err = baseline.New(q.policy, a.creative.space, attributes, cells, opt)
		case len(q.stop)+len(q.pin) > 0:
			if model, err = bandit.Fit(a.creative.space, attributes, cells, opt); err == nil {
				policy = model.Policy()
			}
		}
		return bandit.NewControl(policy, q.even, a.recipe.share), err
	}}
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
