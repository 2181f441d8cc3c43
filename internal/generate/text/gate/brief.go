package gate

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// brief is what the message is about, as far as it matters here.
type brief struct {
	delicate bool     // health, money, faith and the like: no questions
	offer    string   // the lead offer's amount
	brand    []string // stems of the advertiser's name, if the message has it
	product  string   // stem of the head of what is sold
	sure     bool     // the product is known for certain
	tag      string   // the template tag that stands for the product
	legal    []string // lines that stand at the end, word for word
}

// briefly takes the message apart. It returns the message without what speaks to a machine, for that licenses nothing.
func (g *Gate) briefly() string {
	parsed := units.Parse(g.sources.Message, g.sources.Page)
	about := parsed.Brief(g.sources.Page, "", "")
	g.brief = brief{delicate: about.Delicate, product: g.lex.stem(lower(about.Product.Head)), sure: about.Product.Sure}
	if g.lex.in(g.brief.product, neutral) {
		g.brief.product = "" // shipping is not what is sold
	}
	g.brief.brand = tokensOf(g.lex, about.Brand)
	for _, t := range g.lex.read(about.Offer).tokens {
		if t.kind == number && t.unit != "" {
			g.brief.offer = t.amount()
		}
	}
	var message strings.Builder
	at := 0
	for _, u := range parsed.Units {
		switch u.Class {
		case units.Legal:
			g.brief.legal = append(g.brief.legal, strings.TrimSpace(parsed.Clean[u.Start:u.Start+u.Len]))
		case units.Injection:
			message.WriteString(parsed.Clean[at:u.Start])
			at = u.Start + u.Len
		case units.Template:
			for _, a := range u.Atoms {
				if g.brief.tag == "" && a.Kind == units.Tag && strings.Contains(a.Text, "name") {
					g.brief.tag = a.Text
				}
			}
		}
	}
	message.WriteString(parsed.Clean[at:])
	return strings.TrimSpace(message.String())
}

// kept refuses a text that lost the lead offer, the brand, the product, or nearly everything.
func (g *Gate) kept(d *document) Code {
	b := &g.brief
	switch {
	case g.sources.Short:
		return ""
	case b.offer != "" && !slices.ContainsFunc(d.tokens, func(t token) bool { return t.kind == number && t.amount() == b.offer }):
		return "lost"
	case len(b.brand) > 0 && !slices.ContainsFunc(d.tokens, func(t token) bool { return t.stem == b.brand[0] }):
		return "lost"
	case b.tag != "" && !d.has(b.tag):
		return "lost"
	}
	least := 0.34
	if b.product != "" && slices.ContainsFunc(d.tokens, func(t token) bool { return t.stem == b.product }) {
		least = 0.15
	} else if b.sure && b.product != "" {
		least = 0.6 // so much of the message may stand for the product where its head was told wrong
	}
	if g.recall(d) < least || least > 0.15 && !g.leads(d) {
		return "lost"
	}
	return ""
}

// leads reports whether the text has a content word of the first sentence of the message that has two or more: what is sold mostly is in it.
// A question names the trouble, where something else is known to be sold, and a quotation what somebody thinks.
func (g *Gate) leads(d *document) bool {
	m := g.facts.message
	for _, s := range m.sents {
		if s.end == '?' && (g.brief.product != "" || len(g.brief.brand) > 0) || strings.HasSuffix(m.text[:m.tokens[s.from].start], "\"") || strings.HasSuffix(m.text[:m.tokens[s.from].start], "“") {
			continue
		}
		all := 0
		for _, t := range m.tokens[s.from:s.to] {
			if t.kind != word || t.plain {
				continue
			}
			if all++; slices.ContainsFunc(d.tokens, func(u token) bool { return u.stem == t.stem }) {
				return true
			}
		}
		if all > 1 || all == 1 && s.end == '?' {
			return false
		}
	}
	return true
}

// recall is the share of the message's content words that a text has.
func (g *Gate) recall(d *document) float64 {
	all, same := 0, 0
	for _, t := range g.facts.message.tokens {
		if t.kind != word || t.plain {
			continue
		}
		all++
		if slices.ContainsFunc(d.tokens, func(u token) bool { return u.stem == t.stem }) {
			same++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(same) / float64(all)
}
