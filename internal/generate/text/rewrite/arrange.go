package rewrite

import (
	"slices"

	"github.com/marquetry/marquetry/internal/generate/text/units"
)

// plan is an arrangement of parts: which, in which order.
type plan struct {
	parts []*part
	label string  // of the move, "" for the source's own order and parts
	cost  float64 // how far it is from what a writer would do
}

// plans are the arrangements worth trying, best first: the source's own, other orders, and shorter texts.
func (w *work) plans() []plan {
	var all []plan
	for i, view := range w.views() {
		plans := w.arranged(view)
		if i > 0 {
			plans = plans[:min(len(plans), 5)]
		}
		all = append(all, plans...)
	}
	return all
}

// arranged are the arrangements of some parts that stand for the whole text, best first.
func (w *work) arranged(parts []*part) []plan {
	var all []plan
	for _, chosen := range w.selections(parts) {
		orders := w.orders(chosen.parts)
		for _, o := range orders {
			o.cost += chosen.cost
			if o.label == "" {
				o.label = chosen.label
			}
			all = append(all, o)
		}
	}
	slices.SortStableFunc(all, func(a, b plan) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	return all[:min(len(all), 24)]
}

// selections are the sets of parts that can stand for the text: all of them, and those with one or more dropped.
func (w *work) selections(parts []*part) []plan {
	all := []plan{{parts: parts}}
	n := len(parts)
	if n < 2 || n > 10 {
		return all
	}
	for mask := 1; mask < 1<<n-1; mask++ {
		if p, ok := w.selection(parts, mask); ok {
			all = append(all, p)
		}
	}
	return all
}

// selection is the parts of which mask has the bit, if what is left still says what is sold, by whom and at what offer.
func (w *work) selection(parts []*part, mask int) (plan, bool) {
	p := plan{label: "trim"}
	for i, u := range parts {
		if mask&(1<<i) == 0 {
			if u.keeps() || w.language != "en" && w.mustStay(u) {
				return p, false
			}
			p.cost += u.weight()
			continue
		}
		if (u.bound || u.refers) && i > 0 && mask&(1<<(i-1)) == 0 && (u.bound || !slices.ContainsFunc(p.parts, func(o *part) bool { return o.product || o.brand })) {
			return p, false
		}
		p.parts = append(p.parts, u)
	}
	p.cost *= w.brevity(p.parts)
	if len(p.parts) == 1 {
		p.cost++ // thin
		p.parts = p.parts[:1:1]
		if whole := w.bytes(w.parts); len(p.parts[0].forms[0].tokens) < 5 || 2*w.bytes(p.parts) < whole && whole <= fit+20 {
			return p, false
		}
	}
	if w.language != "en" && (!w.answered(p.parts) || w.thins(p.parts)) {
		return p, false
	}
	return p, w.says(parts, p.parts)
}

// says whether parts of all still say what the text is about: its product or brand, and its lead offer. Where neither is known, its longest
// statement has to be there; in other languages than English, its opening.
func (w *work) says(all, parts []*part) bool {
	subject, lead := func(p *part) bool { return p.product || p.brand }, func(p *part) bool { return p.lead }
	if slices.ContainsFunc(all, lead) && !slices.ContainsFunc(parts, lead) {
		return false
	}
	switch {
	case w.language != "en":
		return slices.Contains(parts, all[0]) && slices.Contains(parts, w.mainOf(all))
	case slices.ContainsFunc(all, subject) && !slices.ContainsFunc(parts, subject):
		return false
	}
	return slices.Contains(parts, w.mainOf(all))
}

// mainOf is the first part that is no call to action, question or quotation; nil when there is none.
func (w *work) mainOf(parts []*part) *part {
	var main *part
	for _, p := range parts {
		if w.language != "en" && p.Class == units.Reassuring {
			continue
		}
		if p.Class != units.Action && p.Class != units.Question && p.Class != units.Quotation && main == nil {
			main = p
		}
	}
	return main
}

// fit is how many bytes of a text are shown whole in most placements.
const fit = 125

// brevity weighs what is left out: in a text that is shown whole it counts, in a longer one it may be what makes it fit.
func (w *work) brevity(parts []*part) float64 {
	if w.bytes(w.parts) <= fit+20 {
		return 1
	}
	return 0.1 + 0.5*float64(max(0, w.bytes(parts)-fit))/float64(fit)
}

// bytes is how long a text of the parts is, roughly.
func (*work) bytes(parts []*part) int {
	n := 0
	for _, p := range parts {
		n += len(p.Text) + 2
	}
	return n
}

// keeps says whether a text without the part would say something else: its deadline limits the offer, its date or hour says when, its contact is
// the way to it.
func (p *part) keeps() bool {
	bound := func(a units.Atom) bool {
		return a.Kind == units.Phone || a.Kind == units.Link || a.Kind == units.Email || a.Kind == units.Date || a.Kind == units.Clock
	}
	if slices.ContainsFunc(p.Atoms, bound) {
		return true
	}
	return p.lead || p.Class == units.Urgency || p.Class == units.Contact || p.Class == units.Template && len(p.Atoms) > 1
}

// weight is what a text loses without the part.
func (p *part) weight() float64 {
	w := 0.6
	switch p.Class {
	case units.Action:
		w = 1.1
	case units.Offer:
		w = 0.9
	case units.Question, units.Reassuring, units.Proof:
		w = 0.5
	case units.Quotation:
		w = 1
	}
	if p.product || p.brand {
		w += 0.2
	}
	return w
}

// mostMoved is how many parts a text may have for one of them to be moved: each pair of places is tried, and a text of more is a list.
const mostMoved = 16

// orders are the permutations of parts that read like a text. Of more than three, one may leave its place; of more than mostMoved, none.
func (w *work) orders(parts []*part) []plan {
	all := []plan{{parts: parts}}
	try := func(order []*part) {
		if cost, ok := w.reads(order); ok && !slices.Equal(order, parts) {
			all = append(all, plan{parts: slices.Clone(order), label: "order", cost: cost + 0.2})
		}
	}
	if len(parts) <= 3 {
		permute(slices.Clone(parts), 0, try)
		return all
	}
	if len(parts) > mostMoved {
		return all
	}
	for i := range parts {
		for to := range parts {
			try(slices.Insert(slices.Delete(slices.Clone(parts), i, i+1), to, parts[i]))
		}
	}
	return all
}

// permute calls visit with every order of the parts from at on.
func permute(parts []*part, at int, visit func([]*part)) {
	if at == len(parts) {
		visit(parts)
		return
	}
	for i := at; i < len(parts); i++ {
		moved := slices.Insert(slices.Delete(slices.Clone(parts), i, i+1), at, parts[i])
		permute(moved, at+1, visit)
	}
}

// reads says whether an order of parts is a text, and what is odd about it.
func (w *work) reads(order []*part) (cost float64, ok bool) {
	if w.language != "en" && !w.answered(order) {
		return 0, false
	}
	last := len(order) - 1
	named := false
	var before *part
	for i, p := range order {
		follows := before != nil && before.through == p.index-1
		if p.refers && !named && !follows {
			return 0, false
		}
		named = named || p.product || p.brand
		if p.bound && !follows {
			return 0, false
		}
		c, ok := w.stands(order, i, last)
		if !ok {
			return 0, false
		}
		cost, before = cost+c, p
	}
	return cost, true
}

// stands says whether a part may be at the place i of an order, and what is odd about it.
func (w *work) stands(order []*part, i, last int) (cost float64, ok bool) {
	p := order[i]
	if i == 0 && p.index > 0 && !w.opens(p) {
		return 0, false
	}
	switch {
	case p.Class == units.Question && p.index > 0:
		return 0, (i > 0 || w.language != "en") && i < last && order[i+1].index == p.through+1
	case p.Class == units.Question:
		return 0, i < last && (i == 0 || order[i+1].Class == units.Action)
	case !w.calls(p) || i == last || p.index == 0 && i == 0:
		return 0, true
	case i == 0:
		return 0.6, last <= 1
	}
	z := order[last]
	return 0.4, last-i == 1 && follows(z.Class) && (z.index > p.index || z.Class != units.Offer || w.language == "" && !z.lead)
}

// opens says whether a part that did not open the source may open a text: it names what is sold or by whom, or brings the lead offer. In a
// language without rules, only a sentence may.
func (w *work) opens(p *part) bool {
	switch {
	case p.Class == units.Action:
		return p.lead
	case w.language != "en":
		return opensAbroad(p)
	}
	if p.Class == units.Offer && len(p.forms[0].tokens) < 3 {
		return false // £15.
	}
	return p.lead || p.product || p.brand || p.Class == units.Question || p.Class == units.Proof || p.Class == units.Quotation || p.introduces()
}

// introduces says whether a part that does not name what is sold may still come before it: it leans on nothing, and says enough to stand
// first. What ends or follows (urgency, contact, a call to action) does not.
func (p *part) introduces() bool {
	tokens := p.forms[0].tokens
	if p.refers || p.bound || len(tokens) < 3 || thirds(tokens[0].key) {
		return false
	}
	switch p.Class {
	case units.Imperative, units.Statement, units.Negation:
		return len(tokens) > 3
	case units.Fragment, units.Reassuring, units.Offer:
		return !unnominal(tokens[0].key)
	}
	return false
}

// follows says whether a unit of the class may stand behind the call to action.
func follows(c units.Class) bool {
	return c == units.Offer || c == units.Urgency || c == units.Reassuring || c == units.Proof
}
