package deliver

import (
	"context"
	"net/http"
	"time"

	"github.com/marquetry/marquetry/client"
)

// statusNow answers GET /v1/status, for the operator: what decides, how far the folds are behind the log, and which tokens were refused.
func (s *Service) statusNow(w http.ResponseWriter, r *http.Request) {
	token, err := s.callers.of(r, s.sources.Now())
	if err == nil && !allows(token, "admin") {
		err = forbidden("access_token", "status.scope", "this needs an access token with the admin scope")
	}
	var status client.Status
	if err == nil {
		status, err = s.status(r.Context())
	}
	if id := r.URL.Query().Get("budget"); err == nil && id != "" {
		status.Budget, err = s.budget(id)
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	noStore(w)
	writeJSON(w, http.StatusOK, status)
}

// status puts the answer together.
func (s *Service) status(ctx context.Context) (client.Status, error) {
	answer := client.Status{
		Started: s.started.UTC().Format(time.RFC3339), Snapshot: s.snapshot.Load().Version(), Refused: s.Refused(),
		Duplicates: s.counts.duplicate.Load(), Wins: s.counts.wins.Load(), Losses: s.counts.losses.Load(), Folds: []client.Fold{}, Remembered: s.seen.times.Len(),
		Capped: s.seen.capped.Len(), Forgotten: s.seen.capped.Lost(), Fallbacks: s.counts.fallbacks.Load(),
	}
	progress, err := s.folder.Progress(ctx)
	if err != nil {
		return answer, err
	}
	for _, p := range progress {
		answer.Folds = append(answer.Folds, client.Fold{Name: p.Fold, Position: p.Position, Lag: p.Lag})
	}
	answer.Logged, err = s.events.Last(ctx)
	return answer, err
}

// budget tells of one budget.
func (s *Service) budget(id string) (*client.Budget, error) {
	gate := s.gate(id)
	if gate == nil {
		return nil, &refusal{status: http.StatusNotFound, message: "no ad set, campaign or account with that id has a budget", field: "budget", rule: "budget.unknown"}
	}
	b := gate.State(s.sources.Now().UnixMilli())
	return &client.Budget{
		ID: id, Delivered: b.Delivered, Scheduled: b.Scheduled, Outstanding: b.Outstanding, Allowance: b.Allowance, Share: b.Share, ShowRate: b.ShowRate,
	}, nil
}
