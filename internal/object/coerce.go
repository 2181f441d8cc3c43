package object

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of coerced values, beyond what a field's own declaration says.
const (
	maxRunes = 100_000 // of a stored string without a MaxRunes of its own
	maxItems = 5000    // of a list
	maxExact = 1 << 53 // integers beyond are not the same in every client's JSON
)

// idPattern is what an id may look like: digits, act_1, 1:hash, or a word such as NONE. References are looked up by it.
var idPattern = regexp.MustCompile(`^[A-Za-z0-9_:.-]{1,128}$`)

// Coerce turns a raw parameter into the value that the field's Kind documents, or says what is wrong with it. Raw is a string, or
// what JSON decodes to. As is the name that the caller used, which may be an alias. Zone is the account's, for times without one.
// A JSON null comes out as nil, and so does the empty string that PHP sends for it, but for text, truth values and lists.
func (f *Field) Coerce(as string, raw any, zone *time.Location) (any, *Fault) {
	c := coercion{field: f, path: []string{as}, zone: zone}
	if raw == nil {
		return nil, nil
	}
	return c.value(f.Kind, raw)
}

// coercion is one value on its way into a kind.
type coercion struct {
	field *Field
	path  []string // of the value, for faults
	zone  *time.Location
}

// value coerces by kind.
func (c coercion) value(kind Kind, raw any) (any, *Fault) {
	switch kind {
	case List:
		return c.list(raw)
	case Object:
		return c.object(raw)
	case Any:
		return c.any(raw)
	}
	text, ok := scalar(raw)
	if !ok {
		return nil, c.fault(kind, "must be "+kindNoun(kind)+", not an array or object")
	}
	if kind == String {
		return c.text(text)
	}
	if text = unquote(text); text == "" && kind != Bool {
		return nil, nil
	}
	return c.scalar(kind, text)
}

// scalar coerces text to a kind that has no members. The text has lost one pair of JSON quotes, which the platform's own
// documentation puts round plain values.
func (c coercion) scalar(kind Kind, text string) (any, *Fault) {
	switch kind {
	case Bool:
		return c.bool(text)
	case Int, Money:
		return c.int(kind, text)
	case Float:
		return c.float(text)
	case ID:
		if !idPattern.MatchString(text) {
			return nil, c.fault(ID, "must be an id")
		}
		return text, nil
	case Time:
		return c.time(text)
	case Enum:
		return c.enum(text)
	}
	return nil, c.fault(kind, "has no kind")
}

// text checks a string that is kept as it came.
func (c coercion) text(s string) (any, *Fault) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return nil, c.fault(String, "must be UTF-8 text")
	}
	limit := c.field.MaxRunes
	if limit == 0 && (c.field.Has(Create) || c.field.Has(Update)) {
		limit = maxRunes
	}
	if n := utf8.RuneCountInString(s); limit > 0 && n > limit {
		fault := c.fault(String, fmt.Sprintf("must be at most %d characters, %d were sent", limit, n))
		fault.Rule, fault.Sent, fault.Limit = "text.max", n, limit
		fault = fault.Put(Shorten(s, limit))
		return nil, fault
	}
	return s, nil
}

// bool reads the spellings of a truth value; the empty string is PHP's false.
func (c coercion) bool(s string) (any, *Fault) {
	switch strings.ToLower(s) {
	case "true", "1":
		return true, nil
	case "false", "0", "":
		return false, nil
	}
	fault := c.fault(Bool, "must be a boolean")
	switch strings.ToLower(s) {
	case "yes", "on", "y", "t":
		fault = fault.Put(true)
	case "no", "off", "n", "f", "none", "null":
		fault = fault.Put(false)
	}
	return nil, fault
}

// int reads a whole number; 5.0 counts, because some JSON encoders write it so. Money is never negative.
func (c coercion) int(kind Kind, s string) (any, *Fault) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		if whole, ok := strings.CutSuffix(s, ".0"); ok {
			n, err = strconv.ParseInt(whole, 10, 64)
		}
	}
	if err != nil || n > maxExact || n < -maxExact || (kind == Money && n < 0) {
		return nil, c.fault(kind, "must be "+kindNoun(kind))
	}
	return n, nil
}

// float reads a finite number.
func (c coercion) float(s string) (any, *Fault) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return nil, c.fault(Float, "must be a number")
	}
	return n, nil
}

// enum checks that the word is one of the field's. The two messages are the platform's, for a value and for a list's element.
func (c coercion) enum(s string) (any, *Fault) {
	if slices.Contains(c.field.Enum, s) {
		return s, nil
	}
	fault := c.fault(Enum, "must be one of {"+strings.Join(c.field.Enum, ", ")+"}")
	if len(c.path) > 1 {
		fault.Message = fmt.Sprintf("(#100) %s[%s] must be one of the following values: %s", c.path[0], c.path[1], strings.Join(c.field.Enum, ", "))
	}
	if fault.Known = Nearest(s, c.field.Enum, 3); len(fault.Known) > 0 {
		fault = fault.Put(fault.Known[0])
	} else if len(c.path) > 1 || !c.field.Has(Required) {
		fault = fault.Without()
	}
	return nil, fault
}

// fault phrases a broken rule of the kind.
func (c coercion) fault(kind Kind, rest string) *Fault {
	name := c.path[0]
	for _, index := range c.path[1:] {
		name += "[" + index + "]"
	}
	return &Fault{Path: slices.Clone(c.path), Rule: "kind." + kindName(kind), Message: "(#100) Param " + name + " " + rest}
}

// scalar renders a raw value without members as the text that a form would have carried.
func scalar(raw any) (string, bool) {
	switch v := raw.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// unquote trims space and takes one pair of JSON quotes away.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return s
	}
	var inner string
	if json.Unmarshal([]byte(s), &inner) != nil {
		return s
	}
	return inner
}

// kindName is the kind in a rule's name.
func kindName(k Kind) string {
	names := [...]string{String: "string", Bool: "bool", Int: "int", Float: "float", Money: "money", ID: "id", Time: "time", Enum: "enum", List: "list", Object: "object", Any: "any"}
	if int(k) >= len(names) {
		return ""
	}
	return names[k]
}

// kindNoun is the kind in a message, with its article.
func kindNoun(k Kind) string {
	nouns := [...]string{
		String: "a string", Bool: "a boolean", Int: "an integer", Float: "a number", Money: "a non-negative integer, the amount in the currency's minor unit",
		ID: "an id", Time: "a time", Enum: "a string", List: "an array", Object: "an object", Any: "a value",
	}
	return nouns[k]
}
