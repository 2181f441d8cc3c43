package client

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// InspectedRequest is what the server remembers of a request of the Graph API: what was sent, what became of it, and why it was refused.
// Secrets are masked, long values cut. The whole of it is in Raw.
type InspectedRequest struct {
	TraceID string    `json:"trace_id"`
	Time    time.Time `json:"time"`
	Method  string    `json:"method"`
	Path    string    `json:"path"`
	Caller  string    `json:"caller"`
	Status  int       `json:"status"`
	Error   *struct {
		Code    int    `json:"code"`
		Subcode int    `json:"subcode"`
		Message string `json:"message"`
	} `json:"error"`
	Explanation *RefusalExplained `json:"explain"`

	Ignored    []InspectedValue `json:"ignored"`     // not known, or without any effect
	Collapsed  []InspectedValue `json:"collapsed"`   // read as something else
	Defaulted  []InspectedValue `json:"defaulted"`   // not sent, and filled in
	StoredOnly []InspectedValue `json:"stored_only"` // kept, and nothing follows from them

	Raw json.RawMessage `json:"-"`
}

// InspectedValue is one value that was not simply stored as it was sent.
type InspectedValue struct {
	Path    []string        `json:"path"`
	Message string          `json:"message"`
	Value   json.RawMessage `json:"value"`
}

// RefusalExplained says what was wrong with a request, and what would have been accepted.
type RefusalExplained struct {
	Faults    []ExplainedFault `json:"faults"`
	Repaired  string           `json:"repaired"`  // the JSON that an unreadable body was probably meant to be
	Corrected json.RawMessage  `json:"corrected"` // parameters; they passed a trial if Accepted
	Accepted  bool             `json:"accepted"`
	Remaining []ExplainedFault `json:"remaining"` // what is still wrong with Corrected: only the caller can know
}

// ExplainedFault is one broken rule.
type ExplainedFault struct {
	Rule    string   `json:"rule"`
	Path    []string `json:"path"`
	Message string   `json:"message"`
	Why     string   `json:"why"`   // what stands behind the rule
	Known   []string `json:"known"` // of an unknown word, those that may have been meant
}

// Inspect finds a request by the fbtrace_id of its answer. The token must be able to read the ad account that it was about, or be the one
// that was sent; an admin's finds every request.
func (c *Client) Inspect(ctx context.Context, traceID string) (InspectedRequest, error) {
	var got InspectedRequest
	a, err := c.send(ctx, request{method: http.MethodGet, url: c.root("/v1/inspector/requests/" + url.PathEscape(traceID)), repeatable: true})
	if err == nil {
		err = decode(a.body, &got)
		got.Raw = a.body
	}
	return got, err
}
