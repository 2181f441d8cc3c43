package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Error is a refusal that the server explained. Use errors.AsType or errors.As to get at it, and compare Code and Subcode, never text.
type Error struct {
	Status      int        // HTTP status
	Code        int        // platform error code: 100 for an invalid parameter, 190 for a bad token, …
	Subcode     int        // 0 when there is none
	Type        string     // OAuthException, GraphMethodException, …
	Message     string     // for a developer
	UserTitle   string     // for a person, may be empty
	UserMessage string     // for a person, may be empty
	Blame       [][]string // paths of the parameters at fault: [["asset_feed_spec","titles"]]
	TraceID     string     // finds the request in the server's log
	Transient   bool       // the same request may succeed later
}

// Error puts what a person needs first, then where to look.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.UserMessage != "" && e.UserMessage != e.Message {
		fmt.Fprintf(&b, ": %s", e.UserMessage)
	}
	for _, path := range e.Blame {
		fmt.Fprintf(&b, " [%s]", strings.Join(path, "."))
	}
	fmt.Fprintf(&b, " (status %d", e.Status)
	if e.Code != 0 {
		fmt.Fprintf(&b, ", code %d", e.Code)
	}
	if e.Subcode != 0 {
		fmt.Fprintf(&b, "/%d", e.Subcode)
	}
	if e.TraceID != "" {
		fmt.Fprintf(&b, ", trace %s", e.TraceID)
	}
	return b.String() + ")"
}

// wireError is the error envelope. error_data is an object or a string that holds one.
type wireError struct {
	Message     string          `json:"message"`
	Type        string          `json:"type"`
	Code        int             `json:"code"`
	Subcode     int             `json:"error_subcode"`
	Data        json.RawMessage `json:"error_data"`
	Transient   bool            `json:"is_transient"`
	UserTitle   string          `json:"error_user_title"`
	UserMessage string          `json:"error_user_msg"`
	TraceID     string          `json:"fbtrace_id"`
}

// failure turns an answer into an error: any status of 400 and more, and any body with an `error` member, whatever its status.
// It returns nil for a success.
func failure(status int, body []byte) error {
	var envelope struct {
		Error *wireError `json:"error"`
	}
	bad := status >= http.StatusBadRequest
	if bad || strings.HasPrefix(string(body[:min(len(body), 64)]), `{"error"`) {
		_ = json.Unmarshal(body, &envelope) // a body in another form is reported as text below
	}
	w := envelope.Error
	switch {
	case w == nil && !bad:
		return nil
	case w == nil:
		return &Error{Status: status, Message: plain(status, body), Transient: status == http.StatusServiceUnavailable}
	}
	return &Error{
		Status: status, Code: w.Code, Subcode: w.Subcode, Type: w.Type, Message: w.Message, Transient: w.Transient,
		UserTitle: w.UserTitle, UserMessage: w.UserMessage, Blame: blame(w.Data), TraceID: w.TraceID,
	}
}

// plain describes an answer that is not the envelope by the start of its text, or by its status when it has none.
func plain(status int, body []byte) string {
	const shown = 200 // bytes
	text := strings.TrimSpace(strings.ToValidUTF8(string(body[:min(len(body), shown)]), ""))
	if text == "" {
		return http.StatusText(status)
	}
	return text
}

// blame reads error_data.blame_field_specs; data in any other form blames nobody.
func blame(data json.RawMessage) [][]string {
	var text string
	if json.Unmarshal(data, &text) == nil {
		data = json.RawMessage(text)
	}
	var specs struct {
		Blame [][]string `json:"blame_field_specs"`
	}
	if json.Unmarshal(data, &specs) != nil {
		return nil
	}
	return specs.Blame
}
