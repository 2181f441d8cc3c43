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
	if ok, err := s.standing(ctx, w); !ok || err != nil {
		return err
	}
	campaign, err := s.adsetCampaign(ctx, w)
	if err != nil {
		return err
	}
	adsetTimes(w, campaign)
	if campaign != nil {
		adsetBid(w, campaign)
		adsetBudget(w, campaign)
	}
	s.budgetChanges(w)
	periods(ctx, w)
	adsetGoal(w, campaign)
	attributionSpec(w, object.Text(w.Data, "optimization_goal"))
	adsetTargeting(w, campaign)
	frequency(w)
	s.adsetDynamic(w, campaign)
	for _, step := range []func(context.Context, *graph.Write, map[string]any) error{s.promoted, s.published} {
		if err := step(ctx, w, campaign); err != nil {
			return err
		}
	}
	if err := significant(ctx, w); err != nil {
		return err
	}
	return s.beyondSpent(ctx, w)
}

// adsetCampaign finds the data of the campaign and checks that it can take the ad set. That it exists in this account was checked
// before; nil when it was not named.
func (s *service) adsetCampaign(ctx context.Context, w *graph.Write) (map[string]any, error) {
	if err := parent(ctx, w, "campaign", "campaign_id", "campaign_spec"); err != nil {
		return nil, err
	}
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
	return campaign.Data, s.capacity(ctx, w)
}

// adsetGoal checks that the goal, what is billed and where a click leads serve the campaign's objective. Campaigns with an older objective
// take every goal.
func adsetGoal(w *graph.Write, campaign map[string]any) {
	objective, goal := object.Text(campaign, "objective"), object.Text(w.Data, "optimization_goal")
	if allowed := goals(objective); allowed != nil && goal != "" && !slices.Contains(allowed, goal) {
		f := object.Broken("adset.goal", 0, "optimization_goal "+goal+" does not fit the objective "+objective+"; it takes one of "+strings.Join(allowed, ", "), "optimization_goal")
		w.Fault(set(f, usualGoal(objective)))
	}
	if billing := object.Text(w.Data, "billing_event"); billedAlone(billing) && billing != goal {
		w.Fault(set(object.Broken("adset.billing", 0, "billing_event "+billing+" needs the optimization_goal of the same name", "billing_event"), "IMPRESSIONS"))
	}
	destination := object.Text(w.Data, "destination_type")
	if serves := destinations(destination); touched(w, "destination_type") && serves != nil && goals(objective) != nil && !slices.Contains(serves, objective) {
		f := object.Broken("adset.destination", 2446509, "destination_type "+destination+" does not fit the objective "+objective+"; it serves "+strings.Join(serves, ", "), "destination_type")
		w.Fault(set(f, "UNDEFINED"))
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

// published refuses to change what delivery has been measured by: the goal and the promoted object of an ad set that has ads, and the
// attribution of one whose installs Apple's network attributes.
func (s *service) published(ctx context.Context, w *graph.Write, campaign map[string]any) error {
	if w.Creating() {
		return nil
	}
	goal := object.Text(w.Data, "optimization_goal") != object.Text(w.Old.Data, "optimization_goal")
	pixel := promise(w.Data) != promise(w.Old.Data)
	foreign, _ := campaign["is_skadnetwork_attribution"].(bool)
	spec := foreign && jsonText(w.Data["attribution_spec"]) != jsonText(w.Old.Data["attribution_spec"])
	if !goal && !pixel && !spec {
		return nil
	}
	ads, err := children(ctx, w.Tx, "ad", "adset_id", w.Old.ID)
	if err != nil || len(ads) == 0 {
		return err
	}
	if goal {
		w.Fault(drop(object.Broken("adset.published", 3260011, "optimization_goal can't change once the ad set has ads", "optimization_goal")))
	}
	if pixel {
		w.Fault(drop(object.Broken("adset.published", 3260011, "pixel and event of promoted_object can't change once the ad set has ads", "promoted_object")))
	}
	if spec {
		w.Fault(drop(object.Broken("attribution.published", 1504040, "attribution_spec can't change once the ad set has ads", "attribution_spec")))
	}
	return nil
}

// promise is what of a promoted object is fixed by publishing.
func promise(data map[string]any) string {
	promoted := object.Members(data, "promoted_object")
	return object.Text(promoted, "pixel_id") + "/" + object.Text(promoted, "custom_event_type") + "/" + object.Text(promoted, "custom_event_str")
}
