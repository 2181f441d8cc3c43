package ads

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// configuredStatus is the status under its other name.
func configuredStatus(_ *graph.Call, o *store.Object) any { return o.Status }

// surroundings are what the effective statuses and the issues of some objects depend on.
type surroundings struct {
	call    *graph.Call
	above   map[string]*store.Object   // campaigns, ad sets, creatives and accounts, by id
	unseen  map[string]int             // generated assets that nobody has looked at, by the creative's id
	refused map[string][]*store.Object // disapproved ads below campaigns or ad sets, by the parent's id
	ads     map[string]int             // live ads below those that have disapproved ones
}

// unseen counts the pending assets of creatives that have nothing else to show: one store call, and none where there are no such creatives.
func unseen(ctx context.Context, tx store.Tx, above map[string]*store.Object) (map[string]int, error) {
	var ids []string
	for id, o := range above {
		if o.Type == "adcreative" && edition.Waits(o, true) {
			ids = append(ids, id)
		}
	}
	if ids == nil {
		return nil, nil
	}
	slices.Sort(ids)
	return tx.CountMany(ctx, store.Listing{Type: "generatedasset", Field: "creative_id", Statuses: []string{object.AssetPending}}, ids)
}

// surround reads them with three store calls at most.
func surround(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object) (s surroundings, err error) {
	s.call = call
	var wanted []string
	for _, o := range objs {
		for _, id := range []string{object.Text(o.Data, "campaign_id"), object.Text(o.Data, "adset_id"), object.Text(o.Data, "creative_id"), "act_" + o.AccountID} {
			if id != "" {
				wanted = append(wanted, id)
			}
		}
	}
	if s.above, err = tx.Objects(ctx, slices.Compact(slices.Sorted(slices.Values(wanted)))); err != nil || len(objs) == 0 {
		return s, err
	}
	if objs[0].Type == "ad" {
		s.unseen, err = unseen(ctx, tx, s.above)
		return s, err
	}
	field, by := refusedInCampaign, "campaign_id"
	if objs[0].Type == "adset" {
		field, by = refusedInSet, "adset_id"
	}
	if s.refused, err = refusedBelow(ctx, tx, objs, field); err != nil || len(s.refused) == 0 {
		return s, err
	}
	var with []string
	for id := range s.refused {
		with = append(with, id)
	}
	s.ads, err = tx.CountMany(ctx, store.Listing{Type: "ad", Field: by}, with)
	return s, err
}

// effectiveStatus computes what each status amounts to under its parents, its review and its account.
func effectiveStatus(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	s, err := surround(ctx, call, tx, objs)
	values := make([]any, len(objs))
	for i, o := range objs {
		values[i] = s.status(o)
	}
	return values, err
}

// status is the effective status of one object: what somebody switched off comes first, then what is wrong.
func (s surroundings) status(o *store.Object) string {
	if off := s.switched(o); off != object.Active {
		return off
	}
	if o.Type == "ad" {
		return s.adStatus(o)
	}
	switch {
	case object.Blocked(s.account(o)), s.allRefused(o):
		return "WITH_ISSUES"
	case s.call.Now < o.Created+s.call.Latency:
		return "IN_PROCESS"
	}
	return object.Active
}

// switched is what the configured statuses of an object and its parents amount to.
func (s surroundings) switched(o *store.Object) string {
	of := func(field string) string {
		if p := s.above[object.Text(o.Data, field)]; p != nil {
			return p.Status
		}
		return ""
	}
	switch o.Type {
	case "campaign":
		return object.EffectiveStatus(o.Status, "", "")
	case "adset":
		return object.EffectiveStatus(of("campaign_id"), o.Status, "")
	}
	return object.EffectiveStatus(of("campaign_id"), of("adset_id"), o.Status)
}

// adStatus is that of an ad which nobody switched off.
func (s surroundings) adStatus(o *store.Object) string {
	if review := object.ReviewOf(o.Data).Status(s.call.Now, s.call.Latency); review != "" {
		return review
	}
	if s.waits(o) {
		return object.PendingReview
	}
	begins := object.Whole(o.Data, "ad_schedule_start_time")
	if set := s.above[object.Text(o.Data, "adset_id")]; set != nil {
		begins = max(begins, object.Whole(set.Data, "start_time"))
	}
	switch account := s.account(o); {
	case begins > s.call.Now:
		return "PREAPPROVED"
	case object.Unpaid(account):
		return "PENDING_BILLING_INFO"
	case object.Blocked(account):
		return "WITH_ISSUES"
	}
	return object.Active
}

// waits reports whether an ad has nothing to show before somebody has looked at what was generated for its creative.
func (s surroundings) waits(ad *store.Object) bool {
	made := s.above[object.Text(ad.Data, "creative_id")]
	return made != nil && edition.Waits(made, s.unseen[made.ID] > 0)
}

// account is the status of an object's account.
func (s surroundings) account(o *store.Object) int64 {
	if a := s.above["act_"+o.AccountID]; a != nil {
		return object.Whole(a.Data, "account_status")
	}
	return 1
}

// allRefused reports whether a campaign or an ad set has ads, and every one is disapproved.
func (s surroundings) allRefused(o *store.Object) bool {
	return s.ads[o.ID] > 0 && len(s.refused[o.ID]) == min(s.ads[o.ID], mostRefused)
}
