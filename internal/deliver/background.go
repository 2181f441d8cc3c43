package deliver

import (
	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
)

// backgroundsIn is the one placement in which generated backgrounds show.
const backgroundsIn = "MOBILE_FEED_STANDARD"

// backdropsOf reads the styles of an edition's backgrounds in the order of their pool; the original has no recipe.
func backdropsOf(data map[string]any, feed creative.Feed) []backdrop {
	known := map[string]backdrop{}
	for _, elem := range object.Listed(object.Members(data, "asset_feed_spec"), "backgrounds") {
		one, _ := elem.(map[string]any)
		known[object.Text(one, "style")] = backdrop{object.Text(one, "style"), object.Text(one, "recipe"), object.Text(one, "feature")}
	}
	var all []backdrop
	for _, pool := range feed.Pools {
		for _, a := range pool.Assets {
			if a.Slot == creative.Background {
				all = append(all, known[a.Type])
			}
		}
	}
	return all
}

// backdropOf is the background of a combination; the zero one for a creative that has none.
func (c *shown) backdropOf(slots []uint8) backdrop {
	if len(c.backdrops) == 0 {
		return backdrop{}
	}
	return c.backdrops[slots[len(slots)-1]] // their pool is the last
}

// settle makes a choice one that can be shown: a background that the item or the place does not have is the item's own picture instead. The
// propensity is then that of all choices that come to the same.
func (c *shown) settle(choice bandit.Choice, policy bandit.Policy, signature bandit.Signature, it *item, placement string, now int64) bandit.Choice {
	if len(c.backdrops) == 0 {
		return choice
	}
	at := choice.Combination % len(c.backdrops) // the last pool is the fastest
	first := choice.Combination - at
	if at > 0 && c.hangs(at, it, placement, now) {
		return choice
	}
	settled := bandit.Choice{Combination: first, Control: choice.Control}
	for i := range c.backdrops {
		if i == 0 || !c.hangs(i, it, placement, now) {
			settled.Propensity += policy.Propensity(signature, first+i)
		}
	}
	return settled
}

// hangs reports whether an item has a background in a placement, and one that says what the item costs now.
func (c *shown) hangs(i int, it *item, placement string, now int64) bool {
	b := c.backdrops[i]
	made := it.pictures[b]
	if b.style == edition.OriginalStyle || made.hash == "" || b.feature == "image_background_gen" && placement != backgroundsIn {
		return false
	}
	return made.says == edition.Overlaid(b.feature, it.data, now)
}
