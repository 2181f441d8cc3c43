package inspect

// Explanation says what is wrong with a request, and what would have been accepted.
type Explanation struct {
	Fault             // the one that the error is about
	Faults    []Fault `json:"faults"`              // all that were found, that one included
	Repaired  string  `json:"repaired,omitempty"`  // the JSON that an unreadable body was probably meant to be
	Changes   []Fix   `json:"changes,omitempty"`   // what was changed to get Corrected, in order
	Corrected any     `json:"corrected,omitempty"` // the parameters after the changes, without secrets and files
	Accepted  bool    `json:"accepted"`            // Corrected was tried and would have been carried out
	Remaining []Fault `json:"remaining,omitempty"` // what is still wrong with Corrected: only the caller can know the right value
}

// Fault is one broken rule.
type Fault struct {
	Rule    string   `json:"rule"`
	Path    []string `json:"path,omitempty"`
	Code    int      `json:"code"`
	Subcode int      `json:"subcode,omitempty"`
	Message string   `json:"message"`
	Sent    int      `json:"sent,omitempty"`  // count, length or amount, where the rule is a limit
	Limit   int      `json:"limit,omitempty"` // the limit
	Why     string   `json:"why,omitempty"`   // what stands behind the rule
	Known   []string `json:"known,omitempty"` // of an unknown name or word, those that may have been meant
	Fixes   []Fix    `json:"fixes,omitempty"` // changes that satisfy it
}

// Fix is one change of the parameters: Set puts a value at a path, Drop takes what is there away.
type Fix struct {
	Path []string `json:"path"`
	Set  any      `json:"set,omitempty"`
	Drop bool     `json:"drop,omitempty"`
}
