package creative

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/object"
)

// at is a place in a spec.
type at struct {
	path []string // as the spec spells it, with list indices and feature names
	rule string   // the same without them: rules are named after members, "feed.titles.text"
}

// top is the place of a member of the creative itself, with the word that its rules begin with.
func top(member, rule string) at { return at{[]string{member}, rule} }

// feedAt is the place of a feed's member.
func feedAt(member string) at { return top("asset_feed_spec", "feed").member(member) }

// member is the place of a named part.
func (p at) member(name string) at {
	return at{append(slices.Clip(p.path), name), p.rule + "." + name}
}

// index is the place of a list's element.
func (p at) index(i int) at { return p.key(strconv.Itoa(i)) }

// key is the place of a part whose name the caller chose, which rules do not mention.
func (p at) key(name string) at { return at{append(slices.Clip(p.path), name), p.rule} }

// maxFaults bounds what is reported of one spec: a megabyte of nonsense gets an answer of a sane size.
const maxFaults = 500

// checker collects the faults of one spec.
type checker struct {
	faults  object.Faults
	version object.Version
	preview bool
	stored  bool
}

// found is a fault that was just added; a type of its own, because a fault is an error, which must not be left unchecked.
type found object.Fault

// fault adds a broken rule at a place and returns it, so that the caller can add a subcode or the numbers of a limit.
func (c *checker) fault(p at, rule, format string, args ...any) *found {
	f := &object.Fault{Path: p.path, Rule: p.rule + "." + rule, Message: fmt.Sprintf(format, args...), Title: title(p.last(), rule)}
	if !c.full() {
		c.faults = append(c.faults, f)
	}
	return (*found)(f)
}

// full reports whether as many faults are found as are reported. What follows need not be looked at.
func (c *checker) full() bool { return len(c.faults) >= maxFaults }

// title phrases a broken rule for a person.
func title(member, rule string) string {
	name := strings.ReplaceAll(member, "_", " ")
	switch member {
	case "feed":
		name = "asset feed"
	case "story":
		name = "object story"
	}
	switch rule {
	case "max":
		return "Too many " + name
	case "min", "required":
		return "Missing " + name
	case "length":
		return "Too long: " + name
	case "unique":
		return "Repeated " + name
	}
	return "Invalid " + name
}

// limit adds a fault about a number that is too high or too low.
func (c *checker) limit(p at, rule string, sent, limit int, format string, args ...any) *found {
	f := c.fault(p, rule, format, args...)
	f.Sent, f.Limit = sent, limit
	return f
}

// last is the name of the member that a place is about, without list indices.
func (p at) last() string { return p.rule[strings.LastIndexByte(p.rule, '.')+1:] }

// walk checks a value against its shape. A null is taken for a member that was not sent.
func (c *checker) walk(p at, s shape, v any) {
	if c.full() {
		return
	}
	switch s.kind {
	case record:
		c.record(p, s, v)
	case list:
		c.list(p, s, v)
	case choice:
		c.choice(p, s, v)
	case text:
		if t, ok := v.(string); !ok {
			c.fault(p, "type", "%s must be a string", p.last()).meant(p, s, v)
		} else if n := utf8.RuneCountInString(t); n > s.max {
			c.limit(p, "length", n, s.max, "%s has %d characters, at most %d are allowed", p.last(), n, s.max).put(p, object.Shorten(t, s.max))
		}
	case address, deeplink:
		c.address(p, s, v)
	case ident:
		if id(v) == "" {
			c.fault(p, "type", "%s must be an id: a non-empty string or a whole number", p.last())
		}
	case boolean:
		if !slices.Contains([]string{"true", "false", "0", "1"}, fmt.Sprint(v)) {
			c.fault(p, "type", "%s must be true or false", p.last()).meant(p, s, v)
		}
	case number:
		if _, err := strconv.Atoi(id(v)); err != nil {
			c.fault(p, "type", "%s must be a whole number", p.last())
		}
	case crop:
		if !isCrop(v) {
			c.fault(p, "crop", "a crop must be [[left, top], [right, bottom]] in pixels").drop(p)
		}
	}
}

// record checks the members of an object, in alphabetical order so that faults come in the same order every time.
func (c *checker) record(p at, s shape, v any) {
	members, ok := v.(map[string]any)
	if !ok {
		must := "an object"
		if len(s.needs) > 0 {
			must += " with " + strings.Join(s.needs, ", ")
		}
		c.container(p, s, must, v)
		return
	}
	for _, name := range s.needs {
		if v := members[name]; v == nil || v == "" {
			c.fault(p.member(name), "required", "%s is required", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if c.full() {
			return
		}
		v := members[name]
		inner, known := s.members[name]
		switch {
		case v == nil || v == "" && slices.Contains(s.needs, name):
		case known && c.version < inner.since && !c.stored:
			c.fault(p.key(name), "unknown", "%s came with v%d.%d, the request is for v%d.%d", name, inner.since/10, inner.since%10, c.version/10, c.version%10).drop(p.key(name))
		case known:
			c.walk(p.member(name), inner, v)
		case s.allows(name):
			c.walk(p.key(name), *s.elem, v)
		case s.members != nil || s.values != "":
			c.fault(p.key(name), "unknown", "Invalid keys %q were found in param %q: %s", clip(name), strings.Join(p.path, "."), c.instead("it takes", s.names())).renamed(p, name, members, s.names())
		}
	}
}

// names are the members that a record knows, in alphabetical order.
func (s shape) names() []string {
	return slices.Sorted(slices.Values(slices.AppendSeq(strings.Fields(s.values), maps.Keys(s.members))))
}

// instead says what would have been right. After many faults it says less: long lists would make the answer larger than the question.
func (c *checker) instead(verb string, allowed []string) string {
	const enough = 20 // faults
	if len(c.faults) >= enough && len(allowed) > 8 {
		return verb + " one of the names that the reference lists"
	}
	return verb + " one of {" + strings.Join(allowed, ", ") + "}"
}

// list checks an array: its length once, then each element.
func (c *checker) list(p at, s shape, v any) {
	elems, ok := v.([]any)
	if !ok {
		c.container(p, s, "an array", v)
		return
	}
	if n := len(elems); n > s.max {
		c.limit(p, "max", n, s.max, "%d %s were sent, at most %d are allowed", n, p.last(), s.max).dropFrom(p, s.max, n)
	}
	for i, elem := range elems {
		c.walk(p.index(i), *s.elem, elem)
	}
}

// container adds the fault that v is not what it must be; of a string that was meant as JSON it says what stopped the decoder.
func (c *checker) container(p at, s shape, must string, v any) {
	why := ""
	if looksEncoded(v) {
		if _, err := object.DecodeJSON(v.(string)); err != nil {
			why = ": " + err.Error()
		}
	}
	c.fault(p, "type", "%s must be %s%s", p.last(), must, why).meant(p, s, v)
}

// choice checks a value out of a list.
func (c *checker) choice(p at, s shape, v any) {
	if t, ok := v.(string); ok && s.allows(t) {
		return
	}
	f := c.fault(p, "enum", "%s is %q, %s", p.last(), clip(fmt.Sprint(v)), c.instead("it must be", strings.Fields(s.values)))
	f.Subcode = s.subcode
	if f.Known = object.Nearest(fmt.Sprint(v), strings.Fields(s.values), 3); len(f.Known) > 0 {
		f.put(p, f.Known[0])
	}
}

// address checks a URL.
func (c *checker) address(p at, s shape, v any) {
	t, ok := v.(string)
	switch n := utf8.RuneCountInString(t); {
	case !ok:
		c.fault(p, "type", "%s must be a string", p.last())
	case n > maxURL:
		c.limit(p, "length", n, maxURL, "%s has %d characters, at most %d are allowed", p.last(), n, maxURL)
	case s.kind == deeplink && strings.HasPrefix(t, "{{"): // a tag that the catalog fills in
	case s.kind == deeplink:
		if u, err := url.Parse(t); err != nil || u.Scheme == "" || runsScript(u.Scheme) {
			c.fault(p, "url", "%s must be a URL with a scheme that opens an app or a page", p.last())
		}
	default:
		if _, err := parseWeb(t); err != nil {
			f := c.fault(p, "url", "%s must be an absolute http or https URL", p.last())
			if full, ok := webbed(t); ok {
				f.put(p, full)
			}
		}
	}
}

// runsScript names the schemes that run what they carry in the page that opens them.
func runsScript(scheme string) bool {
	return slices.Contains([]string{"javascript", "data", "vbscript", "file", "blob", "about"}, scheme)
}

// id returns an id or hash as a string, "" when the value is none. Numbers with a fraction or an exponent are none.
func id(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		if _, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return v.String()
		}
	case int, int64:
		return fmt.Sprint(v)
	case float64:
		if v == float64(int64(v)) {
			return strconv.FormatInt(int64(v), 10)
		}
	}
	return ""
}

// isCrop reports whether v is two points, the second to the right of and below the first.
func isCrop(v any) bool {
	_, ok := Crop(v)
	return ok
}

// Crop reads a crop: left, top, right and bottom in pixels.
func Crop(v any) (box [4]int, ok bool) {
	points, ok := v.([]any)
	if !ok || len(points) != 2 {
		return box, false
	}
	for i := range points {
		point, ok := points[i].([]any)
		if !ok || len(point) != 2 {
			return box, false
		}
		for j := range point {
			n, err := strconv.Atoi(id(point[j]))
			if err != nil || n < 0 || n > maxSide {
				return box, false
			}
			box[2*i+j] = n
		}
	}
	return box, box[0] < box[2] && box[1] < box[3]
}

// maxSide bounds a coordinate, in pixels: no image is larger.
const maxSide = 30_000

// clip shortens what a caller sent before it goes into a message.
func clip(s string) string {
	const most = 60 // characters
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
