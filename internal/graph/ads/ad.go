package ads

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
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
	f := broken("parent.full", 0, fmt.Sprintf("%s names a parent with %d %ss, at most %d are allowed", field, n, w.Type.Name, most), field)
	f.Sent, f.Limit = n+1, most
	w.Fault(f)
}

// adChecks is one write of an ad with what is around it.
type adChecks struct {
	*service
	*graph.Write
	set      *store.Object // nil when the caller named none that exists
	campaign *store.Object // nil with set
	creative *store.Object // nil when it is not known, because a fault was found
	informal bool          // the creative came in the informal shape
}

// ad checks and completes an ad, and makes its creative when a whole one was sent.
func (s *service) ad(ctx context.Context, w *graph.Write) error {
	if !standing(ctx, w) {
		return archivedAlone(ctx, w)
	}
	c := &adChecks{service: s, Write: w}
	steps := []func(context.Context) error{c.parents, c.content, c.fit, c.room, c.advise}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// parents finds the ad set and the campaign. That they exist in this account was checked before.
func (c *adChecks) parents(ctx context.Context) (err error) {
	id := text(c.Data, "adset_id")
	if id == "" {
		return nil
	}
	if c.set, err = c.Tx.Object(ctx, id); err != nil {
		return err
	}
	if !live(c.set) {
		c.Fault(broken("ad.parent", 0, "the ad set is deleted or archived", "adset_id"))
	}
	c.Data["campaign_id"] = text(c.set.Data, "campaign_id")
	c.campaign, err = c.Tx.Object(ctx, text(c.set.Data, "campaign_id"))
	return err
}

// objective is the campaign's, "" while it is not known.
func (c *adChecks) objective() string {
	if c.campaign == nil {
		return ""
	}
	return text(c.campaign.Data, "objective")
}

// content finds the creative that was sent: by id, as a whole, or either inside another object called creative, as some samples have it.
func (c *adChecks) content(ctx context.Context) (err error) {
	sent, _ := c.Sent["creative"].(map[string]any)
	delete(c.Data, "creative")
	if sent == nil {
		if id := text(c.Data, "creative_id"); id != "" {
			c.creative, err = c.Tx.Object(ctx, id)
		}
		return err
	}
	path := []string{"creative"}
	for inner := members(sent, "creative"); inner != nil; inner = members(sent, "creative") {
		sent, path = inner, append(path, "creative")
	}
	id := cmp.Or(text(sent, "creative_id"), text(sent, "id"))
	if id == "" {
		return c.inline(ctx, sent, path)
	}
	c.creative, err = owned(ctx, c.Write, "adcreative", id, append(path, "creative_id")...)
	if err == nil && c.creative != nil && !live(c.creative) {
		c.Fault(broken("ad.creative", 0, "the creative is deleted", append(path, "creative_id")...))
	}
	return c.use(c.creative)
}

// inline makes a creative of a whole spec. Every fault of it is reported with the path at which it was sent.
func (c *adChecks) inline(ctx context.Context, spec map[string]any, path []string) error {
	if err := attach(ctx, c.Write, spec); err != nil {
		return err
	}
	normal := creative.Normalise(spec)
	c.informal = normal.Informal
	made, err := c.Create(ctx, c.Tx, "adcreative", graph.Params(spec))
	if faults, ok := asFaults(err); ok {
		for _, f := range append(faults, c.setFaults(normal)...) {
			c.blame(f, path)
		}
		return nil
	}
	if err != nil {
		return err
	}
	for _, warning := range made.Warnings {
		warning.Path = slices.Concat(path, warning.Path)
		c.Warnings = append(c.Warnings, warning)
	}
	if made.Existing != nil {
		return c.use(made.Existing)
	}
	return c.use(made.Row)
}

// blame adds a fault of the creative unless it was found before.
func (c *adChecks) blame(f *object.Fault, path []string) {
	moved := *f
	moved.Path = slices.Concat(path, f.Path)
	if !slices.ContainsFunc(c.Faults, func(g *object.Fault) bool { return g.Rule == moved.Rule && slices.Equal(g.Path, moved.Path) }) {
		c.Fault(&moved)
	}
}

// setFaults are those that a creative has because of its ad set. An empty set is taken to become dynamic where it would.
func (c *adChecks) setFaults(normal creative.Normalised) object.Faults {
	rules := creative.Rules{Version: c.Version, Objective: c.objective(), Set: setKind(c.set)}
	if c.informal && !c.config.StrictFeeds && rules.Set == creative.OrdinarySet {
		rules.Set = creative.AnySet
	}
	return normal.Blame(creative.Validate(normal.Spec, rules))
}

// use takes a creative for the ad. One that generates assets waits for a person to look at them, whatever status was sent.
func (c *adChecks) use(o *store.Object) error {
	if o == nil {
		return nil
	}
	c.creative = o
	c.Data["creative_id"] = o.ID
	if c.Creating() && text(c.Data, "name") == "" {
		c.Data["name"] = text(o.Data, "name")
	}
	if features := generating(o.Data); c.Creating() && len(features) > 0 {
		if c.Sent["status"] == object.Active {
			c.Warnings = append(c.Warnings, object.Warning{Rule: "ad.paused", Path: []string{"status"}, Message: "the ad is PAUSED: " +
				features[0] + " makes assets that have to be looked at first"})
		}
		c.Data["status"] = object.Paused
	}
	return nil
}

// fit checks that the creative and the ad set are of the same kind. An empty ordinary ad set becomes dynamic for a creative in the
// informal shape, which has no way to say so.
func (c *adChecks) fit(ctx context.Context) error {
	if c.creative == nil || c.set == nil {
		return nil
	}
	if setKind(c.set) == creative.OrdinarySet && isDynamic(c.creative.Data) && c.informal && !c.config.StrictFeeds {
		return c.makeDynamic(ctx)
	}
	rules := creative.Rules{Version: c.Version, Objective: c.objective(), Set: setKind(c.set)}
	for _, f := range creative.Validate(c.creative.Data, rules) {
		c.blame(f, []string{"creative"})
	}
	if c.Creating() || setKind(c.set) != creative.DynamicSet {
		return nil
	}
	return c.sameFormat(ctx)
}

// sameFormat checks that the new creative of a dynamic ad has the format of the old one.
func (c *adChecks) sameFormat(ctx context.Context) error {
	old, err := c.Tx.Object(ctx, text(c.Old.Data, "creative_id"))
	if err != nil {
		return err
	}
	was, now := format(old.Data), format(c.creative.Data)
	if was != now {
		c.Fault(broken("ad.format", 0, "ad_formats of a dynamic ad can't change from "+was+" to "+now, "creative", "asset_feed_spec", "ad_formats"))
	}
	return nil
}

// format is the one format of a feed.
func format(data map[string]any) string {
	list := ids(members(data, "asset_feed_spec")["ad_formats"])
	if len(list) == 0 {
		return "none"
	}
	return list[0]
}

// makeDynamic turns an empty ad set into a dynamic one.
func (c *adChecks) makeDynamic(ctx context.Context) error {
	n, err := c.siblings(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		c.Fault(broken("feed.ordinary_set", 1885998, "several assets of a kind make a Dynamic Creative ad, which needs an ad set with "+
			"is_dynamic_creative=true; this one is not, and it has ads already", "adset_id"))
		return nil
	}
	c.set.Data["is_dynamic_creative"] = true
	c.Warnings = append(c.Warnings, object.Warning{Rule: "adset.made_dynamic", Path: []string{"adset_id"},
		Message: "the empty ad set was made dynamic (is_dynamic_creative=true), because the creative holds several assets of a kind"})
	return c.Save(ctx, c.Tx, c.set)
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
		c.Fault(broken("ad.one", 1885553, "a Dynamic Creative ad set holds one ad, and this one has it already", "adset_id"))
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
		guard(c.Write, c.config.DailyBudget, *advice)
	}
	return nil
}

// archivedAlone refuses to archive the one ad of a dynamic ad set.
func archivedAlone(ctx context.Context, w *graph.Write) error {
	if w.Old == nil || text(w.Data, "status") != object.Archived {
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
	set, err := tx.Object(ctx, text(ad.Data, "adset_id"))
	if err != nil || setKind(set) != creative.DynamicSet {
		return nil, err
	}
	return broken("ad.alone", 1340029, "a Dynamic Creative ad can't be deleted or archived on its own; delete or archive ad set "+set.ID, "status"), nil
}
