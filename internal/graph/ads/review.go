package ads

import (
	"context"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Fields by which the disapproved ads of an ad set and of a campaign are found.
const (
	refusedInSet      = "marquetry_disapproved_adset_id"
	refusedInCampaign = "marquetry_disapproved_campaign_id"
)

// reviewAgain begins the review of a new ad, and that of an ad with another creative from the start.
func reviewAgain(w *graph.Write) {
	if w.Creating() || object.Text(w.Data, "creative_id") != object.Text(w.Old.Data, "creative_id") {
		reviewed(w.Data, object.Review{Since: w.Now})
	}
}

// reviewed puts a review into an ad's data, with the references by which a refused ad is found.
func reviewed(ad map[string]any, r object.Review) {
	ad["review"] = r.Data()
	delete(ad, refusedInSet)
	delete(ad, refusedInCampaign)
	if r.Verdict == object.Disapprove {
		ad[refusedInSet], ad[refusedInCampaign] = object.Text(ad, "adset_id"), object.Text(ad, "campaign_id")
	}
}

// decideReview is ours: it ends an ad's review with a verdict, for tests of programs that have to cope with one.
func decideReview(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if !call.Caller.Can(object.Sandbox) {
		return nil, sandboxOnly("review")
	}
	ad, r := call.Node, object.ReviewOf(call.Node.Data)
	r.Verdict = object.Text(call.Args, "decision")
	if r.Verdict == object.Disapprove {
		policy, text := object.Text(call.Args, "policy"), object.Text(call.Args, "text")
		if policy == "" {
			policy = "Advertising standards"
		}
		if text == "" {
			text = "The ad was refused in a test."
		}
		r.Feedback, r.Assets = map[string]any{policy: text}, refusedAssets(object.Listed(call.Args, "assets"), policy)
	}
	reviewed(ad.Data, r)
	if err := call.Save(ctx, tx, ad); err != nil {
		return nil, err
	}
	err := tx.Audit(ctx, &store.Audit{At: call.Now, AccountID: ad.AccountID, Actor: call.Caller.Name, Object: ad.ID, Type: ad.Type,
		Action: "review", Changes: `{"decision":"` + r.Verdict + `"}`})
	return object.Ordered{{Name: "success", Value: true}}, err
}

// sandboxOnly refuses what is ours and bends the world: it needs the scope sandbox.
func sandboxOnly(path string) *object.Fault {
	f := object.Broken("sandbox", 0, "this needs an access token with the scope sandbox", path)
	f.Code = 10
	return f
}

// refusedAssets are the assets as the platform lists them: the id of an image or video, or the text.
func refusedAssets(names []any, policy string) []any {
	list := []any{}
	for _, name := range names {
		list = append(list, map[string]any{"id": name, "text": name, "reason": []any{policy}})
	}
	return list
}

// adReviewFeedback is why an ad was disapproved, by policy.
func adReviewFeedback(_ *graph.Call, o *store.Object) any {
	if r := object.ReviewOf(o.Data); r.Verdict == object.Disapprove {
		return map[string]any{"global": r.Feedback}
	}
	return nil
}

// reviewFeedback is, of a dynamic ad set, the refused assets of its ad as JSON text: an empty list when all passed.
func reviewFeedback(ctx context.Context, _ *graph.Call, tx store.Tx, sets []*store.Object, _ *graph.Selection) ([]any, error) {
	refused, err := refusedBelow(ctx, tx, sets, refusedInSet)
	values := make([]any, len(sets))
	for i, set := range sets {
		if setKind(set) != creative.DynamicSet {
			continue
		}
		assets := []any{}
		for _, ad := range refused[set.ID] {
			assets = append(assets, object.ReviewOf(ad.Data).Assets...)
		}
		values[i] = jsonText(assets)
	}
	return values, err
}

// mostRefused is how many disapproved ads of an ad set or campaign are told of.
const mostRefused = 10

// refusedBelow are the disapproved live ads of ad sets or campaigns, by the parent's id, with one store call.
func refusedBelow(ctx context.Context, tx store.Tx, parents []*store.Object, field string) (map[string][]*store.Object, error) {
	return tx.ListMany(ctx, store.Listing{Type: "ad", Field: field}, idsOf(parents), mostRefused)
}

// idsOf are the ids of some objects.
func idsOf(objs []*store.Object) []string {
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = o.ID
	}
	return ids
}
