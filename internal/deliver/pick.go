package deliver

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/catalog"
)

// Of the decisions for a viewer who looked at items of a set, so many show one of those, and so many one that is similar.
const (
	viewedShare  = 0.5
	similarShare = 0.25
)

// kin is the items of a shelf that can be shown and have something in common, by what that is.
type kin map[string][]*item

// likeness is what makes other items similar to one, the closest first.
func likeness(data catalog.Item) []string {
	var all []string
	if category := cmp.Or(data.Text("product_type"), data.Text("category"), data.Text("fb_product_category")); category != "" {
		all = append(all, "category:"+category)
	}
	if brand := data.Text("brand"); brand != "" {
		all = append(all, "brand:"+brand)
	}
	return all
}

// sort makes the shelf's indexes: by the shop's number, and of what is similar.
func (s *shelf) sort() {
	s.numbered, s.kin = make(map[uint64]*item, len(s.byID)), kin{}
	for _, it := range s.byID {
		if number := it.data.Text("retailer_id"); number != "" {
			s.numbered[itemKey(number)] = it
		}
	}
	for _, it := range s.items {
		for _, relation := range it.like {
			s.kin[relation] = append(s.kin[relation], it)
		}
	}
}

// pick chooses the item that an ad shows; nil for one that shows none. It depends on the decision's number and on what the viewer looked at, and
// never on the combination that is chosen, whose propensity is therefore that given the item.
func (s *Service) pick(snapshot *Snapshot, a *ad, q *query, id uint64) *item {
	if a.creative.set == "" {
		return nil
	}
	shelf := snapshot.objects.shelves[a.creative.set]
	var room [maxProducts + rememberedItems]*item
	looked := room[:0]
	note := func(it *item) {
		if it != nil && !slices.Contains(looked, it) {
			looked = append(looked, it)
		}
	}
	for _, product := range q.products {
		note(cmp.Or(shelf.byID[product], shelf.numbered[itemKey(product)]))
	}
	for _, g := range s.looks.of(q.viewer, q.now) {
		if g.at != 0 {
			note(shelf.numbered[itemOf(a.adset.account.id, g.item)])
		}
	}
	return shelf.pick(id, looked)
}

// pick chooses by a decision's number among what a viewer looked at, what is similar to it and all. What cannot be shown leaves its share to the
// next of these.
func (s *shelf) pick(id uint64, looked []*item) *item {
	if len(looked) == 0 {
		return s.draw(id)
	}
	const salt = 0x17E35A1E5
	seed := id ^ salt
	share := bandit.Point(seed)
	if share < viewedShare {
		if it := oneOf(seed+1, looked, func(it *item) bool { return it.open }); it != nil {
			return it
		}
	}
	if share < viewedShare+similarShare {
		for _, relation := range oneOf(seed+2, looked, func(*item) bool { return true }).like {
			if it := oneOf(seed+3, s.kin[relation], func(it *item) bool { return !slices.Contains(looked, it) }); it != nil {
				return it
			}
		}
	}
	return s.draw(id)
}

// oneOf is an item of a list for which something holds, the first from a place that the seed names on; nil without one.
func oneOf(seed uint64, list []*item, holds func(*item) bool) *item {
	from := int(bandit.Point(seed) * float64(len(list)))
	for i := range list {
		if it := list[(from+i)%len(list)]; holds(it) {
			return it
		}
	}
	return nil
}
