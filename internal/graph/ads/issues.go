package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Our own numbers of the issues that we report; the platform's codes mean other things.
const (
	smallBudgetCode = 900001
	disapprovedCode = 900002
	accountCode     = 900003
	unseenCode      = 900004
)

// issue is one element of issues_info. Hard ones keep something from delivering, soft ones are advice.
func issue(level string, code int, summary, message string, hard bool) object.Ordered {
	kind := "SOFT_ERROR"
	if hard {
		kind = "HARD_ERROR"
	}
	return object.Ordered{
		{Name: "level", Value: level},
		{Name: "error_code", Value: code},
		{Name: "error_summary", Value: summary},
		{Name: "error_message", Value: message},
		{Name: "error_type", Value: kind},
	}
}

// issues reports what keeps objects from delivering, on them and below, and the advice that was given when an ad set or its ad was made,
// as long as it holds.
func (s *service) issues(ctx context.Context, call *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	around, err := surround(ctx, call, tx, objs)
	values := make([]any, len(objs))
	for i, o := range objs {
		if list := append(around.hard(o), s.soft(o, around)...); len(list) > 0 {
			values[i] = list
		}
	}
	return values, err
}

// hard are the issues of an object's account, of its own review, and of the reviews below.
func (s surroundings) hard(o *store.Object) (list []any) {
	level := map[string]string{"campaign": "CAMPAIGN", "adset": "AD_SET", "ad": "AD"}[o.Type]
	if status := s.account(o); object.Blocked(status) || object.Unpaid(status) {
		list = append(list, issue(level, accountCode, "Account can't deliver", "the ad account's status is "+digits(int(status))+"; nothing of it is shown", true))
	}
	if o.Type == "ad" && o.Status == object.Active && s.waits(o) {
		list = append(list, issue(level, unseenCode, "Generated texts wait for review", "what was generated for the creative is not approved; set the ad ACTIVE, or review the texts at "+
			object.Text(o.Data, "creative_id")+"/generation", true))
	}
	refused := s.refused[o.ID]
	if o.Type == "ad" && object.ReviewOf(o.Data).Verdict == object.Disapprove {
		refused = []*store.Object{o}
	}
	for _, ad := range refused {
		for policy, text := range object.ReviewOf(ad.Data).Feedback {
			message, _ := text.(string)
			list = append(list, issue("AD", disapprovedCode, "Ad "+ad.ID+" was disapproved: "+policy, message, true))
		}
	}
	return list
}

// soft is the advice on money.
func (s *service) soft(o *store.Object, around surroundings) []any {
	set, level := o, "AD_SET"
	if o.Type == "ad" {
		set, level = around.above[object.Text(o.Data, "adset_id")], "AD"
	}
	campaign := around.above[object.Text(o.Data, "campaign_id")]
	if set == nil || campaign == nil || setKind(set) != creative.DynamicSet {
		return nil
	}
	advice := s.smallBudget(set.Data, campaign.Data)
	if advice == nil {
		return nil
	}
	return []any{issue(level, smallBudgetCode, "Small daily budget", advice.Message, false)}
}
