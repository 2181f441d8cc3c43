package reference

import (
	"strconv"

	"github.com/marquetry/marquetry/internal/object"
)

// tally is how many declarations there are of each Support.
type tally [4]int

// add counts another tally in.
func (t *tally) add(o tally) {
	for i := range o {
		t[i] += o[i]
	}
}

// counts are the tallies of one object.
type counts struct{ fields, edges, params tally }

// Compatibility is the page that says how much of the platform stands behind every object, field, edge and parameter.
func Compatibility(types []*object.Type) string {
	var p page
	p.line(notice)
	p.line("# Compatibility")
	p.line("")
	p.line(`What the platform has and how much of it is here. **Supported**: it does what it does on the platform, but for the numbered
[differences](../differences.md). **Stored**: kept and read back with the right type; nothing follows from it. **Ignored**: accepted without effect, or never
set. **Refused**: known, and answered with error 3, which says so. What the platform does not know gets the platform's error. Fields and parameters of
[each object](objects/README.md) are described on its own page.`)
	p.line("")
	p.line("| object | fields: supported | stored | ignored | refused | edges: supported | stored | refused | parameters: supported | stored | ignored | refused |")
	p.line("|---|---|---|---|---|---|---|---|---|---|---|---|")
	var all counts
	for _, t := range types {
		c := count(t)
		p.line("| [%s](#%s) %s", t.Name, t.Name, c.cells())
		all.fields.add(c.fields)
		all.edges.add(c.edges)
		all.params.add(c.params)
	}
	p.line("| **%d objects** %s", len(types), all.cells())
	p.line("")
	for _, t := range types {
		p.compatibility(t)
	}
	return p.String()
}

// cells are the counts in the order of the table's columns; an edge is never ignored.
func (c counts) cells() string {
	var p page
	for _, n := range []int{c.fields[0], c.fields[1], c.fields[2], c.fields[3], c.edges[0], c.edges[1], c.edges[3], c.params[0], c.params[1], c.params[2], c.params[3]} {
		p.WriteString("| ")
		if n > 0 {
			p.WriteString(strconv.Itoa(n))
		}
		p.WriteString(" ")
	}
	return p.String() + "|"
}

// count tallies an object: what can be read as its fields, what can only be sent as parameters.
func count(t *object.Type) (c counts) {
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Has(object.Read) {
			c.fields[f.Support]++
		} else {
			c.params[f.Support]++
		}
	}
	for i := range t.Edges {
		c.edges[t.Edges[i].Support]++
		for j := range t.Edges[i].Params {
			c.params[t.Edges[i].Params[j].Support]++
		}
	}
	return c
}

// compatibility is one object's section: its names by Support.
func (p *page) compatibility(t *object.Type) {
	p.line("## %s", t.Name)
	p.line("")
	for support, name := range supportNames() {
		var fields, params, edges []string
		for i := range t.Fields {
			f := &t.Fields[i]
			switch {
			case f.Support != object.Support(support):
			case f.Has(object.Read):
				fields = append(fields, f.Name)
			default:
				params = append(params, f.Name)
			}
		}
		for i := range t.Edges {
			e := &t.Edges[i]
			if e.Support == object.Support(support) {
				edges = append(edges, e.Name)
			}
			for j := range e.Params {
				if e.Params[j].Support == object.Support(support) && support > 0 {
					params = append(params, e.Name+"?"+e.Params[j].Name)
				}
			}
		}
		for _, group := range []struct {
			what  string
			names []string
		}{{"fields", fields}, {"parameters", params}, {"edges", edges}} {
			if group.names != nil {
				p.line("- %s %s: %s", name, group.what, code(group.names...))
			}
		}
	}
	p.line("")
}
