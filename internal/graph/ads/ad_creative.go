package ads

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// content finds the creative that was sent: by id, as a whole, or either inside another object called creative, as some samples have it.
func (c *adChecks) content(ctx context.Context) error {
	sent, _ := c.Sent["creative"].(map[string]any)
	delete(c.Data, "creative")
	if sent == nil {
		return nil
	}
	for inner := object.Members(sent, "creative"); inner != nil; inner = object.Members(sent, "creative") {
		sent, c.path = inner, append(c.path, "creative")
	}
	id := cmp.Or(object.Text(sent, "creative_id"), object.Text(sent, "id"))
	if id == "" {
		return c.inline(ctx, sent)
	}
	path := append(slices.Clone(c.path), "creative_id")
	o, err := owned(ctx, c.Write, "adcreative", id, path...)
	switch {
	case err != nil || o == nil:
		return err
	case !live(o):
		c.Fault(object.Broken("ad.creative", 0, "the creative is deleted", path...))
	}
	c.beside(sent)
	c.use(o)
	return nil
}

// beside warns of what was sent with the id of a creative: that one is what it is.
func (c *adChecks) beside(sent map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if name != "creative_id" && name != "id" {
			c.Warnings = append(c.Warnings, object.Warning{Rule: "ignored", Path: append(slices.Clone(c.path), name), Message: "the creative is named by its id; ignored"})
		}
	}
}

// inline makes a creative of a whole spec. Every fault of it is reported with the path at which it was sent.
func (c *adChecks) inline(ctx context.Context, spec map[string]any) error {
	if err := attach(ctx, c.Write, spec); err != nil {
		return err
	}
	c.normal = creative.Normalise(spec)
	made, err := c.Create(ctx, c.Tx, "adcreative", graph.Params(spec))
	if faults, ok := asFaults(err); ok {
		c.blame(append(faults, c.setFaults()...))
		return nil
	}
	if err != nil {
		return err
	}
	for _, warning := range made.Warnings {
		warning.Path = slices.Concat(c.path, warning.Path)
		c.Warnings = append(c.Warnings, warning)
	}
	c.use(cmp.Or(made.Existing, made.Row))
	return nil
}

// blame adds those faults of the creative that were not found before.
func (c *adChecks) blame(faults object.Faults) {
	for _, f := range faults {
		moved := *f
		moved.Path = slices.Concat(c.path, f.Path)
		moved.Fixes = nil
		for _, fix := range f.Fixes {
			fix.Path = slices.Concat(c.path, fix.Path)
			moved.Fixes = append(moved.Fixes, fix)
		}
		if !slices.ContainsFunc(c.Faults, func(g *object.Fault) bool { return g.Rule == moved.Rule && slices.Equal(g.Path, moved.Path) }) {
			c.Fault(&moved)
		}
	}
}

// setFaults are those that a creative which could not be made would have because of its ad set. A set that could become dynamic
// is given the benefit of the doubt.
func (c *adChecks) setFaults() object.Faults {
	rules := creative.Rules{Version: c.Version, Objective: c.objective(), Set: setKind(c.set)}
	if c.normal.Informal && !c.config.StrictFeeds && rules.Set == creative.OrdinarySet {
		rules.Set = creative.AnySet
	}
	return c.normal.Blame(creative.Validate(c.normal.Spec, rules))
}

// use takes a creative for the ad. One that generates assets waits for a person to look at them, whatever status was sent.
func (c *adChecks) use(o *store.Object) {
	c.creative = o
	c.Data["creative_id"] = o.ID
	if c.Creating() && object.Text(c.Data, "name") == "" {
		c.Data["name"] = object.Text(o.Data, "name")
	}
	if features := generating(o.Data); c.Creating() && len(features) > 0 {
		if c.Sent["status"] == object.Active {
			c.Warnings = append(c.Warnings, object.Warning{Rule: "ad.paused", Path: []string{"status"}, Message: "the ad is PAUSED: " +
				features[0] + " makes assets that have to be looked at first"})
		}
		c.Data["status"] = object.Paused
	}
}
