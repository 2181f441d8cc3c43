package deliver

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/bandit"
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
	cards       []client.Card           // of a carousel, their click addresses up to the token
	html        []string                // what stands before, between and after the tokens of click addresses

	json struct { // the same as it stands in an answer
		assets                      []byte   // the members combination_id, product_id and assets
		impression, viewable, click []byte   // opening quote and address
		cards                       [][]byte // the member cards between the tokens; nil without
		html                        [][]byte // the string between the tokens
	}
}

// cardKey says of what a card is.
type cardKey struct {
	creative    *shown
	base        string // scheme and host in its addresses
	combination int
	form        string // placement, where pictures take another form there; else ""

	width, height int // of a banner, in CSS pixels; 0 for a card

	rule  int           // that fits, of a carousel
	legal *bandit.Legal // what may be shown of a carousel's cards; nil for all
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

// While a card is rendered, tokenHole stands for the decision's token at the end of a click address, and closing is what follows there. No text can look
// like both, because in a text a quote is escaped, and what describes a picture is followed by something else.
const (
	tokenHole = "00TOKEN00"
	closing   = `" target=`
)

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
	c.cards = key.cards(slots)
	c.html = strings.Split(key.html(c), tokenHole+closing)
	for i := range c.html[1:] {
		c.html[i+1] = closing + c.html[i+1]
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
	for _, part := range c.html {
		c.json.html = append(c.json.html, inner(part))
	}
	c.json.html[0] = append([]byte{'"'}, c.json.html[0]...)
	c.json.html[len(c.html)-1] = append(c.json.html[len(c.html)-1], '"')
	c.json.cards = cardsJSON(c.cards)
	return c
}

// inner is a JSON string without its quotes.
func inner(s string) []byte {
	q := quoted(s)
	return q[1 : len(q)-1]
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
