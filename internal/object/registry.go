package object

import (
	"errors"
	"fmt"
	"slices"
)

// Registry is a set of types whose every reference was checked. It is not changed after Build.
type Registry struct {
	types  []*Type
	byName map[string]*Type
}

// Type returns the type with that name, or nil.
func (r *Registry) Type(name string) *Type { return r.byName[name] }

// Types returns all types in the order in which they were given.
func (r *Registry) Types() []*Type { return slices.Clone(r.types) }

// Build checks the declarations and reports everything that is wrong with them at once: a mistake in a literal stops the
// server at start, not a request later.
func Build(types ...*Type) (*Registry, error) {
	r := &Registry{types: types, byName: map[string]*Type{}}
	var errs []error
	for _, t := range types {
		if t.Name == "" || t.Display == "" {
			errs = append(errs, fmt.Errorf("object: type %q lacks a name or display name", t.Name))
		}
		if r.byName[t.Name] != nil {
			errs = append(errs, fmt.Errorf("object: two types are named %q", t.Name))
		}
		r.byName[t.Name] = t
	}
	for _, t := range types {
		c := checker{registry: r, where: t.Name}
		c.checkType(t)
		errs = append(errs, c.errs...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return r, nil
}
