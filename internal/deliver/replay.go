package deliver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/offpolicy"
	"github.com/marquetry/marquetry/internal/creative"
)

// replayNow answers POST /v1/replay: what another policy, or other assets, would have brought on the log of an ad. One is worked out at a time.
func (s *Service) replayNow(w http.ResponseWriter, r *http.Request) {
	var answer client.Replay
	req, a, err := s.replayRequest(w, r)
	if err == nil {
		answer, err = s.replayInTime(r.Context(), a, &req)
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	noStore(w)
	writeJSON(w, http.StatusOK, answer)
}

// longestReplay is how long a replay may take: an answer that comes later than servers and clients wait for reaches nobody, and the
// next replay waits for this one.
const longestReplay = 110 * time.Second

// replayInTime is replay with an end.
func (s *Service) replayInTime(ctx context.Context, a *ad, req *client.ReplayRequest) (client.Replay, error) {
	ctx, stop := context.WithTimeout(ctx, longestReplay)
	defer stop()
	answer, err := s.replay(ctx, a, req)
	if errors.Is(err, context.DeadlineExceeded) {
		err = &refusal{http.StatusServiceUnavailable, "the replay takes too long: ask for fewer policies and assets at once", "policies", "replay.time"}
	}
	return answer, err
}

// replayRequest reads the request and finds its ad, which the token must be able to read.
func (s *Service) replayRequest(w http.ResponseWriter, r *http.Request) (req client.ReplayRequest, a *ad, err error) {
	token, err := s.callers.of(r, s.sources.Now())
	if err != nil {
		return req, nil, err
	}
	if err := readJSON(w, r, maxDecisionBody, &req); err != nil {
		return req, nil, err
	}
	a = s.snapshot.Load().objects.ads[req.AdID]
	switch {
	case !allows(token, "ads_read"):
		return req, nil, forbidden("access_token", "replay.scope", "this needs an access token with ads_read for the ad's account")
	case a == nil || !reads(token)(a.adset.account.id):
		return req, nil, &refusal{http.StatusNotFound, "there is no such ad, or the token may not read it", "ad_id", "ad_id.unknown"}
	case a.creative == nil || len(a.creative.backdrops) > 0 || len(a.creative.allowed) > 0:
		return req, nil, invalid("ad_id", "replay.creative", "ads without a creative of their own, those whose items have backgrounds, those with asset_customization_rules and carousels in a fixed order cannot be replayed")
	case a.creative.space.Size() > maxReplayCombinations:
		return req, nil, invalid("ad_id", "replay.combinations", fmt.Sprintf("the ad has %d combinations, at most %d can be replayed",
			a.creative.space.Size(), maxReplayCombinations))
	}
	return req, a, a.checkAdditions(req.Add)
}

// replay walks through the log.
func (s *Service) replay(ctx context.Context, a *ad, req *client.ReplayRequest) (client.Replay, error) {
	questions, err := a.questions(req)
	if err != nil {
		return client.Replay{}, err
	}
	opt := s.optionsOf(s.snapshot.Load(), a, bandit.DefaultOptions())
	var asked []offpolicy.Question
	for _, q := range questions {
		asked = append(asked, a.ask(q, s.cfg.Attributes, opt))
	}
	select {
	case s.replaying <- struct{}{}:
		defer func() { <-s.replaying }()
	case <-ctx.Done():
		return client.Replay{}, ctx.Err()
	}
	h, err := s.readHistory(ctx, a)
	if err != nil {
		return client.Replay{}, err
	}
	results, err := s.walk(ctx, h, opt, asked)
	if err != nil {
		return client.Replay{}, fmt.Errorf("deliver: replay: %w", err)
	}
	return s.replayed(h, questions, results, req.Add), nil
}

// walk evaluates what is asked, impression by impression. The first result is that of what really decided.
func (s *Service) walk(ctx context.Context, h *history, opt bandit.Options, asked []offpolicy.Question) ([]offpolicy.Result, error) {
	everything := offpolicy.Question{Only: func(int) bool { return true }}
	replay, err := offpolicy.NewReplay(h.ad.creative.space, s.cfg.Attributes, opt, nil, len(h.shown), append([]offpolicy.Question{everything}, asked...)...)
	for i := 0; err == nil && i < len(h.shown); i++ {
		if err = replay.Add(h.at(i)); err == nil {
			err = ctx.Err()
		}
	}
	if err != nil {
		return nil, err
	}
	return replay.Results()
}

// replayed puts the answer into words.
func (s *Service) replayed(h *history, questions []question, results []offpolicy.Result, add []client.NewAsset) client.Replay {
	unit := 1.0
	if h.ad.adset.objective == bandit.Value {
		unit = 1e-6
	}
	answer := client.Replay{
		AdID: h.ad.id, Objective: []string{"clicks", "conversions", "value"}[h.ad.adset.objective], Actual: figure(results[0].Logged, unit),
		Log: client.ReplayLog{Impressions: len(h.shown), Other: h.other, Complete: h.complete},
	}
	if len(h.shown) > 0 {
		answer.Log.First, answer.Log.Last = time.UnixMilli(h.first).UTC().Format(time.RFC3339), time.UnixMilli(h.last).UTC().Format(time.RFC3339)
	}
	for i, q := range questions {
		answer.Answers = append(answer.Answers, replayedOf(q, results[i+1], unit))
	}
	for _, added := range add {
		answer.Additions = append(answer.Additions, s.predict(h, added))
	}
	return answer
}

// replayedOf is the answer to one question.
func replayedOf(q question, r offpolicy.Result, unit float64) client.Replayed {
	x := r.Support
	answer := client.Replayed{
		Policy: q.policy, Stop: q.stop, Pin: q.pin, Verdict: "not_enough_support", Rule: string(x.Rule), Why: x.Why,
		Support: client.ReplaySupport{
			Effective: x.Effective, Events: x.Events, Largest: x.Largest, MeanWeight: x.MeanWeight.Mean, Missing: x.Missing, Rare: x.Rare, Clipped: x.Clipped,
		},
	}
	for _, e := range r.Estimates {
		answer.Estimates = append(answer.Estimates, client.ReplayEstimate{Method: string(e.Method), Value: figure(e.Value, unit), Lift: figure(e.Lift, 1)})
	}
	if x.Enough() {
		value, lift := figure(r.Best().Value, unit), figure(r.Best().Lift, 1)
		answer.Verdict, answer.Value, answer.Lift = "estimate", &value, &lift
	}
	return answer
}

// figure is a number of the estimators in units of the answer.
func figure(f offpolicy.Figure, unit float64) client.Figure {
	return client.Figure{Mean: unit * f.Mean, StandardError: unit * f.StandardError, Low: unit * f.Low, High: unit * f.High}
}

// predict says what is believed of a text that was never shown.
func (s *Service) predict(h *history, added client.NewAsset) client.Prediction {
	f := slices.IndexFunc(h.ad.creative.feed.Pools, func(p creative.Pool) bool { return p.Name == added.Slot })
	events := float64(h.events())
	p := client.Prediction{NewAsset: added, Verdict: "not_enough_support", Why: "nothing has been learnt of this ad yet"}
	learned, ok := s.Learned(h.ad.id)
	if !ok || events == 0 || !slices.Equal(learned.Space.Sizes, h.ad.creative.space.Sizes) { // it may show something else by now
		return p
	}
	rate := events / float64(len(h.shown))
	c := offpolicy.NewNewcomer(learned.Assets[f], bandit.DefaultOptions().Priors.Main, rate)
	p.Verdict = "prediction_from_prior"
	p.Why = fmt.Sprintf("this %s was never shown, so the log says nothing of it; this is what is believed of any %s, from how far the %d of this ad differ",
		added.Slot, added.Slot, c.Assets)
	p.Compared, p.Effect, p.Low, p.High = c.Assets, c.Effect.Median, c.Effect.Low, c.Effect.High
	p.ProbabilityBest, p.ExpectedGain, p.QuarterGain = c.Best, c.Gain, c.QuarterGain
	p.Impressions, p.GivenUp = int64(math.Ceil(c.ToKnow)), c.GivenUp
	if days := float64(h.last-h.first) / float64(24*time.Hour/time.Millisecond); days > 0 {
		p.Days = c.ToKnow * float64(c.Assets+1) * days / float64(len(h.shown))
	}
	return p
}
