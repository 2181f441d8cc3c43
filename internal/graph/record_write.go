package graph

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
)

// wrote notes what became of a write: it compares what was sent with what is stored, by the declarations.
func (t *trail) wrote(w *Write) {
	if t == nil {
		return
	}
	t.warned(w)
	if w.Existing != nil {
		t.note(&t.record.Collapsed, inspect.Note{Path: []string{}, Object: w.Type.Name, Message: fmt.Sprintf("the same content is there already: %s %s was answered", w.Type.Name, w.Existing.ID)})
		t.stored(w.Existing, "existing", nil)
		return
	}
	c := comparison{t, w, map[string]any{}}
	for i := range w.Type.Fields {
		if f := &w.Type.Fields[i]; in(w.Version, f.Since, f.Until) {
			c.field(f)
		}
	}
	action := "update"
	if w.Creating() {
		action = "create"
	}
	t.stored(w.Row, action, c.values)
}

// acted notes the parameters of an action that no declaration knows, or that change nothing. An edge that declares none reads what it likes.
func (t *trail) acted(e *object.Edge, target *object.Type, params Params) {
	if t == nil || len(e.Params) == 0 {
		return
	}
	known := object.Type{Fields: e.Params}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		_, isFile := params[name].(*File)
		switch f := known.Field(name); {
		case isFile || slices.Contains(protocolParams(), name) || f == nil && target != nil && target.Field(name) != nil:
		case f == nil:
			t.note(&t.record.Ignored, inspect.Note{Path: []string{name}, Message: "not a parameter of " + e.Name + "; ignored"})
		default:
			t.supported(f, name)
		}
	}
}

// supported notes a parameter that does less than on the platform.
func (t *trail) supported(f *object.Field, as string) {
	switch f.Support {
	case object.Ignored:
		t.note(&t.record.Ignored, inspect.Note{Path: []string{as}, Message: "accepted; it changes nothing and is not kept"})
	case object.Stored:
		t.note(&t.record.StoredOnly, inspect.Note{Path: []string{as}, Message: "kept and read back; nothing follows from it here"})
	}
}

// warned turns warnings into notes. What a write inside this one said before is said of the place where it was sent.
func (t *trail) warned(w *Write) {
	for _, warning := range w.Warnings {
		list := &t.record.Collapsed
		switch rule := warning.Rule; {
		case rule == "ignored":
			list = &t.record.Ignored
		case rule == "normalised.ad_formats":
			list = &t.record.Defaulted
		case !strings.HasPrefix(rule, "normalised.") && rule != "adset.made_dynamic" && rule != "ad.paused":
			continue
		}
		n := inspect.Note{Path: warning.Path, Message: warning.Message}
		i := slices.IndexFunc(*list, func(m inspect.Note) bool {
			return m.Message == n.Message && len(m.Path) <= len(n.Path) && slices.Equal(m.Path, n.Path[len(n.Path)-len(m.Path):])
		})
		if i >= 0 {
			(*list)[i].Path = n.Path
			continue
		}
		t.note(list, n)
	}
}

// comparison is a write whose stored values are held against what was sent.
type comparison struct {
	t      *trail
	w      *Write
	values map[string]any // those that differ
}

// field compares one field.
func (c *comparison) field(f *object.Field) {
	as, raw := spelled(f, c.w.raw)
	value, sent := c.w.Sent[f.Name]
	stored := c.w.Row.Data[f.Name]
	if sent {
		c.asSent(f, as, raw, value)
	}
	switch {
	case !f.Has(object.Read) || expands(f) || f.Compute != "":
	case sent:
		c.differs([]string{as}, value, stored)
		c.keep(f.Name, value, stored)
	case stored == nil || c.w.Node != nil && stored == c.w.Node.ID:
	case c.w.Creating() || !reflect.DeepEqual(stored, c.w.Old.Data[f.Name]):
		c.added([]string{f.Name}, stored)
		c.keep(f.Name, nil, stored)
	}
}

// keep remembers a stored value that is not what was sent.
func (c *comparison) keep(name string, value, stored any) {
	if !alike(value, stored) {
		c.values[name] = stored
	}
}

// asSent notes how a parameter was spelled, and how much stands behind it.
func (c *comparison) asSent(f *object.Field, as string, raw, value any) {
	if as != f.Name {
		c.collapsed([]string{as}, "the older name of "+f.Name, nil)
	}
	if list, isList := value.([]any); isList && f.Kind == object.List {
		text, isText := raw.(string)
		if _, came := raw.([]any); !came && (!isText || !strings.ContainsRune(`["`, firstRune(text))) && len(list) > 0 {
			c.collapsed([]string{as}, "read as a list of "+strconv.Itoa(len(list)), value)
		}
	}
	c.t.supported(f, as)
}

// firstRune is the first character that is no space, zero for none.
func firstRune(s string) rune {
	for _, r := range strings.TrimSpace(s) {
		return r
	}
	return 0
}

// collapsed notes a value that was read as another one.
func (c *comparison) collapsed(path []string, message string, value any) {
	c.t.note(&c.t.record.Collapsed, inspect.Note{Path: path, Object: c.w.Type.Name, Message: message, Value: value})
}

// differs notes how a stored value differs from the one that was sent, part by part. Numbers that came as text are the same.
func (c *comparison) differs(path []string, sent, stored any) {
	was, isObject := sent.(map[string]any)
	now, stays := stored.(map[string]any)
	switch {
	case alike(sent, stored) || c.toldOf(path):
	case isObject && stays:
		for _, name := range slices.Sorted(maps.Keys(now)) {
			c.part(append(slices.Clip(path), name), was[name], now[name])
		}
		for _, name := range slices.Sorted(maps.Keys(was)) {
			if _, kept := now[name]; !kept && was[name] != nil && !c.toldOf(append(slices.Clip(path), name)) {
				c.t.note(&c.t.record.Ignored, inspect.Note{Path: append(slices.Clip(path), name), Object: c.w.Type.Name, Message: "not kept"})
			}
		}
	case stored == nil && sent != nil:
		c.t.note(&c.t.record.Ignored, inspect.Note{Path: path, Object: c.w.Type.Name, Message: "not kept"})
	case c.listed(path, sent, stored):
	case stored != nil:
		c.collapsed(path, "stored as another value", stored)
	}
}

// listed compares lists of the same length, and reports whether they were such.
func (c *comparison) listed(path []string, sent, stored any) bool {
	was, _ := sent.([]any)
	now, isList := stored.([]any)
	if !isList || len(was) != len(now) {
		return false
	}
	for i := range was {
		c.differs(append(slices.Clip(path), strconv.Itoa(i)), was[i], now[i])
	}
	return true
}

// part compares one member of an object.
func (c *comparison) part(path []string, sent, stored any) {
	if sent == nil {
		c.added(path, stored)
		return
	}
	c.differs(path, sent, stored)
}

// added notes a value that was not sent, unless it is where a warning says that something else went; then what else is in it.
func (c *comparison) added(path []string, stored any) {
	whole := true
	for _, warning := range c.w.Warnings {
		if warning.As == nil {
			continue
		}
		if len(warning.As) <= len(path) && slices.Equal(warning.As, path[:len(warning.As)]) {
			return
		}
		whole = whole && !slices.Equal(path, warning.As[:min(len(path), len(warning.As))])
	}
	members, isObject := stored.(map[string]any)
	if whole || !isObject {
		c.t.note(&c.t.record.Defaulted, inspect.Note{Path: path, Object: c.w.Type.Name, Value: stored})
		return
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		c.added(append(slices.Clip(path), name), members[name])
	}
}

// toldOf reports whether a warning is about a path, or about what it is a part of.
func (c *comparison) toldOf(path []string) bool {
	return slices.ContainsFunc(c.w.Warnings, func(w object.Warning) bool {
		return len(w.Path) <= len(path) && slices.Equal(w.Path, path[:len(w.Path)])
	})
}

// alike reports whether two values are the same but for numbers written as text.
func alike(a, b any) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	switch a.(type) {
	case nil, map[string]any, []any:
		return false
	}
	switch b.(type) {
	case nil, map[string]any, []any:
		return false
	}
	return fmt.Sprint(a) == fmt.Sprint(b)
}
