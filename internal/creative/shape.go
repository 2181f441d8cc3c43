package creative

import (
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// kind is what a value inside a spec must be.
type kind uint8

const (
	anything kind = iota // stored and echoed as sent; not looked into
	text                 // string of at most max characters
	ident                // id or hash: a non-empty string or a whole number
	address              // absolute http or https URL of at most max characters
	deeplink             // URL of any scheme that runs no script, or a catalog tag
	boolean              // bool
	number               // whole number, or its digits in a string
	choice               // string out of values
	list                 // array of at most max elements of elem
	record               // object with members
	crop                 // rectangle [[left, top], [right, bottom]] in pixels of the original
)

// Sizes that hold where the platform documents none, so that nothing is unbounded.
const (
	maxURL  = 1000 // characters; documented
	maxText = 10000
	maxList = 100
)

// shape describes one value of a typed spec. The checks of types, lengths, counts, values and unknown members, the decoding of JSON
// strings and the reference page all derive from it.
type shape struct {
	kind    kind
	max     int              // characters of a text, elements of a list
	values  string           // what a choice allows, words with white space between
	subcode int              // platform subcode of a wrong choice
	elem    *shape           // of a list, or of every member of a record whose names are listed in values
	members map[string]shape // of a record; a record without members and values takes any
	needs   []string         // members that a record cannot do without
	since   object.Version   // the first version that knows this member
}

// short is a text with its own limit.
func short(max int) shape { return shape{kind: text, max: max} }

// plain is a text for which no limit is documented.
func plain() shape { return short(maxText) }

// web is a URL that a browser may be sent to.
func web() shape { return shape{kind: address, max: maxURL} }

// one is a value out of a list.
func one(values string) shape { return shape{kind: choice, values: values} }

// allows reports whether v is one of the values.
func (s shape) allows(v string) bool {
	for value := range strings.FieldsSeq(s.values) {
		if value == v {
			return true
		}
	}
	return false
}

// of is a value of a kind that needs no more said.
func of(k kind) shape { return shape{kind: k} }

// listOf is an array.
func listOf(max int, elem shape) shape { return shape{kind: list, max: max, elem: &elem} }

// open is a record that takes any members: the platform names none.
func open() shape { return shape{kind: record} }

// latest is a shape that v26.0 brought.
func latest(s shape) shape {
	s.since = 260
	return s
}

// fields is a record that takes these members only; needs names the ones that must be there.
func fields(members map[string]shape, needs ...string) shape {
	return shape{kind: record, members: members, needs: needs}
}
