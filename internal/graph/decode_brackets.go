package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// nest makes one map of pairs. A repeated name keeps its last value; a[]=x, a[0]=x and a[b][c]=x, which is how PHP writes
// lists and objects, become those.
func nest(pairs []pair) (Params, error) {
	root := &bag{members: map[string]any{}}
	for _, p := range pairs {
		if p.name == "" {
			continue // "=x" or "&&": there is nothing to call it by
		}
		path := brackets(p.name)
		if len(p.name) > maxName || len(path) > maxBrackets {
			return nil, fault(codeParameter, fmt.Sprintf("(#100) The parameter name %.60q is too long or too deeply nested", p.name))
		}
		root.set(path, p.value)
	}
	params := make(Params, len(root.members))
	for name, value := range root.members {
		params[name] = plain(value)
	}
	return params, nil
}

// brackets splits a[b][] into a, b and "". A name whose brackets do not match is one plain name.
func brackets(name string) []string {
	head, rest, ok := strings.Cut(name, "[")
	if !ok || head == "" || !strings.HasSuffix(rest, "]") {
		return []string{name}
	}
	inner := strings.Split(strings.TrimSuffix(rest, "]"), "][")
	for _, step := range inner {
		if strings.ContainsAny(step, "[]") {
			return []string{name}
		}
	}
	return append([]string{head}, inner...)
}

// bag is an object or list under construction. Its members are strings, files and bags.
type bag struct {
	members map[string]any
	next    int // index of the next a[]
}

// set puts a value at a path; a plain value in the way gives way, as the later always wins.
func (b *bag) set(path []string, value any) {
	key := path[0]
	if key == "" {
		key = strconv.Itoa(b.next)
	}
	if n, err := strconv.Atoi(key); err == nil && n >= b.next && n < maxParams {
		b.next = n + 1
	}
	if len(path) == 1 {
		b.members[key] = value
		return
	}
	below, ok := b.members[key].(*bag)
	if !ok {
		below = &bag{members: map[string]any{}}
		b.members[key] = below
	}
	below.set(path[1:], value)
}

// plain turns a finished bag into what JSON would have decoded to: a list if all its names are indexes, in their order.
func plain(value any) any {
	b, ok := value.(*bag)
	if !ok {
		return value
	}
	type item struct {
		index int
		value any
	}
	var items []item
	object := make(map[string]any, len(b.members))
	for name, member := range b.members {
		object[name] = plain(member)
		if n, err := strconv.Atoi(name); err == nil && n >= 0 {
			items = append(items, item{n, object[name]})
		}
	}
	if len(items) < len(object) {
		return object
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.index, b.index) })
	list := make([]any, len(items))
	for i, it := range items {
		list[i] = it.value
	}
	return list
}
