package object

import (
	"fmt"
	"slices"
)

// checker collects what is wrong with one type.
type checker struct {
	registry *Registry
	where    string // name of the type, in front of every message
	errs     []error
}

// need records a mistake unless ok.
func (c *checker) need(ok bool, format string, args ...any) {
	if !ok {
		c.errs = append(c.errs, fmt.Errorf("object: %s: "+format, append([]any{c.where}, args...)...))
	}
}

// checkType checks the fields, the edges and that no two of either share a name.
func (c *checker) checkType(t *Type) {
	names := map[string]bool{}
	for i := range t.Fields {
		f := &t.Fields[i]
		c.checkNames("field", names, f.Name, f.Alias)
		c.checkField(f)
	}
	names = map[string]bool{}
	for i := range t.Edges {
		e := &t.Edges[i]
		c.checkNames("edge", names, e.Name, e.Alias)
		c.checkEdge(t, e)
	}
}

// checkNames records names that are empty or taken.
func (c *checker) checkNames(what string, taken map[string]bool, name string, alias []string) {
	c.need(name != "", "%s without a name", what)
	for _, n := range append([]string{name}, alias...) {
		c.need(!taken[n], "two %ss are named %q", what, n)
		taken[n] = true
	}
}

// checkField checks one field, or one parameter of an edge.
func (c *checker) checkField(f *Field) {
	c.need(f.Kind >= String && f.Kind <= Any, "field %s has no kind", f.Name)
	isEnum := f.Kind == Enum || (f.Kind == List && f.Elem == Enum)
	c.need(isEnum == (len(f.Enum) > 0), "field %s: Enum goes with the kind Enum, and only with it", f.Name)
	c.need((f.Kind == List) == (f.Elem != 0), "field %s: Elem goes with the kind List, and only with it", f.Name)
	c.need(f.Elem != List, "field %s: a list of lists has the kind Any", f.Name)
	c.need(f.Ref == "" || c.registry.Type(f.Ref) != nil, "field %s refers to %q, which is no type", f.Name, f.Ref)
	c.need(!f.Has(Default) || f.Has(Read), "field %s is answered by default but cannot be read", f.Name)
	c.need(!f.Has(Required) || f.Has(Create) || f.Mode == Required, "field %s is required but not accepted on create", f.Name)
	c.need(f.Preset == nil || f.Has(Create) && presetFits(f), "field %s: preset %v does not fit", f.Name, f.Preset)
	c.need(f.MaxRunes >= 0, "field %s: MaxRunes is negative", f.Name)
	c.checkVersions(f.Name, f.Since, f.Until)
}

// checkVersions checks that a window of versions is not empty.
func (c *checker) checkVersions(name string, since, until Version) {
	c.need(since == 0 || until == 0 || since <= until, "%s ends in version %d before it begins in %d", name, until, since)
}

// checkEdge checks where the rows come from and what a POST makes of them. An edge without a source of rows has to
// do something on POST or DELETE.
func (c *checker) checkEdge(t *Type, e *Edge) {
	sources := 0
	for _, s := range []string{e.By, e.Via, e.Resolve, e.Get} {
		if s != "" {
			sources++
		}
	}
	does := e.Action != "" || e.Delete != "" || e.Support == Refused
	c.need(sources == 1 || sources == 0 && does, "edge %s needs exactly one of By, Via, Resolve and Get", e.Name)
	target := c.registry.Type(e.Target)
	c.need(target != nil || e.Target == "" && e.By == "" && e.Via == "", "edge %s leads to %q, which is no type", e.Name, e.Target)
	if e.By != "" && target != nil {
		by := target.Field(e.By)
		c.need(by != nil, "edge %s: %s has no field %s", e.Name, e.Target, e.By)
		c.need(by == nil || by.Ref == "" || by.Ref == t.Name, "edge %s: %s.%s does not refer to %s", e.Name, e.Target, e.By, t.Name)
	}
	c.need(e.Filter == "" || e.By != "", "edge %s: Filter needs By", e.Name)
	c.need(e.Via == "" || t.Field(e.Via) != nil, "edge %s: there is no field %s", e.Name, e.Via)
	c.need(!e.Create || e.By != "" && e.Action == "", "edge %s: Create needs By and excludes Action", e.Name)
	for i := range e.Params {
		c.checkField(&e.Params[i])
	}
	c.checkVersions(e.Name, e.Since, e.Until)
}

// presetFits reports whether the preset has the type that coercion gives.
func presetFits(f *Field) bool {
	switch f.Preset.(type) {
	case string:
		return f.Kind == String || f.Kind == ID || f.Kind == Enum && slices.Contains(f.Enum, f.Preset.(string)) || f.Kind == Any
	case bool:
		return f.Kind == Bool || f.Kind == Any
	case int64:
		return f.Kind == Int || f.Kind == Money || f.Kind == Time || f.Kind == Any
	case float64:
		return f.Kind == Float || f.Kind == Any
	case []any:
		return f.Kind == List || f.Kind == Any
	case map[string]any:
		return f.Kind == Object || f.Kind == Any
	}
	return false
}
