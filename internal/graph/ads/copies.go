package ads

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// How many objects one request copies: one whose answer is waited for, and one whose answer is asked for later.
const (
	mostCopied      = 3
	mostCopiedLater = 51
)

// copied is one object that a request copies, with what is copied below it.
type copied struct {
	source *store.Object
	below  []*copied
}

// copier makes the copies of one request in its transaction, each by the rules of a create.
type copier struct {
	*graph.Call
	tx    store.Tx
	name  renaming
	pairs []any // source and copy of each object, for the answer
}

// copyObject answers a POST on the edge copies of a campaign, an ad set or an ad.
func copyObject(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if !live(call.Node) {
		return nil, object.Broken("copy.source", gone(call.Node.Type), "a deleted or archived "+call.Node.Type+" can't be copied")
	}
	name, err := renamingOf(call.Args)
	if err != nil {
		return nil, err
	}
	deep, _ := call.Args["deep_copy"].(bool)
	most := mostCopied
	if call.Detached() {
		most = mostCopiedLater
	}
	tree, n, err := treeOf(ctx, tx, call.Node, deep)
	if err != nil {
		return nil, err
	}
	if n > most {
		f := object.Broken("copy.max", 1885194, fmt.Sprintf("the copy would have %d objects, at most %d can be copied by this request", n, most), "deep_copy")
		f.Title, f.Detail = "Copy request too large", "Copy the parts one by one, copy without what is below, or send the request in an asyncbatch, where up to 51 objects are copied."
		f.Sent, f.Limit = n, most
		return nil, f.Put(false)
	}
	c := &copier{Call: call, tx: tx, name: name}
	id, err := c.copy(ctx, tree, nil)
	if err != nil {
		return nil, err
	}
	answer := object.Ordered{{Name: "copied_" + call.Node.Type + "_id", Value: id}}
	if call.Node.Type != "ad" {
		answer = append(answer, object.Member{Name: "ad_object_ids", Value: c.pairs})
	}
	return answer, nil
}

// treeOf finds what is copied, children in the order in which they were made, and counts it.
func treeOf(ctx context.Context, tx store.Tx, o *store.Object, deep bool) (*copied, int, error) {
	tree, n := &copied{source: o}, 1
	child := map[string]string{"campaign": "adset", "adset": "ad"}[o.Type]
	if !deep || child == "" {
		return tree, n, nil
	}
	list, err := children(ctx, tx, child, o.Type+"_id", o.ID)
	slices.Reverse(list)
	for _, below := range list {
		if n > mostCopiedLater {
			return tree, n + len(list), err // too many already
		}
		branch, more, err := treeOf(ctx, tx, below, deep)
		if err != nil {
			return nil, 0, err
		}
		tree.below, n = append(tree.below, branch), n+more
	}
	return tree, n, err
}

// copy makes the copy of an object in a copied parent, nil for the object of the path, and then what is below.
func (c *copier) copy(ctx context.Context, tree *copied, changes graph.Params) (string, error) {
	source := tree.source
	spec, err := c.spec(ctx, source)
	if err != nil {
		return "", err
	}
	maps.Copy(spec, changes)
	made, err := c.Create(ctx, c.tx, source.Type, spec)
	if faults, broken := asFaults(err); broken {
		return "", of(source, faults)
	}
	if err != nil {
		return "", err
	}
	c.pairs = append(c.pairs, object.Ordered{
		{Name: "ad_object_type", Value: cmp.Or(map[string]string{"adset": "ad_set"}[source.Type], source.Type)},
		{Name: "source_id", Value: source.ID}, {Name: "copied_id", Value: made.Row.ID},
	})
	for _, below := range tree.below {
		if _, err := c.copy(ctx, below, graph.Params{source.Type + "_id": made.Row.ID}); err != nil {
			return "", err
		}
	}
	return made.Row.ID, nil
}

// of says which object's copy the faults are about.
func of(source *store.Object, faults object.Faults) object.Faults {
	out := make(object.Faults, len(faults))
	for i, f := range faults {
		moved := *f
		moved.Message = fmt.Sprintf("copy of %s %s: %s", source.Type, source.ID, f.Message)
		moved.Fixes = nil // they speak of what the source was sent
		out[i] = &moved
	}
	return out
}

// spec is what a create of the copy is sent.
func (c *copier) spec(ctx context.Context, source *store.Object) (graph.Params, error) {
	spec := c.Spec(source)
	top := source == c.Node
	spec["source_"+source.Type+"_id"] = source.ID
	spec["name"] = c.name.of(source.Text("name"), top)
	spec["adlabels"] = references(source)
	switch option := cmp.Or(object.Text(c.Args, "status_option"), object.Paused); option {
	case "INHERITED_FROM_SOURCE":
		spec["status"] = source.Status
	default:
		spec["status"] = option
	}
	switch source.Type {
	case "campaign":
		c.campaign(spec)
	case "adset":
		c.adset(spec, top)
	case "ad":
		return spec, c.ad(ctx, spec, source, top)
	}
	return spec, nil
}

// campaign completes the spec of a campaign. special_ad_category is the first of the list and would replace it. Whether ad sets share their
// budgets must be stated since v24, and who made the source before that did not.
func (c *copier) campaign(spec graph.Params) {
	delete(spec, "special_ad_category")
	if spec["is_adset_budget_sharing_enabled"] == nil {
		spec["is_adset_budget_sharing_enabled"] = false
	}
	if spec["special_ad_categories"] == nil {
		spec["special_ad_categories"] = []any{}
	}
	c.move(spec, "start_time", "start_time")
	c.move(spec, "stop_time", "end_time")
}

// adset completes the spec of an ad set.
func (c *copier) adset(spec graph.Params, top bool) {
	for name, sent := range map[string]string{"start_time": "start_time", "end_time": "end_time"} {
		if value, ok := c.Args[sent]; ok {
			spec[name] = value
		}
	}
	if !top {
		return
	}
	if id, ok := c.Args["campaign_id"]; ok {
		spec["campaign_id"] = id
	}
	if dynamic, _ := c.Args["create_dco_adset"].(bool); dynamic {
		spec["is_dynamic_creative"] = true
	}
}

// move puts a time of the request where the source has one.
func (c *copier) move(spec graph.Params, name, sent string) {
	if value, ok := c.Args[sent]; ok && spec[name] != nil {
		spec[name] = value
	}
}

// ad completes the spec of an ad: the source's creative, or a new one that differs from it in what was sent.
func (c *copier) ad(ctx context.Context, spec graph.Params, source *store.Object, top bool) error {
	spec["creative"] = map[string]any{"creative_id": source.Text("creative_id")}
	if !top {
		return nil
	}
	if id, ok := c.Args["adset_id"]; ok {
		spec["adset_id"] = id
	}
	changes, _ := c.Args["creative_parameters"].(map[string]any)
	if len(changes) == 0 {
		return nil
	}
	shown, err := c.tx.Object(ctx, source.Text("creative_id"))
	if err != nil {
		return err
	}
	bare := *shown // a copy is no approval: what was generated for the original is not the copy's own
	bare.Data = edition.Own(shown.Data)
	whole := c.Spec(&bare)
	delete(whole, "status")
	withoutTexts(whole)
	whole["adlabels"] = references(shown)
	maps.Copy(whole, changes)
	spec["creative"] = map[string]any(whole)
	return nil
}

// withoutTexts takes the opt-in to generated texts out of a spec: it was for the request that made the original alone.
func withoutTexts(spec graph.Params) {
	freedom := maps.Clone(object.Members(spec, "degrees_of_freedom_spec"))
	features := maps.Clone(object.Members(freedom, "creative_features_spec"))
	if features == nil {
		return
	}
	delete(features, "text_generation")
	if freedom["creative_features_spec"] = features; len(features) == 0 {
		delete(freedom, "creative_features_spec")
	}
	if spec["degrees_of_freedom_spec"] = freedom; len(freedom) == 0 {
		delete(spec, "degrees_of_freedom_spec")
	}
}
