package ads

import (
	"context"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// adset checks and completes an ad set.
func (s *service) adset(ctx context.Context, w *graph.Write) error {
	if !standing(ctx, w) {
		return nil
	}
	adsetTimes(w)
	campaign, err := adsetCampaign(ctx, w)
	if err != nil {
		return err
	}
	if campaign != nil {
		adsetBid(w, campaign)
		adsetBudget(w, campaign)
	}
	adsetGoal(w, campaign)
	s.adsetTargeting(w)
	if err := s.promoted(ctx, w, campaign); err != nil {
		return err
	}
	s.adsetDynamic(w, campaign)
	return published(ctx, w)
}

// adsetCampaign finds the data of the campaign and checks that it can take the ad set. That it exists in this account was checked
// before; nil when it was not named.
func adsetCampaign(ctx context.Context, w *graph.Write) (map[string]any, error) {
	id := object.Text(w.Data, "campaign_id")
	if id == "" {
		return nil, nil
	}
	campaign, err := w.Tx.Object(ctx, id)
	if err != nil {
		return nil, err
	}
	if !live(campaign) {
		w.Fault(object.Broken("adset.parent", 0, "the campaign is deleted or archived", "campaign_id"))
	}
	if w.Creating() {
		n, err := w.Tx.Count(ctx, store.Listing{Type: "adset", Field: "campaign_id", To: id})
		if err != nil {
			return nil, err
		}
		full(w, n, mostAdSets, "campaign_id")
	}
	return campaign.Data, nil
}

// adsetTimes checks the run; zero is an end that never comes.
func adsetTimes(w *graph.Write) {
	if w.Creating() && w.Data["start_time"] == nil {
		w.Data["start_time"] = w.Now
	}
	if object.Whole(w.Data, "end_time") == 0 {
		delete(w.Data, "end_time")
	}
	start, end := object.Whole(w.Data, "start_time"), object.Whole(w.Data, "end_time")
	_, changed := w.Sent["end_time"]
	switch {
	case end == 0 && object.Whole(w.Data, "lifetime_budget") > 0:
		w.Fault(object.Broken("adset.end", 0, "end_time is required with lifetime_budget", "end_time"))
	case end == 0 || !changed:
	case end <= w.Now:
		w.Fault(object.Broken("adset.end", 1487033, "end_time must be in the future", "end_time"))
	case end <= start:
		w.Fault(object.Broken("adset.end", 1487007, "end_time must be after start_time", "end_time"))
	case object.Whole(w.Data, "daily_budget") > 0 && end-start < day:
		w.Fault(object.Broken("adset.end", 1487007, "an ad set with a daily budget must run for at least 24 hours", "end_time"))
	}
	if w.Data["adset_schedule"] != nil && object.Whole(w.Data, "lifetime_budget") == 0 {
		w.Fault(object.Broken("adset.schedule", 0, "adset_schedule needs lifetime_budget", "adset_schedule"))
	}
}

// adsetGoal checks that the goal serves the campaign's objective. Campaigns with an older objective take every goal.
func adsetGoal(w *graph.Write, campaign map[string]any) {
	objective, goal := object.Text(campaign, "objective"), object.Text(w.Data, "optimization_goal")
	if allowed := goals(objective); allowed != nil && goal != "" && !slices.Contains(allowed, goal) {
		w.Fault(object.Broken("adset.goal", 0, "optimization_goal "+goal+" does not fit the objective "+objective+"; it takes one of "+
			strings.Join(allowed, ", "), "optimization_goal"))
	}
	billing := object.Text(w.Data, "billing_event")
	if (billing == "LINK_CLICKS" || billing == "THRUPLAY") && billing != goal {
		w.Fault(object.Broken("adset.billing", 0, "billing_event "+billing+" needs the optimization_goal of the same name", "billing_event"))
	}
}

// adsetDynamic checks what dynamic creative asks of an ad set.
func (s *service) adsetDynamic(w *graph.Write, campaign map[string]any) {
	if dynamic, _ := w.Data["is_dynamic_creative"].(bool); !dynamic {
		return
	}
	if buying := object.Text(campaign, "buying_type"); buying != "" && buying != "AUCTION" {
		w.Fault(object.Broken("adset.dynamic", 0, "is_dynamic_creative needs a campaign with buying_type AUCTION", "is_dynamic_creative"))
	}
	_, budgetSent := w.Sent["daily_budget"]
	if advice := s.smallBudget(w.Data, campaign); advice != nil && (w.Creating() || budgetSent) {
		guard(w, s.config.DailyBudget, *advice)
	}
}

// published refuses to change what delivery has been measured by: the goal and the promoted object of an ad set that has ads.
func published(ctx context.Context, w *graph.Write) error {
	if w.Creating() {
		return nil
	}
	goal := object.Text(w.Data, "optimization_goal") != object.Text(w.Old.Data, "optimization_goal")
	pixel := promise(w.Data) != promise(w.Old.Data)
	if !goal && !pixel {
		return nil
	}
	ads, err := children(ctx, w.Tx, "ad", "adset_id", w.Old.ID)
	if err != nil || len(ads) == 0 {
		return err
	}
	if goal {
		w.Fault(object.Broken("adset.published", 3260011, "optimization_goal can't change once the ad set has ads", "optimization_goal"))
	}
	if pixel {
		w.Fault(object.Broken("adset.published", 3260011, "pixel and event of promoted_object can't change once the ad set has ads", "promoted_object"))
	}
	return nil
}

// promise is what of a promoted object is fixed by publishing.
func promise(data map[string]any) string {
	promoted := object.Members(data, "promoted_object")
	return object.Text(promoted, "pixel_id") + "/" + object.Text(promoted, "custom_event_type") + "/" + object.Text(promoted, "custom_event_str")
}
