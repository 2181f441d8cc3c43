package ads

import (
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// How many live children the platform allows.
const (
	mostAds    = 50  // of an ad set
	mostAdSets = 200 // of a campaign
)

// full is a fault for a parent, named by a field, that has as many children as it may.
func full(w *graph.Write, n, most int, field string) {
	if n < most {
		return
	}
	f := object.Broken("parent.full", 0, fmt.Sprintf("%s names a parent with %d %ss, at most %d are allowed", field, n, w.Type.Name, most), field)
	f.Sent, f.Limit = n+1, most
	w.Fault(f)
}

// adChecks is one write of an ad with what is around it.
type adChecks struct {
	*service
	*graph.Write
	set      *store.Object       // nil when the caller named none that exists
	campaign *store.Object       // nil with set
	creative *store.Object       // nil when none was sent, or it has faults
	path     []string            // where the creative was sent
	normal   creative.Normalised // of a whole creative: how it was sent
}

// ad checks and completes an ad, and makes its creative when a whole one was sent.
func (s *service) ad(ctx context.Context, w *graph.Write) error {
	if ok, err := s.standing(ctx, w); err != nil {
		return err
	} else if !ok {
		return archivedAlone(ctx, w)
	}
	if err := s.capacity(ctx, w); err != nil {
		return err
	}
	c := &adChecks{service: s, Write: w, path: []string{"creative"}}
	steps := []func(context.Context) error{c.parents, c.content, c.fit, c.match, c.room, c.steer, c.advise, c.relearns}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	frequency(w)
	reviewAgain(w)
	return nil
}

// parents finds the ad set, or makes it, and the campaign. That they exist in this account was checked before.
func (c *adChecks) parents(ctx context.Context) (err error) {
	if err := olderParent(ctx, c.Write); err != nil {
		return err
	}
	if err := parent(ctx, c.Write, "adset", "adset_id", "adset_spec"); err != nil {
		return err
	}
	id := object.Text(c.Data, "adset_id")
	if id == "" {
		return nil
	}
	if c.set, err = c.Tx.Object(ctx, id); err != nil {
		return err
	}
	if !live(c.set) {
		c.Fault(object.Broken("ad.parent", 0, "the ad set is deleted or archived", "adset_id"))
	} else if end := object.Whole(c.set.Data, "end_time"); c.Creating() && end != 0 && end <= c.Now {
		c.Fault(object.Broken("ad.parent", 1487472, "the ad set has ended; give it a later end_time first", "adset_id"))
	}
	c.Data["campaign_id"] = object.Text(c.set.Data, "campaign_id")
	c.campaign, err = c.Tx.Object(ctx, object.Text(c.set.Data, "campaign_id"))
	return err
}

// objective is the campaign's, "" while it is not known.
func (c *adChecks) objective() string {
	if c.campaign == nil {
		return ""
	}
	return object.Text(c.campaign.Data, "objective")
}

// fit checks that the creative and the ad set are of the same kind. An empty ordinary ad set becomes dynamic for a creative in the
// informal shape, which has no way to say so.
func (c *adChecks) fit(ctx context.Context) error {
	if c.creative == nil || c.set == nil {
		return nil
	}
	if setKind(c.set) == creative.OrdinarySet && isDynamic(c.creative.Data) && c.informal() && !c.config.StrictFeeds {
		if made, err := c.makeDynamic(ctx); err != nil || !made {
			return err
		}
	}
	rules := creative.Rules{Version: c.Version, Objective: c.objective(), Set: setKind(c.set), Stored: true}
	c.blame(c.normal.Blame(creative.Validate(edition.Own(c.creative.Data), rules)))
	c.samePage()
	if c.Creating() || setKind(c.set) != creative.DynamicSet {
		return nil
	}
	return c.sameFormat(ctx)
}

// samePage checks that the creative posts as the Page that the ad set promotes, where it promotes one.
func (c *adChecks) samePage() {
	promoted := object.Text(object.Members(c.set.Data, "promoted_object"), "page_id")
	posts := object.Text(object.Members(c.creative.Data, "object_story_spec"), "page_id")
	if promoted != "" && posts != "" && promoted != posts {
		c.Fault(object.Broken("ad.page", 1885029, "the creative posts as Page "+posts+", and the ad set promotes Page "+promoted, append(slices.Clone(c.path), "object_story_spec", "page_id")...))
	}
}

// informal reports whether the creative was sent as lists inside link_data, here or when it was made.
func (c *adChecks) informal() bool {
	marked, _ := c.creative.Data[informalMark].(bool)
	return c.normal.Informal || marked
}

// sameFormat checks that the new creative of a dynamic ad has the format of the old one.
func (c *adChecks) sameFormat(ctx context.Context) error {
	old, err := c.Tx.Object(ctx, object.Text(c.Old.Data, "creative_id"))
	if err != nil {
		return err
	}
	was, now := format(old.Data), format(c.creative.Data)
	if was != now && isDynamic(c.creative.Data) { // else the creative as a whole is wrong, and was blamed
		c.Fault(object.Broken("ad.format", 0, "ad_formats of a dynamic ad can't change from "+was+" to "+now, "creative", "asset_feed_spec", "ad_formats"))
	}
	return nil
}

// format is the one format of a feed.
func format(data map[string]any) string {
	list := object.IDs(object.Members(data, "asset_feed_spec")["ad_formats"])
	if len(list) == 0 {
		return "none"
	}
	return list[0]
}

// makeDynamic turns an empty ad set into a dynamic one, and reports whether it could.
func (c *adChecks) makeDynamic(ctx context.Context) (bool, error) {
	n, err := c.siblings(ctx)
	if err != nil {
		return false, err
	}
	if n > 0 {
		c.Fault(object.Broken("feed.ordinary_set", 1885998, "several assets of a kind make a Dynamic Creative ad, which needs an ad set with "+
			"is_dynamic_creative=true; this one is not, and it has ads already", "adset_id"))
		return false, nil
	}
	c.set.Data["is_dynamic_creative"] = true
	c.Warnings = append(c.Warnings, object.Warning{Rule: "adset.made_dynamic", Path: []string{"adset_id"},
		Message: "the empty ad set was made dynamic (is_dynamic_creative=true), because the creative holds several assets of a kind"})
	return true, c.Save(ctx, c.Tx, c.set)
}

// siblings counts the other live ads of the ad set.
func (c *adChecks) siblings(ctx context.Context) (int, error) {
	n, err := c.Tx.Count(ctx, store.Listing{Type: "ad", Field: "adset_id", To: c.set.ID})
	if !c.Creating() {
		n--
	}
	return n, err
}

// room checks that the ad set can take one more ad: a dynamic one takes one in all.
func (c *adChecks) room(ctx context.Context) error {
	if !c.Creating() || c.set == nil {
		return nil
	}
	n, err := c.siblings(ctx)
	if err != nil {
		return err
	}
	if n > 0 && setKind(c.set) == creative.DynamicSet {
		c.Fault(object.Broken("ad.one", 1885553, "a Dynamic Creative ad set holds one ad, and this one has it already", "adset_id"))
	}
	full(c.Write, n, mostAds, "adset_id")
	return nil
}

// advise adds the advice on money for a dynamic ad.
func (c *adChecks) advise(context.Context) error {
	if !c.Creating() || c.creative == nil || c.campaign == nil || !isDynamic(c.creative.Data) {
		return nil
	}
	if advice := c.smallBudget(c.set.Data, c.campaign.Data); advice != nil {
		advice.Path = []string{"adset_id"} // where the caller chose the budget
		guard(c.Write, c.config.DailyBudget, *advice)
	}
	return nil
}

// archivedAlone refuses to archive the one ad of a dynamic ad set.
func archivedAlone(ctx context.Context, w *graph.Write) error {
	if w.Old == nil || object.Text(w.Data, "status") != object.Archived {
		return nil
	}
	fault, err := alone(ctx, w.Tx, w.Old)
	if fault != nil {
		w.Fault(fault)
	}
	return err
}

// deleteAd refuses to delete it.
func deleteAd(ctx context.Context, _ *graph.Call, tx store.Tx, o *store.Object) error {
	fault, err := alone(ctx, tx, o)
	if fault != nil {
		return fault
	}
	return err
}

// alone is the fault of taking the one ad out of a dynamic ad set: set and ad are one thing. Nil for other ads, and for one that is
// gone already.
func alone(ctx context.Context, tx store.Tx, ad *store.Object) (*object.Fault, error) {
	if !live(ad) {
		return nil, nil
	}
	set, err := tx.Object(ctx, object.Text(ad.Data, "adset_id"))
	if err != nil || setKind(set) != creative.DynamicSet {
		return nil, err
	}
	return object.Broken("ad.alone", 1340029, "a Dynamic Creative ad can't be deleted or archived on its own; delete or archive ad set "+set.ID, "status"), nil
}
