package inspect

import "time"

// Record is what is remembered of one request.
type Record struct {
	TraceID string         `json:"trace_id"` // fbtrace_id of the answer
	Time    time.Time      `json:"time"`     // of arrival
	Method  string         `json:"method"`   // after a `method` parameter had its say: GET, POST or DELETE
	Path    string         `json:"path"`     // without the query
	Version string         `json:"version"`  // v25.0
	Caller  string         `json:"caller,omitempty"`
	Agent   string         `json:"user_agent,omitempty"`
	Account string         `json:"account,omitempty"` // digits of the ad account that the node belongs to
	Status  int            `json:"status"`            // of HTTP
	Micros  int64          `json:"duration_us"`
	Error   *Failure       `json:"error,omitempty"`
	Sent    map[string]any `json:"sent,omitempty"`   // parameters from wherever they came, secrets masked, long values cut
	Stored  []Stored       `json:"stored,omitempty"` // the objects that were written, in order
	Notes
	Explanation *Explanation `json:"explain,omitempty"` // of a refusal

	Holder string `json:"-"` // hash of the token that was sent: whoever holds it may read the record
}

// Failure is the refusal as it was answered.
type Failure struct {
	Code    int    `json:"code"`
	Subcode int    `json:"subcode,omitempty"`
	Message string `json:"message"`
}

// Stored is one object that a request wrote, or found to be there already.
type Stored struct {
	ID     string         `json:"id"`
	Type   string         `json:"type"`
	Action string         `json:"action"`           // create, update, existing (nothing was written), or save (written by a rule)
	Values map[string]any `json:"values,omitempty"` // the stored values that are not what was sent, by field
}

// Notes are what became of the values of a write other than being stored as they were sent.
type Notes struct {
	Ignored    []Note `json:"ignored,omitempty"`     // no declaration knows them, or they change nothing
	Collapsed  []Note `json:"collapsed,omitempty"`   // read as something else
	Defaulted  []Note `json:"defaulted,omitempty"`   // not sent, and filled in by the server
	StoredOnly []Note `json:"stored_only,omitempty"` // kept and read back; nothing follows from them here
}

// Note is about one value.
type Note struct {
	Path    []string `json:"path"`
	Object  string   `json:"object,omitempty"` // the type of the object whose field it is, where a request may write several
	Message string   `json:"message,omitempty"`
	Value   any      `json:"value,omitempty"` // what stands there now
}
