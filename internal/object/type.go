package object

// Kind is the wire type of a field's value. The second name is the type that the value has after coercion.
type Kind uint8

// The kinds of the platform's values.
const (
	String Kind = iota + 1 // string
	Bool                   // bool; accepts true, false, 1, 0, "" as PHP sends false
	Int                    // int64; accepts numbers and digit strings
	Float                  // float64
	Money                  // int64 minor units of the account's currency; read back as a digit string
	ID                     // string of digits, or an id of the object's own form such as act_1 or 1:hash; accepts JSON numbers
	Time                   // int64 unix seconds; read back as 2026-01-31T08:00:00-0800 in the account's time zone
	Enum                   // string out of Field.Enum
	List                   // []any of Field.Elem; accepts a JSON list, a comma list or one bare value
	Object                 // map[string]any; accepts a JSON object or a string that holds one, however often encoded
	Any                    // stored and echoed as it came
)

// Mode says who may do what with a field. A field without Create and Update is computed or set by the server.
type Mode uint16

// What the caller may do, and what is usual of it.
const (
	Read     Mode = 1 << iota // can be asked for in fields=
	Create                    // accepted on create
	Update                    // accepted on update
	Required                  // create fails without it
	Default                   // answered when the caller names no fields

	Fixed    = Read | Create          // set once, at creation
	Editable = Read | Create | Update // set and changed by the caller
	Derived  = Read                   // never set by the caller
)

// Version is major*10+minor of a Graph API version: v23.0 is 230. Zero means "no bound".
type Version int

// The window of versions that the platform's clients speak today; an unversioned path means Newest.
const (
	Oldest Version = 190
	Newest Version = 260
)

// Support says how much of the platform's behaviour stands behind a field, a parameter or an edge. The compatibility page is made of it.
type Support uint8

// From the most to the least.
const (
	Supported Support = iota // it does what it does on the platform
	Stored                   // kept and read back with the right type; nothing follows from it
	Ignored                  // accepted, and neither kept nor ever set
	Refused                  // known, and answered with an error that says that it is not emulated
)

// Field is one member of a Graph object.
type Field struct {
	Name     string
	Kind     Kind
	Elem     Kind     // element kind of a List
	Reads    Kind     // kind of what a resolver answers, when that is not what is sent; 0 for the same
	Enum     []string // allowed values of an Enum, or of a List of Enum
	Mode     Mode
	Ref      string   // name of the Type whose id this field holds; the store then lists the reverse edge
	Alias    []string // older parameter names of the same field
	Preset   any      // value on create when the caller sends none, of the coerced type
	Unless   []string // other parameters that say what a Required field would
	Remedy   any      // of a Required field: what serves when nothing else is known, for explanations
	Compute  string   // name of the field resolver that produces the value on read; nothing is stored
	Inside   Kinds    // of an Object without texts for people, or of a List of such: what its members are
	MaxRunes int      // longest accepted string, 0 for the general limit
	Since    Version  // first version that knows the field
	Until    Version  // last version that knows the field
	Unasked  Version  // first version that answers it by default; 0 for all, goes with Default
	Support  Support  // how much stands behind it
	Doc      string   // one sentence for the reference page
	Example  string
}

// Kinds are the kinds of an object's members by name, at any depth, where clients send other ones: forms have nothing but text, and some
// programs write ids as numbers.
type Kinds map[string]Kind

// Has reports whether every bit of m is set.
func (f *Field) Has(m Mode) bool { return f.Mode&m == m }

// Edge is a named connection from an object to rows of another type. At most one of By, Via, Resolve and Get says what a GET
// answers; Create and Action say what a POST does, if anything.
type Edge struct {
	Name     string
	Alias    []string // older names of the same edge
	Target   string   // name of the Type of the rows
	By       string   // field of Target that refers to this object
	Via      string   // field of this object that holds the id of the one row, such as an ad's creative
	Resolve  string   // name of the edge resolver, for rows that are not stored objects
	Get      string   // name of the action that a GET runs, for an answer that is no list
	Filter   string   // name of the row filter that reads the parameters which choose among the rows of By
	Summary  string   // name of the field resolver whose value of this object is the summary of the rows of By, asked for or not
	Default  []string // fields of a row when the caller names none; empty for the type's own
	Create   bool     // POST creates a Target whose By field is this object
	Action   string   // name of the action that a POST runs instead of a plain create
	Delete   string   // name of the action that a DELETE runs
	Params   []Field  // parameters beyond fields, limit, cursors, filtering and summary
	Open     bool     // needs no access token
	Scope    string   // permission that its requests need, instead of that of the object that has it; AnyToken for none
	Also     string   // another permission that lets a token without the object's own make them
	Since    Version
	Until    Version
	Undoable bool    // the action does nothing outside its transaction, so that it can be tried
	Support  Support // Refused answers every verb with an error that says so
	Doc      string
}

// Type is one kind of Graph object.
type Type struct {
	Name    string // ours, as in a Ref: "adset"
	Display string // the platform's name in error messages: "AdCampaign"
	Fields  []Field
	Edges   []Edge
	Prepare []string // hooks, run in order on every create and update inside the transaction, before the row is written
	Delete  []string // hooks that may refuse a delete or carry it to the object's children
	Scopes  Scopes   // of objects that belong to no ad account, and beside the usual ones of those that do
	Erased  bool     // a delete takes the row away, so that the id means nothing any more; otherwise the status becomes DELETED
	Doc     string
}

// Field returns the field with that name or older name, or nil.
func (t *Type) Field(name string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	for i := range t.Fields {
		for _, alias := range t.Fields[i].Alias {
			if alias == name {
				return &t.Fields[i]
			}
		}
	}
	return nil
}

// Edge returns the edge with that name or older name, or nil.
func (t *Type) Edge(name string) *Edge {
	for i := range t.Edges {
		if t.Edges[i].Name == name {
			return &t.Edges[i]
		}
		for _, alias := range t.Edges[i].Alias {
			if alias == name {
				return &t.Edges[i]
			}
		}
	}
	return nil
}

// Scopes name the permissions that objects outside of every ad account ask for; each empty one means that of an account's objects. A token
// that is limited to some accounts needs the named one in any case, unless the objects are shared. AnyToken is a name, too. For an account's
// objects the named one does as well as the usual.
type Scopes struct {
	Read   string // "business_management"
	Write  string
	Shared bool // ads of every account name such objects, so that a token for any of them sees and reads them
}
