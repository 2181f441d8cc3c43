package deliver

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/marquetry/marquetry/client"
)

// maxCards bounds the cards that are kept ready: about 16 MB of them.
const maxCards = 4096

// card is what all decisions for one combination, as seen from one host, have in common. It is immutable.
type card struct {
	combination string                  // id
	assets      map[string]client.Asset // by slot; decisions share it and nobody changes it
	slots       []uint8
	html        [2]string // before and after the click address
}

// cardKey says of what a card is.
type cardKey struct {
	creative    *shown
	base        string // scheme and host in its addresses
	combination int
}

// cards keeps cards of the combinations that are shown most. Reading takes no lock.
type cards struct {
	ready sync.Map // cardKey → *card
	count atomic.Int64
}

// of returns the card of a combination, made when it is not ready. When too many are ready all go, which costs each one rendering.
func (c *cards) of(key cardKey) *card {
	if ready, ok := c.ready.Load(key); ok {
		return ready.(*card)
	}
	made := newCard(key)
	if c.count.Add(1) > maxCards {
		c.ready.Clear()
		c.count.Store(1)
	}
	c.ready.Store(key, made)
	return made
}

// placeholder stands for the click address while a card is rendered; nothing in a creative can look like it, because text is escaped.
const placeholder = "https://click.invalid/"

// newCard renders a combination.
func newCard(key cardKey) *card {
	slots := key.creative.space.Slots(key.combination, make([]uint8, len(key.creative.space.Sizes)))
	made := &card{combination: key.creative.feed.CombinationID(slots), assets: key.creative.chosen(slots, key.base), slots: slots}
	made.html[0], made.html[1], _ = strings.Cut(key.creative.render(made.assets, placeholder), `"`+placeholder+`"`)
	return made
}

// withClick is the card's HTML with its click address, which has no character that HTML gives a meaning.
func (c *card) withClick(address string) string {
	return c.html[0] + `"` + address + `"` + c.html[1]
}
