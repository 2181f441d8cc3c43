package store

import "time"

// Object is one stored Graph object. Data holds coerced values by field name, in the types that package object names;
// it does not hold id, account_id, created_time or updated_time, which are columns.
//
// Data is kept as JSON. It reads back as map[string]any, []any, string, bool and nil; a number without fraction or exponent that
// fits is an int64, any other number a float64. So 5000 stays exact whatever its size, and a float64 of 3 reads back as int64 3:
// readers of fractional fields accept both.
type Object struct {
	ID        string         // "act_1", "120200000000000001", "1:9d37…" for an image
	Type      string         // name of the object.Type
	AccountID string         // digits of the owning ad account; "" for users and pages
	Seq       int64          // order of creation, unique over all objects; lists are newest first by it; Insert gives one when it is 0
	Status    string         // configured status in the platform's words; "" for types without one
	Hash      string         // content hash for types that return the existing object for equal content; "" otherwise
	Data      map[string]any // see above
	Refs      []Ref          // every reference that Data makes, written with the object; not read back
	Created   int64          // unix seconds
	Updated   int64          // unix seconds
}

// Ref says that Object names another object in one of its fields. It is what reverse edges are listed by.
type Ref struct {
	Field string // "campaign_id"
	To    string // id of the object referred to
}

// Page asks for a part of a list, newest first. After continues behind the object with that Seq (older ones), Before returns
// the ones just before it (newer), still newest first; both are exclusive and zero means unbounded. Limit zero means all.
type Page struct {
	After  int64
	Before int64
	Limit  int
}

// Listing selects the objects of one type that refer to To by Field. Statuses keeps only these configured statuses;
// empty means all but DELETED and ARCHIVED.
type Listing struct {
	Type     string
	Field    string
	To       string
	Statuses []string
	Where    Where
	From     Page // where ListMany begins in each list, and in which direction it goes on
}

// Text is a field that holds a string; "" when it is absent or of another kind, and of no object.
func (o *Object) Text(field string) string {
	if o == nil {
		return ""
	}
	s, _ := o.Data[field].(string)
	return s
}

// Zone is the time zone of an ad account, by which its reports and its learning are dated; UTC where the name is unknown and for
// what is no account.
func (o *Object) Zone() *time.Location {
	zone, err := time.LoadLocation(o.Text("timezone_name"))
	if err != nil {
		return time.UTC
	}
	return zone
}
