package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/marquetry/marquetry/internal/object"
)

// faultsOf finds the broken rules in an error; nil means that the server itself failed.
func faultsOf(err error) object.Faults {
	var many object.Faults
	if errors.As(err, &many) && len(many) > 0 {
		return many
	}
	var one *object.Fault
	if errors.As(err, &one) {
		return object.Faults{one}
	}
	return nil
}

// envelope is the one place where an error becomes an answer. The leading fault gives the code and the message; with several, the text
// for a person and the blame name them all. An error that is no fault is an internal one, whose cause the caller does not see.
func envelope(err error, traceID string) (status int, body object.Ordered) {
	faults := faultsOf(err)
	if faults == nil {
		faults = object.Faults{fault(codeUnknown, "An unknown error occurred")}
	}
	first := leading(faults)
	code := codeOf(first)
	e := object.Ordered{
		{Name: "message", Value: numbered(first)},
		{Name: "type", Value: errorType(code, first.Subcode)},
		{Name: "code", Value: code},
	}
	if first.Data != nil {
		e = append(e, object.Member{Name: "error_data", Value: first.Data})
	} else if data := errorData(faults); data != "" {
		e = append(e, object.Member{Name: "error_data", Value: data})
	}
	if first.Subcode != 0 {
		e = append(e, object.Member{Name: "error_subcode", Value: first.Subcode})
	}
	title, message := forPeople(faults)
	if message != "" || transient(code) {
		e = append(e, object.Member{Name: "is_transient", Value: transient(code)})
	}
	if message != "" {
		e = append(e, object.Member{Name: "error_user_title", Value: title}, object.Member{Name: "error_user_msg", Value: message})
	}
	e = append(e, object.Member{Name: "fbtrace_id", Value: traceID})
	return statusOf(code), object.Ordered{{Name: "error", Value: e}}
}

// leading is the first fault that has a subcode, because clients branch on those; else the first.
func leading(faults object.Faults) *object.Fault {
	if i := slices.IndexFunc(faults, func(f *object.Fault) bool { return f.Subcode != 0 }); i > 0 {
		return faults[i]
	}
	return faults[0]
}

// codeOf is a fault's code.
func codeOf(f *object.Fault) int {
	if f.Code == 0 {
		return codeParameter
	}
	return f.Code
}

// numbered puts the code and the place in front of a rule's message, as the platform does with the code; the protocol's own messages
// are complete.
func numbered(f *object.Fault) string {
	if f.Rule == "protocol" || strings.HasPrefix(f.Message, "(#") {
		return f.Message
	}
	return "(#" + strconv.Itoa(codeOf(f)) + ") " + placed(f)
}

// placed is a fault's message with the whole path in front, unless the message names it: "text is too long" is no help among five texts.
func placed(f *object.Fault) string {
	text := strings.TrimPrefix(f.Message, "(#100) ")
	var at strings.Builder
	for i, step := range f.Path {
		switch _, err := strconv.Atoi(step); {
		case err == nil && i > 0:
			at.WriteString("[" + step + "]")
		case i > 0:
			at.WriteString("." + step)
		default:
			at.WriteString(step)
		}
	}
	if at.Len() == 0 || strings.Contains(text, at.String()) {
		return text
	}
	return at.String() + ": " + text
}

// errorType is GraphMethodException for what is not there, else the type that the platform gives to nearly everything.
func errorType(code, subcode int) string {
	if code == codeParameter && subcode == subMissing {
		return "GraphMethodException"
	}
	return "OAuthException"
}

// transient reports whether the same request may succeed later.
func transient(code int) bool {
	switch code {
	case 1, 2, 4, 17, 32, 341, 613:
		return true
	}
	return code >= 80000 && code <= 80014
}

// statusOf is the HTTP status of an error code.
func statusOf(code int) int {
	switch {
	case code == 1 || code == 2:
		return http.StatusInternalServerError
	case code == 4 || code == 10 || code >= 200 && code <= 299 || code == 368:
		return http.StatusForbidden
	}
	return http.StatusBadRequest
}

// forPeople is the title and text for a person: none for a single fault of the protocol or of a plain value.
func forPeople(faults object.Faults) (title, message string) {
	first := faults[0]
	if len(faults) == 1 && first.Title == "" && first.Detail == "" && (first.Subcode == 0 || first.Rule == "protocol") {
		return "", ""
	}
	title = "Invalid parameter"
	if len(faults) > 1 {
		title = "Several parameters are invalid"
	} else if first.Title != "" {
		title = first.Title
	}
	sentences := make([]string, len(faults))
	for i, f := range faults {
		sentences[i] = sentence(f)
	}
	return title, strings.Join(sentences, " ")
}

// sentence is a fault as a person reads it, its place named unless the text was written for people.
func sentence(f *object.Fault) string {
	if f.Detail != "" {
		return f.Detail
	}
	if text := placed(f); !strings.HasSuffix(text, "?") {
		return strings.TrimRight(text, ".") + "."
	}
	return placed(f)
}

// brokenRule is what error_data says of one fault beyond its place, for programs: the rule's stable name and, of a limit, the numbers.
type brokenRule struct {
	Rule  string `json:"rule"`
	Sent  *int   `json:"sent,omitempty"`
	Limit *int   `json:"limit,omitempty"`
}

// errorData is the JSON text of error_data: the path of every fault that has one and, at the same positions, the broken rules, which are
// ours. It is empty when no fault has a path.
func errorData(faults object.Faults) string {
	var data struct {
		Blame [][]string   `json:"blame_field_specs"`
		Rules []brokenRule `json:"rules,omitempty"`
	}
	for _, f := range faults {
		if len(f.Path) == 0 {
			continue
		}
		path := make([]string, len(f.Path))
		for i, step := range f.Path {
			path[i] = strings.Map(unescaped, step)
		}
		rule := brokenRule{Rule: strings.Map(unescaped, f.Rule)}
		if f.Sent != 0 || f.Limit != 0 {
			rule.Sent, rule.Limit = &f.Sent, &f.Limit
		}
		data.Blame, data.Rules = append(data.Blame, path), append(data.Rules, rule)
	}
	if data.Blame == nil {
		return ""
	}
	if !slices.ContainsFunc(data.Rules, func(r brokenRule) bool { return r.Rule != "protocol" }) {
		data.Rules = nil
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if e.Encode(data) != nil {
		return "" // strings and numbers always encode
	}
	return strings.TrimSpace(text.String())
}

// unescaped drops what JSON can only write with a backslash: one SDK strips backslashes from the text before it parses it.
func unescaped(r rune) rune {
	if r == '"' || r == '\\' || !unicode.IsPrint(r) {
		return -1
	}
	return r
}
