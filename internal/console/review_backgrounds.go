package console

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// How much of a product set a page shows, of the items that come first in it.
const (
	mostSought = 100 // among them those with pictures are looked for
	mostItems  = 6   // of a row
)

// styleView is a style with pictures of items of the set.
type styleView struct {
	ID, Name, State, Tone string
	Where                 string
	Altered               bool
	Facts                 []factView
	Cells                 []cellView
}

// cellView is the picture of one item in a style.
type cellView struct{ Item, Picture, Alt, Reason string }

// itemView is an item of a product set.
type itemView struct {
	Name, Price string
	Link        string // of its own picture
	Reason      string // why there is none of it, and in which feature
	Code        string
	Feature     string
}

// itemOf is an item as pages show it; nil is one that is gone.
func itemOf(item *store.Object, now int64) itemView {
	if item == nil {
		return itemView{Name: "An item that is gone"}
	}
	it := catalog.Item(item.Data)
	out := itemView{Name: it.Text("name"), Link: it.Text("image_url")}
	if out.Name == "" {
		out.Name = "Item " + item.ID
	}
	if price, known := it.CurrentPrice(now); known {
		out.Price = catalog.FormatPrice(price, it.Text("currency"))
	}
	return out
}

// recipe is a way in which pictures of items are made: a style, and what else was asked of the painter.
type recipe struct{ feature, style, hash string }

// recipeOf is the recipe that an asset is about.
func recipeOf(a *store.Object) recipe {
	return recipe{a.Text("feature"), a.Text("style"), a.Text("recipe")}
}

// samples are the items of a product set that come first, and what was made of them.
type samples struct {
	items []*store.Object
	made  map[string]map[string][]edition.Backdrop // by hash of the recipe, and by id of the item
	now   int64
}

// readSamples reads what was made of the first items of a creative's product set, in a query for each recipe.
func readSamples(ctx context.Context, tx store.Tx, content map[string]any, recipes []recipe, now int64) (samples, error) {
	s := samples{made: map[string]map[string][]edition.Backdrop{}, now: now}
	set := object.Text(content, "product_set_id")
	if set == "" || len(recipes) == 0 {
		return s, nil
	}
	var err error
	if s.items, err = tx.List(ctx, store.Listing{Type: "productitem", Field: "set_ids", To: set}, store.Page{Limit: mostSought}); err != nil {
		return s, err
	}
	for _, r := range recipes {
		if s.made[r.hash] == nil {
			if s.made[r.hash], err = edition.Backdrops(ctx, tx, s.items, r.feature, r.hash, now); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// shown are the items of which there are pictures by a recipe, in whatever style.
func (s samples) shown(r recipe) []*store.Object {
	var out []*store.Object
	for _, item := range s.items {
		has := slices.ContainsFunc(s.made[r.hash][item.ID], func(b edition.Backdrop) bool { return b.Hash != "" })
		if has && len(out) < mostItems {
			out = append(out, item)
		}
	}
	return out
}

// cell is the picture of an item by a recipe.
func (s samples) cell(r recipe, item *store.Object) cellView {
	cell := cellView{Item: itemOf(item, s.now).Name, Reason: "none in this style"}
	for _, b := range s.made[r.hash][item.ID] {
		switch {
		case b.Style != r.style && b.Style != "":
		case b.Hash != "":
			cell.Picture, cell.Alt = file(b.Hash), cell.Item+": "+styleLabel(r.style)
		default:
			cell.Reason = b.Reason
		}
	}
	return cell
}

// best is the item with pictures by most of some recipes, the first of several; nil for none.
func (s samples) best(recipes []recipe) (best *store.Object) {
	most := 0
	for _, item := range s.items {
		n := 0
		for _, r := range recipes {
			if s.cell(r, item).Picture != "" {
				n++
			}
		}
		if n > most {
			best, most = item, n
		}
	}
	return best
}

// row is a style with a picture of each item.
func (s samples) row(a *store.Object) styleView {
	r := recipeOf(a)
	out := styleView{ID: a.ID, Name: styleLabel(r.style), State: edition.State(a), Altered: !edition.Unaltered(a), Facts: pictureFacts(a),
		Where: placementWords(object.IDs(a.Data["placements"]))}
	out.Tone = toneOf(out.State)
	for _, item := range s.shown(r) {
		out.Cells = append(out.Cells, s.cell(r, item))
	}
	return out
}

// readExamples reads the items that were given as examples of those without pictures.
func readExamples(ctx context.Context, tx store.Tx, list []generate.Example, now int64) ([]itemView, error) {
	ids := make([]string, len(list))
	for i, e := range list {
		ids[i] = e.Item
	}
	slices.Sort(ids)
	found, err := tx.Objects(ctx, slices.Compact(ids))
	out := make([]itemView, len(list))
	for i, e := range list {
		out[i] = itemOf(found[e.Item], now)
		out[i].Feature, out[i].Reason, out[i].Code = featureLabel(e.Feature), e.Reason, e.Code
	}
	return out, err
}
