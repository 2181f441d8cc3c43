package graph

import (
	"context"
	"net/url"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Caller is who asks, once the token is known to be good.
type Caller struct {
	UserID   string   // id of the object that the token speaks for, a User or a Page; empty for an application's own token
	Name     string   // the token's label, for the audit
	Kind     string   // store.UserToken, …
	AppID    string   // id of the Application that issued the token
	Scopes   []string // "ads_read", "ads_management", "sandbox", "admin", …
	Accounts []string // digits of the accounts it may touch; empty means all

	token string           // the access token itself
	types *object.Registry // what the objects outside of accounts ask for; nil means nothing of their own
}

// Call is one request after authentication: what hooks, resolvers and actions get to see of it.
type Call struct {
	Caller  Caller
	Version object.Version
	Base    *url.URL      // scheme and host that the client used; every URL in an answer starts with it
	Params  Params        // every parameter, decoded from wherever it came; of an expanded edge, its modifiers
	Args    Args          // the parameters that the edge declares, coerced and without faults
	TraceID string        // fbtrace_id of the answer
	Now     int64         // unix seconds, one value for the whole request
	Node    *store.Object // the object of the path; nil at the root
	Account *store.Object // the ad account that owns Node; nil for users and pages
	Ready   any           // what an action's preparation gave
	Latency int64         // seconds that things take which take time on the platform: a review, a report, a video's processing

	handler *Handler // behind Create and Save
	asked   *asked   // the request
	later   *later   // shared with the calls that this one makes of itself
	verb    string   // get, post or delete
	path    target   // what the request's path names
	token   string   // the access token if it came as a parameter of a read: links in the answer carry it on
}

// AccessToken is the token that the caller sent, wherever it stood.
func (c *Call) AccessToken() string { return c.Caller.token }

// Args are coerced parameters by name; an absent one was not sent.
type Args map[string]any

// Write is one create or update inside its transaction, before the row is written.
type Write struct {
	*Call
	Tx       store.Tx
	Type     *object.Type
	Old      *store.Object           // as stored; nil on create
	Data     map[string]any          // the whole new state, coerced; hooks may change it
	Sent     map[string]any          // the coerced values that the caller sent, by field name
	Hash     string                  // content hash to keep with the row, for a later ObjectByHash; starts as the old row's
	Faults   object.Faults           // hooks add here and go on, so that every fault is found in one pass
	Warnings []object.Warning        // answered in the `warnings` member
	Row      *store.Object           // the row once it is written; set before After runs
	Existing *store.Object           // set by a hook to answer with this object instead of creating one
	After    []func(id string) error // run after the row is written, in the same transaction; nil error or the whole write is undone

	Named func(digits string) string // set by a hook to make the id of a new object out of its digits; nil for the digits themselves

	raw Params // what was sent, before it was coerced
}

// mostFaults is how many faults of one write are answered: nobody reads more, and the answer would outgrow the question.
const mostFaults = 500

// Fault adds a fault.
func (w *Write) Fault(f *object.Fault) {
	if len(w.Faults) < mostFaults {
		w.Faults = append(w.Faults, f)
	}
}

// Creating reports whether this write makes a new object.
func (w *Write) Creating() bool { return w.Old == nil }

// Hook checks or completes a write. It returns an error only when it cannot go on; a broken rule is a fault.
type Hook func(ctx context.Context, w *Write) error

// DeleteHook may refuse a delete (by returning an object.Fault) or carry it on to children.
type DeleteHook func(ctx context.Context, call *Call, tx store.Tx, obj *store.Object) error

// FieldResolver computes one field for many objects at once: one value per object, nil where there is none. It must not make
// more store calls for more objects. Sub is what the caller selected below the field; nil when nothing. A value that is a
// *store.Object, or a []*store.Object of a list, is rendered by the protocol with what was selected; a map is cut down to it.
type FieldResolver func(ctx context.Context, call *Call, tx store.Tx, objs []*store.Object, sub *Selection) ([]any, error)

// EdgeResolver answers GET on an edge whose rows are not stored objects. The rows are the values of `data`;
// the protocol adds the envelope.
type EdgeResolver func(ctx context.Context, call *Call, tx store.Tx, sub *Selection) (*Rows, error)

// RowFilter reads an edge's parameters, Call.Args, and gives the condition that each row has to meet; nil for all rows. It runs before
// anything is read, whatever the rows will hang under: a parameter that makes no sense is an object.Fault.
type RowFilter func(call *Call) (func(*store.Object) bool, error)

// Pin reads the same parameters after a row filter and gives the hashes of the only rows under a parent that can meet its condition, so
// that no other row is looked at; nil when the parameters do not say.
type Pin func(call *Call) func(parent *store.Object) []string

// Address finds an object by an address that is not its id, such as catalog:<id>:<sku>; rest is what follows the first colon. What is not
// there is store.ErrNotFound.
type Address func(ctx context.Context, tx store.Tx, rest string) (*store.Object, error)

// Rows is a list that a resolver made: either Objects, or Data with its own cursors.
type Rows struct {
	Objects []*store.Object // all of them, newest first: the protocol leaves out what the caller may not see, pages and renders the rest

	Data    []any  // each an object.Ordered, a map or a struct that encodes to a JSON object
	One     any    // instead of a list, the one value of `data`, like an element of Data
	First   string // cursor of the page's beginning; with Last it is answered even when nothing precedes or follows
	Last    string // cursor of the page's end
	Next    string // cursor of the following page, "" on the last
	Prev    string // cursor of the preceding page, "" on the first
	Summary any    // `summary` member, nil for none
	Total   int    // total_count for summary=true; -1 when not known
}

// Action answers a POST or DELETE on an edge that does more than create one object, or a GET whose answer is no list. What it
// returns is the answer.
type Action func(ctx context.Context, call *Call, tx store.Tx) (any, error)

// Reader runs a function in a read transaction.
type Reader func(ctx context.Context, fn func(store.Tx) error) error

// Preparation does the part of an action that writes nothing but takes long, such as decoding pictures. It runs before the action, in no
// transaction: it may wait for somebody else's server, and read is for what it has to look up. What it returns is the action's
// Call.Ready, and its error the answer.
type Preparation func(ctx context.Context, call *Call, read Reader) (any, error)

// Finder finds an object that is not stored, because another one amounts to it: the post behind a creative. It answers store.ErrNotFound for
// an id that is not of its kind.
type Finder func(ctx context.Context, tx store.Tx, id string) (*store.Object, error)

// Extensions is everything that the declarations refer to by name.
type Extensions struct {
	Hooks   map[string]Hook
	Deletes map[string]DeleteHook
	Fields  map[string]FieldResolver
	Edges   map[string]EdgeResolver
	Filters map[string]RowFilter
	Pins    map[string]Pin // by the name of the row filter, for those that have one
	Actions map[string]Action
	Prepare map[string]Preparation // by the name of the action, for those that have one
	Address map[string]Address     // by the word before the first colon
	Finders map[string]Finder      // by the name of the type of what they find
}
