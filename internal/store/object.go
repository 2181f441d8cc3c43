package store

// Object is one stored Graph object. Data holds coerced values by field name, in the types that package object names;
// it does not hold id, account_id, created_time or updated_time, which are columns.
type Object struct {
	ID        string         // "act_1", "120200000000000001", "1:9d37…" for an image
	Type      string         // name of the object.Type
	AccountID string         // digits of the owning ad account; "" for users and pages
	Seq       int64          // order of creation, unique over all objects; lists are newest first by it
	Status    string         // configured status in the platform's words; "" for types without one
	Hash      string         // content hash for types that return the existing object for equal content; "" otherwise
	Data      map[string]any // decoded with UseNumber off: numbers that do not fit a float64 are kept as strings by kind
	Refs      []Ref          // every reference that Data makes, written with the object
	Created   int64          // unix seconds
	Updated   int64          // unix seconds
}

// Ref says that Object names another object in one of its fields. It is what reverse edges are listed by.
type Ref struct {
	Field string // "campaign_id"
	To    string // id of the object referred to
}

// Page asks for a part of a list, newest first. After and Before are Seq values, exclusive; zero means unbounded.
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
}
