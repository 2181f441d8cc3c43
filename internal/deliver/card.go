package deliver

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/creative"
)

// maxCards bounds the cards that are kept ready: about 16 MB of them.
const maxCards = 2048

// card is what all decisions for one combination, as seen from one host, have in common. It is immutable.
type card struct {
	slots       []uint8
	combination string                  // id
	product     string                  // id of the item, "" for none
	assets      map[string]client.Asset // by slot; decisions share it and nobody changes it
	impression  string                  // address up to the token; so are the next two
	viewable    string                  //
	click       string                  //
	html        [2]string               // before and after the token of the click address

	json struct { // the same as it stands in an answer
		assets                      []byte // the members combination_id, product_id and assets
		impression, viewable, click []byte // opening quote and address
		html                        [2][]byte
	}
}

// cardKey says of what a card is.
type cardKey struct {
	creative    *shown
	base        string // scheme and host in its addresses
	combination int
	form        string // placement, where pictures take another form there; else ""

	width, height int // of a banner, in CSS pixels; 0 for a card
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
	made := newCard(key, nil, 0)
	if c.count.Add(1) > maxCards {
		c.ready.Clear()
		c.count.Store(1)
	}
	c.ready.Store(key, made)
	return made
}

// hole stands for the token while a card is rendered, up to the quote that ends the click address. Text before it cannot look like it, because
// a quote in a text is escaped.
const hole = `00TOKEN00"`

// newCard renders a combination, with an item in it unless that is nil, as it is at a time (unix seconds).
func newCard(key cardKey, it *item, now int64) *card {
	slots := key.creative.space.Slots(key.combination, make([]uint8, len(key.creative.space.Sizes)))
	c := &card{
		slots: slots, combination: key.creative.feed.CombinationID(slots), assets: key.creative.chosen(slots, key.base, key.form),
		impression: key.base + pathImpression + "?d=", viewable: key.base + pathView + "?d=", click: key.base + pathClick + "?d=",
	}
	if it != nil {
		key.creative.dress(c.assets, it, slots, key.base, now)
	}
	before, after, linked := strings.Cut(key.render(c.assets, c.click+strings.TrimSuffix(hole, `"`)), hole)
	c.html = [2]string{before, `"` + after}
	if !linked { // the base is no address that a page may link to
		c.html = [2]string{before + "<!--", "-->"}
	}
	if it != nil {
		c.product = it.id
	}
	head := quoted(struct {
		Combination string                  `json:"combination_id"`
		Product     string                  `json:"product_id,omitempty"`
		Assets      map[string]client.Asset `json:"assets"`
	}{c.combination, c.product, c.assets})
	c.json.assets = head[1 : len(head)-1]
	c.json.impression, c.json.viewable, c.json.click = unclosed(c.impression), unclosed(c.viewable), unclosed(c.click)
	c.json.html[0], c.json.html[1] = unclosed(c.html[0]), quoted(c.html[1])[1:]
	return c
}

// render is the card, or the banner, as HTML whose clicks go to click.
func (k *cardKey) render(assets map[string]client.Asset, click string) string {
	if k.width != 0 {
		return creative.RenderBanner(k.creative.view(assets, click), k.width, k.height)
	}
	return k.creative.render(assets, click)
}

// quoted is a value as JSON, in which <, > and & stand for themselves: an answer is no HTML.
func quoted(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // strings and structs of strings and numbers always encode
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// unclosed is a JSON string without its closing quote, to be continued.
func unclosed(s string) []byte {
	q := quoted(s)
	return q[:len(q)-1]
}
