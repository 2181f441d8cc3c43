package object

import (
	"fmt"
	"strings"
)

// Fault is one broken rule in what a caller sent. Every check of the house returns faults, never text, so that one request
// can report all of them at once and each edge can phrase them in its own protocol.
type Fault struct {
	Path    []string       // where, as the caller spelled it: ["asset_feed_spec", "titles", "3", "text"]
	Rule    string         // stable name of the rule: "feed.titles.max"
	Message string         // for a developer; names what was sent and what is allowed
	Title   string         // short, for a person; may be empty
	Detail  string         // a sentence for a person; may be empty
	Code    int            // platform error code; 0 means 100, invalid parameter
	Subcode int            // platform subcode where one is known
	Sent    int            // count or length that was sent, when the rule is a limit
	Limit   int            // the limit, when the rule is one
	Known   []string       // of a name or word that is not known, those that may have been meant, likeliest first
	Data    map[string]any // error_data where clients read members of it; nil for the usual one
	Fixes   []Fix          // changes to what was sent that together satisfy the rule; none where only the caller can know
}

// Fix is one change to what a caller sent. The path is in the caller's spelling, as in Fault.Path.
type Fix struct {
	Path  []string
	Value any  // what to put there; objects on the way are made
	Drop  bool // take the member or element away instead
}

// Put adds the fix that puts a value at a path, or where the fault is.
func (f *Fault) Put(value any, path ...string) *Fault {
	if len(path) == 0 {
		path = f.Path
	}
	f.Fixes = append(f.Fixes, Fix{Path: path, Value: value})
	return f
}

// Without adds the fix that takes away what is at a path, or where the fault is.
func (f *Fault) Without(path ...string) *Fault {
	if len(path) == 0 {
		path = f.Path
	}
	f.Fixes = append(f.Fixes, Fix{Path: path, Drop: true})
	return f
}

// Error makes a fault usable as an error when it is the only one.
func (f *Fault) Error() string {
	if len(f.Path) == 0 {
		return f.Message
	}
	return fmt.Sprintf("%s: %s", strings.Join(f.Path, "."), f.Message)
}

// Faults is everything that is wrong with one request, in the order in which it was found.
type Faults []*Fault

// Error joins the faults, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns nil for no faults, so that `return faults.Err()` never yields a non-nil empty error.
func (fs Faults) Err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// Warning is advice that does not refuse a request; it travels in the `warnings` member of the answer.
type Warning struct {
	Rule    string   `json:"rule"`
	Path    []string `json:"path,omitempty"`
	Message string   `json:"message"`
	As      []string `json:"-"` // where what was sent at Path stands now, if it was read as something else
}

// Broken makes a fault of a rule; subcode is 0 where the platform has none.
func Broken(rule string, subcode int, message string, path ...string) *Fault {
	return &Fault{Rule: rule, Subcode: subcode, Message: message, Path: path}
}
