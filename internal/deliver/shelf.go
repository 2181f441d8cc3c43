package deliver

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// maxShelf is how many items of one product set are shown, the newest ones.
const maxShelf = 20_000

// shelf is the items of a product set that ads show. It is immutable.
type shelf struct {
	state shelfState
	items []*item          // those that may be shown now, the newest first
	byID  map[string]*item // all of them: what was shown is clicked later
}

// shelfState tells whether a shelf is still as it was read. Times are unix seconds: what changed in the second of reading may come again.
type shelfState struct {
	items, pictures     int64 // how many
	itemsAt, picturesAt int64 // when the newest of them was changed
	recipes             string
}

// settled reports whether nothing of the shelf has changed since, nor can have changed unseen.
func (s shelfState) settled(now shelfState, at int64) bool {
	return s == now && max(s.itemsAt, s.picturesAt) < at-1
}

// item is one thing of a shelf.
type item struct {
	id       string
	data     catalog.Item
	pictures map[backdrop]picture
}

// picture is what was made of an item.
type picture struct {
	hash string
	says string // the price that is laid over it, "" for none
}

// backdrop is a way in which pictures of items are made.
type backdrop struct{ style, recipe, feature string }

// showable reports whether an ad may show an item: it is published and can be bought.
func (it *item) showable() bool {
	sold := it.data.Text("availability")
	return it.data.Text("visibility") != "staging" && sold != "out of stock" && sold != "discontinued" && it.data.Text("image_url") != ""
}

// shelve reads the items of every product set that an ad shows. A shelf on which nothing changed is taken over as it is.
func (b *builder) shelve(ctx context.Context, tx store.Tx, old map[string]*shelf, now int64) error {
	wanted := map[string][]backdrop{}
	for _, made := range b.out.creatives {
		if made.set != "" {
			wanted[made.set] = append(wanted[made.set], made.backdrops...)
		}
	}
	for set, backdrops := range wanted {
		slices.SortFunc(backdrops, func(a, b backdrop) int {
			return strings.Compare(a.feature+a.recipe+a.style, b.feature+b.recipe+b.style)
		})
		read, err := readShelf(ctx, tx, set, slices.Compact(backdrops), old[set], now)
		if err != nil {
			return fmt.Errorf("deliver: items of the set %s: %w", set, err)
		}
		b.out.shelves[set] = read
	}
	return nil
}

// readShelf reads a set, unless it is as it was.
func readShelf(ctx context.Context, tx store.Tx, set string, backdrops []backdrop, known *shelf, now int64) (*shelf, error) {
	state, err := stateOf(ctx, tx, set, backdrops)
	if err != nil || known != nil && known.state.settled(state, now) {
		return known, err
	}
	rows, err := tx.List(ctx, store.Listing{Type: "productitem", Field: "set_ids", To: set}, store.Page{Limit: maxShelf})
	if err != nil {
		return nil, err
	}
	s := &shelf{state: state, byID: make(map[string]*item, len(rows))}
	for _, o := range rows {
		it := &item{o.ID, o.Data, map[backdrop]picture{}}
		s.byID[o.ID] = it
		if it.showable() {
			s.items = append(s.items, it)
		}
	}
	return s, s.hang(ctx, tx, rows, backdrops, now)
}

// stateOf is the present state of a shelf, in two queries.
func stateOf(ctx context.Context, tx store.Tx, set string, backdrops []backdrop) (s shelfState, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*), COALESCE(MAX(o.updated), 0) FROM object_refs r JOIN objects o ON o.id = r.object_id
		WHERE r.to_id = ? AND r.field = 'set_ids' AND r.type = 'productitem'`, set).Scan(&s.items, &s.itemsAt)
	if err != nil || len(backdrops) == 0 {
		return s, err
	}
	for _, b := range backdrops {
		s.recipes += fmt.Sprintf("%s %s %s\n", b.feature, b.recipe, b.style)
	}
	err = tx.QueryRow(ctx, "SELECT COUNT(*), COALESCE(MAX(updated), 0) FROM item_pictures").Scan(&s.pictures, &s.picturesAt)
	return s, err
}

// hang gives the items the pictures that were made of them.
func (s *shelf) hang(ctx context.Context, tx store.Tx, rows []*store.Object, backdrops []backdrop, now int64) error {
	read := map[string]bool{}
	for _, b := range backdrops {
		if read[b.recipe] {
			continue
		}
		read[b.recipe] = true
		made, err := edition.Backdrops(ctx, tx, rows, b.feature, b.recipe, now)
		if err != nil {
			return err
		}
		for id, pictures := range made {
			for _, p := range pictures {
				if p.Hash != "" {
					it := s.byID[id]
					it.pictures[backdrop{p.Style, b.recipe, b.feature}] = picture{p.Hash, edition.Overlaid(b.feature, it.data, now)}
				}
			}
		}
	}
	return nil
}

// draw chooses an item evenly, by the decision's id.
func (s *shelf) draw(id uint64) *item {
	const stride = 0x9e3779b97f4a7c15 // the golden ratio's: ids that are near each other fall far apart
	return s.items[(id*stride)%uint64(len(s.items))]
}

// draw is the item that an ad shows; nil for one that shows none.
func (s *Snapshot) draw(a *ad, id uint64) *item {
	if a.creative.set == "" {
		return nil
	}
	return s.objects.shelves[a.creative.set].draw(id)
}

// dress puts an item into the assets of a combination: its values for the tags in texts and link, and its picture. Assets is changed.
func (c *shown) dress(assets map[string]client.Asset, it *item, slots []uint8, base string, now int64) {
	for name, asset := range assets {
		asset.Text = catalog.Fill(asset.Text, it.data, now)
		if name == "link" {
			asset.URL = c.itemLink(asset.URL, it.data, now)
		}
		assets[name] = asset
	}
	if _, own := assets["image"]; own {
		return // the advertiser's own picture, for all items
	}
	shot := client.Asset{ID: it.id, URL: it.data.Text("image_url")}
	if made := it.pictures[c.backdropOf(slots)]; made.hash != "" {
		shot.Hash, shot.URL = made.hash, base+"/media/"+made.hash
	}
	assets["image"] = shot
}

// itemLink is where a click on an item leads: to what template_url says, to the item's own page, or to the address of the creative.
func (c *shown) itemLink(link string, data catalog.Item, now int64) string {
	if c.template != "" {
		return catalog.Fill(c.template, data, now)
	}
	if own := data.Text("url"); own != "" {
		return own
	}
	return catalog.Fill(link, data, now)
}
