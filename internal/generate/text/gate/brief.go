package gate

// brief is what the message is about, as far as it matters here.
type brief struct {
	delicate bool            // health, money, faith and the like: no questions
	injected map[string]bool // sentences that speak to a machine, by key
	offer    string          // the lead offer's amount
	brand    []string        // stems
	product  string          // stem of the head
	sure     bool            // the product is known for certain
}

// briefly reads the brief of the message.
func (g *Gate) briefly() brief { return brief{} }

// kept refuses a text that lost the lead offer, the brand or the product.
func (g *Gate) kept(d *document) Code {
	if g.sources.Short {
		return ""
	}
	if g.brief.offer != "" && !d.has(g.brief.offer) {
		return "lost"
	}
	return ""
}
