package deliver

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
)

// maxShelf is how many items of one product set are shown, the newest ones.
const maxShelf = 20_000

// shelf is the items of a product set that ads show. It is immutable.
type shelf struct {
	state state
	read  int64            // unix seconds: what changed in that second may have changed again
	items []*item          // those that may be shown now, the newest first
	byID  map[string]*item // all of them: what was shown is clicked later

	numbered map[uint64]*item // all of them by the key of the shop's number
	kin      kin              // of items
}

// state tells whether anything of a shelf is other than it was read, in much less time than its items take. Times are unix seconds. A change that is committed late is no
// newer than others are, and tells by the sum.
type state struct {
	items, pictures struct{ count, sum, last int64 } // how many, and when they were changed
	recipes         string                           // of the backdrops that were read
}

// stamp tells whether an item is still as it was read. Times are unix seconds.
type stamp struct {
	changed int64 // when the item was changed last
	painted int64 // sum of the times at which each of its pictures was made
	last    int64 // the latest of all these times
}

// item is one thing of a shelf.
type item struct {
	id       string
	stamp    stamp
	data     catalog.Item
	pictures map[backdrop]picture
	open     bool     // it may be shown now
	like     []string // see [likeness]
}

// picture is what was made of an item.
type picture struct {
	hash string
	says string // the price that is laid over it, "" for none

	width, height int // pixels
}

// backdrop is a way in which pictures of items are made.
type backdrop struct{ style, recipe, feature string }

// showable reports whether an ad may show an item: it is published, has a picture and can be bought, as one can be of which nothing is said.
func (it *item) showable() bool {
	switch it.data.Text("availability") {
	case "in stock", "available for order", "preorder", "":
		return it.data.Text("visibility") != "staging" && it.data.Text("image_url") != ""
	}
	return false
}

// shelve reads the items of every product set that an ad shows. A shelf on which nothing changed is taken over as it is.
func (b *builder) shelve(ctx context.Context, tx store.Tx, old map[string]*shelf, now int64) error {
	wanted := map[string][]backdrop{}
	for _, made := range b.out.creatives {
		if made.set != "" {
			wanted[made.set] = append(wanted[made.set], made.backdrops...)
		}
	}
	sets := slices.SortedFunc(maps.Keys(wanted), func(a, b string) int { // those that are known have items that others take over
		return cmp.Or(cmp.Compare(len(old[b].known()), len(old[a].known())), strings.Compare(a, b))
	})
	for _, set := range sets {
		backdrops := slices.Compact(slices.SortedFunc(slices.Values(wanted[set]), func(a, b backdrop) int {
			return strings.Compare(a.feature+a.recipe+a.style, b.feature+b.recipe+b.style)
		}))
		read, err := readShelf(ctx, tx, set, backdrops, old[set], b.out.shelves, now)
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("deliver: items of the set %s: %w", set, err)
		case err != nil: // one bad row stops no other ad
			b.log.Error("items of a product set cannot be read; what was known of them is shown", "set", set, "error", err)
			read = cmp.Or(old[set], &shelf{})
		}
		b.out.shelves[set] = read
	}
	return nil
}

// known are the items of a shelf, none of one that is not there.
func (s *shelf) known() map[string]*item {
	if s == nil {
		return nil
	}
	return s.byID
}

// readShelf reads a set. Once it is known, what is read are the stamps of its items, and the items of which they are others: a job that paints changes a few at a time. What
// other shelves, read just now, have of the same items is theirs together.
func readShelf(ctx context.Context, tx store.Tx, set string, backdrops []backdrop, known *shelf, others map[string]*shelf, now int64) (*shelf, error) {
	is, err := stateOf(ctx, tx, set, backdrops)
	if err != nil || known != nil && known.state == is && max(is.items.last, is.pictures.last) < known.read-1 {
		return known, err
	}
	if known == nil || known.state.recipes != is.recipes {
		known = &shelf{}
	}
	s := &shelf{state: is, read: now, byID: map[string]*item{}}
	var order []*item
	var changed []string
	err = stamps(ctx, tx, set, func(id string, is stamp) {
		it := known.byID[id]
		if it == nil || it.stamp != is || is.last >= known.read-1 {
			it = &item{id: id, stamp: is, pictures: map[backdrop]picture{}}
			changed = append(changed, id)
		}
		order, s.byID[id] = append(order, it), it
	})
	if err != nil {
		return nil, err
	}
	rows, err := objectsOf(ctx, tx, changed, others)
	if err != nil {
		return nil, err
	}
	for _, o := range rows {
		it := s.byID[o.ID]
		it.data, it.like = o.Data, likeness(o.Data)
		it.open = it.showable()
	}
	for _, it := range order {
		if it.open {
			s.items = append(s.items, it)
		}
	}
	s.sort()
	return s, s.hang(ctx, tx, rows, backdrops, now)
}

// objectsOf are items with their data, from other shelves where they have it.
func objectsOf(ctx context.Context, tx store.Tx, ids []string, others map[string]*shelf) (all []*store.Object, err error) {
	var unread []string
next:
	for _, id := range ids {
		for _, other := range others {
			if it := other.byID[id]; it != nil {
				all = append(all, &store.Object{ID: id, Data: it.data})
				continue next
			}
		}
		unread = append(unread, id)
	}
	rows, err := tx.Objects(ctx, unread)
	return slices.AppendSeq(all, maps.Values(rows)), err
}

// stateOf is the present state of a shelf. Pictures are those of all items there are.
func stateOf(ctx context.Context, tx store.Tx, set string, backdrops []backdrop) (is state, err error) {
	is.recipes = fmt.Sprint(backdrops)
	err = tx.QueryRow(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(o.updated), 0) AS BIGINT), COALESCE(MAX(o.updated), 0) FROM object_refs r JOIN objects o ON o.id = r.object_id
		WHERE r.to_id = ? AND r.field = 'set_ids' AND r.type = 'productitem'`, set).Scan(&is.items.count, &is.items.sum, &is.items.last)
	if err != nil || len(backdrops) == 0 {
		return is, err
	}
	err = tx.QueryRow(ctx, "SELECT COUNT(*), CAST(COALESCE(SUM(updated), 0) AS BIGINT), COALESCE(MAX(updated), 0) FROM item_pictures").Scan(&is.pictures.count, &is.pictures.sum, &is.pictures.last)
	return is, err
}

// stamps calls each for the items of a set, the newest first.
func stamps(ctx context.Context, tx store.Tx, set string, each func(id string, is stamp)) error {
	rows, err := tx.Query(ctx, `SELECT r.object_id, o.updated, CAST(COALESCE(SUM(i.updated), 0) AS BIGINT), COALESCE(MAX(i.updated), 0) FROM object_refs r JOIN objects o ON o.id = r.object_id
		LEFT JOIN item_pictures i ON i.item_id = r.object_id WHERE r.to_id = ? AND r.field = 'set_ids' AND r.type = 'productitem' AND r.status NOT IN ('DELETED', 'ARCHIVED')
		GROUP BY r.object_id, o.updated, r.seq ORDER BY r.seq DESC LIMIT ?`, set, maxShelf)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	for rows.Next() {
		var id string
		var is stamp
		if err := rows.Scan(&id, &is.changed, &is.painted, &is.last); err != nil {
			return err
		}
		is.last = max(is.last, is.changed)
		each(id, is)
	}
	return rows.Err()
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
					it.pictures[backdrop{p.Style, b.recipe, b.feature}] = picture{p.Hash, edition.Overlaid(b.feature, it.data, now), p.Width, p.Height}
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

// dress puts an item into the assets of a combination: its values for the tags in texts and link, and its picture. Assets is changed.
func (c *shown) dress(assets map[string]client.Asset, it *item, slots []uint8, base string, now int64) {
	for name, asset := range assets {
		asset.Text = catalog.Fill(asset.Text, it.data, now) // as it is: whatever shows it escapes it for where it stands
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
		shot.Hash, shot.URL, shot.Width, shot.Height = made.hash, base+"/media/"+made.hash, made.width, made.height
		shot.Srcset = creative.Srcset(variants(shot))
	}
	assets["image"] = shot
}

// itemLink is where a click on an item leads: to what template_url says, to the item's own page, or to the address of the creative.
func (c *shown) itemLink(link string, data catalog.Item, now int64) string {
	if c.template != "" {
		if filled := catalog.FillLink(c.template, data, now); catalog.IsLink(filled) {
			return filled
		}
	}
	if own := data.Text("url"); own != "" {
		return own
	}
	return catalog.FillLink(link, data, now)
}
