package console

import (
	"context"
	"slices"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// formView is a picture that stands in the place of one of the creative's own in some placements.
type formView struct {
	Picture, Name, Where string
	Width, Height        int64 // pixels
}

// generated is what of an ad was generated, as its page shows it.
type generated struct {
	undecided int64             // assets that wait for review
	names     map[string]string // of pictures among the feed's images, by hash
	forms     []formView
	recipes   map[string]recipe // of the feed's backgrounds, by style
	shop      samples
	sample    *store.Object // the item that stands for all of the product set; nil for none
}

// readGenerated reads what was generated for a creative; content is what its ads show.
func readGenerated(ctx context.Context, tx store.Tx, c *store.Object, content map[string]any, now int64) (g generated, err error) {
	if !edition.Generates(c.Data) {
		return g, nil
	}
	assets, err := edition.Assets(ctx, tx, c.ID)
	if err != nil {
		return g, err
	}
	g.names, g.recipes = map[string]string{}, map[string]recipe{}
	for _, a := range assets {
		if a.Text("kind") == edition.Image {
			g.names[a.Text("image_hash")] = pictureName(a)
		}
		if edition.State(a) == object.AssetPending {
			g.undecided++
		}
	}
	g.forms = formsOf(content)
	var recipes []recipe
	for _, elem := range object.Listed(object.Members(content, "asset_feed_spec"), "backgrounds") {
		one, _ := elem.(map[string]any)
		if r := (recipe{object.Text(one, "feature"), object.Text(one, "style"), object.Text(one, "recipe")}); r.hash != "" {
			g.recipes[r.style], recipes = r, append(recipes, r)
		}
	}
	g.shop, err = readSamples(ctx, tx, content, recipes, now)
	g.sample = g.shop.best(recipes)
	return g, err
}

// formsOf lists the forms that a content's pictures take, each with all placements in which it is shown.
func formsOf(content map[string]any) []formView {
	var out []formView
	formed := edition.Formed(content)
	places := slices.DeleteFunc(placements(), func(place string) bool { return !formed[place] })
	for _, o := range edition.Originals(content) {
		at := map[string]int{}
		for _, place := range places {
			t, ok := edition.Rendition(content, o.Ref(), place)
			if !ok {
				continue
			}
			i, known := at[t.Hash]
			if !known {
				i, at[t.Hash] = len(out), len(out)
				out = append(out, formView{Picture: file(t.Hash), Name: featureLabel(t.Feature) + " to " + t.Ratio, Width: t.Width, Height: t.Height})
			}
			if out[i].Where != "" {
				out[i].Where += ", "
			}
			out[i].Where += placementLabel(place)
		}
	}
	return out
}

// background is the address of the picture in a style of the feed, of the sample or of another item; "" for none.
func (g generated) background(style string) string {
	r, ok := g.recipes[style]
	if !ok || g.sample == nil {
		return ""
	}
	for _, item := range append([]*store.Object{g.sample}, g.shop.shown(r)...) {
		if cell := g.shop.cell(r, item); cell.Picture != "" {
			return cell.Picture
		}
	}
	return ""
}

// dress puts the sample into a card of a catalog ad: its values in the place of tags, and its picture.
func (g generated) dress(c *cardView, assets []creative.Asset) {
	if g.sample == nil {
		return
	}
	for _, text := range []*string{&c.Title, &c.Body, &c.Description} {
		*text = catalog.Fill(*text, g.sample.Data, g.shop.now)
	}
	for _, a := range assets {
		if a.Slot == creative.Background {
			c.Style, c.Image = styleLabel(a.Type), g.background(a.Type)
		}
	}
}
