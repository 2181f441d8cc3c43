package deliver

import (
	"cmp"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
)

// maxFormer bounds the assets of earlier creatives that an ad's model keeps beside those of the present one: each takes time in every fit.
const maxFormer = 8

// former is what was counted of one creative that an ad has shown.
type former struct {
	feed  creative.Feed
	cells []bandit.Cell
}

// lineage is all that was counted of an ad, in a space that begins with the assets of its present creative, so that a new asset starts from
// what is believed of any and the others keep what is known of them. Assets of earlier creatives stand behind, stopped: what was shown with
// them teaches. So does "no asset", of a slot that earlier creatives did not have.
type lineage struct {
	space bandit.Space
	legal *bandit.Legal
	parts []*bandit.Legal // of what is legal
	cells []bandit.Cell
}

// gone is an asset that the present creative does not have.
type gone struct {
	slot int
	id   string // "" for none
}

// descend puts what was counted together. What an earlier creative showed in a slot that is no more is forgotten, and so are cells with an
// asset beyond [maxFormer], the least shown first. Legal and parts are of the present feed.
func descend(present creative.Feed, legal *bandit.Legal, parts []*bandit.Legal, before []former) lineage {
	if len(before) == 1 && slices.EqualFunc(before[0].feed.Pools, present.Pools, samePool) {
		return lineage{bandit.Space{Sizes: present.Sizes()}, legal, parts, before[0].cells}
	}
	behind := worthKeeping(present, before)
	l := lineage{space: bandit.Space{Sizes: present.Sizes()}, legal: widened(legal, present.Sizes(), behind)}
	for _, part := range parts {
		l.parts = append(l.parts, widened(part, present.Sizes(), behind))
	}
	place := map[gone]uint8{}
	for f, pool := range present.Pools {
		for i, a := range pool.Assets {
			place[gone{f, a.ID}] = uint8(i)
		}
	}
	for _, g := range behind {
		place[g] = uint8(l.space.Sizes[g.slot])
		l.space.Sizes[g.slot]++
	}
	slots := make([]uint8, len(present.Pools))
	for _, b := range before {
		for i, c := range b.cells {
			known := true
			for f, id := range idsIn(present, b.feed, c.Combination) {
				at, ok := place[gone{f, id}]
				slots[f], known = at, known && ok
			}
			if known {
				b.cells[i].Combination = l.space.Index(slots)
				l.cells = append(l.cells, b.cells[i])
			}
		}
	}
	return l
}

// samePool reports whether two pools have the same assets in the same order.
func samePool(a, b creative.Pool) bool {
	return a.Name == b.Name && slices.EqualFunc(a.Assets, b.Assets, func(x, y creative.Asset) bool { return x.ID == y.ID })
}

// idsIn are the assets that a combination of an earlier feed shows in the slots of the present one, "" for none.
func idsIn(present, earlier creative.Feed, combination int) []string {
	ids, chosen := make([]string, len(present.Pools)), earlier.Slots(combination)
	for i, pool := range earlier.Pools {
		f := slices.IndexFunc(present.Pools, func(p creative.Pool) bool { return p.Name == pool.Name })
		if f >= 0 {
			ids[f] = pool.Assets[chosen[i]].ID
		}
	}
	return ids
}

// worthKeeping are the assets of earlier creatives that were shown most, as many as there is room for, in the order of slots and ids.
func worthKeeping(present creative.Feed, before []former) []gone {
	shown := map[gone]int64{}
	for _, b := range before {
		for _, c := range b.cells {
			for f, id := range idsIn(present, b.feed, c.Combination) {
				if !slices.ContainsFunc(present.Pools[f].Assets, func(a creative.Asset) bool { return a.ID == id }) {
					shown[gone{f, id}] += c.Impressions
				}
			}
		}
	}
	all := make([]gone, 0, len(shown))
	for g := range shown {
		all = append(all, g)
	}
	bySlot := func(a, b gone) int { return cmp.Or(cmp.Compare(a.slot, b.slot), cmp.Compare(a.id, b.id)) }
	slices.SortFunc(all, func(a, b gone) int { return cmp.Or(cmp.Compare(shown[b], shown[a]), bySlot(a, b)) })
	sizes := present.Sizes()
	var kept []gone
	for _, g := range all {
		sizes[g.slot]++
		if len(kept) == maxFormer || sizes[g.slot] > 255 || (bandit.Space{Sizes: sizes}).Size() > bandit.MaxCombinations {
			sizes[g.slot]--
			continue
		}
		kept = append(kept, g)
	}
	slices.SortFunc(kept, bySlot)
	return kept
}

// widened are the rules for a space with stopped assets behind those of each slot.
func widened(legal *bandit.Legal, sizes []int, behind []gone) *bandit.Legal {
	if len(behind) == 0 {
		return legal
	}
	wide := &bandit.Legal{Stopped: make([][]bool, len(sizes))}
	for f, n := range sizes {
		wide.Stopped[f] = make([]bool, n)
	}
	if legal != nil {
		wide.Forbidden = legal.Forbidden
		for f := range legal.Stopped {
			copy(wide.Stopped[f], legal.Stopped[f])
		}
	}
	for _, g := range behind {
		wide.Stopped[g.slot] = append(wide.Stopped[g.slot], true)
	}
	return wide
}
