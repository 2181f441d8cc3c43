package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
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

// envelope is the one place where an error becomes an answer. The first fault gives the code and the message; with several, the text
// for a person and the blame name them all. An error that is no fault is an internal one, whose cause the caller does not see.
func envelope(err error, traceID string) (status int, body object.Ordered) {
	faults := faultsOf(err)
	if faults == nil {
		faults = object.Faults{fault(codeUnknown, "An unknown error occurred")}
	}
	first := faults[0]
	code := first.Code
	if code == 0 {
		code = codeParameter
	}
	e := object.Ordered{
		{Name: "message", Value: numbered(first)},
		{Name: "type", Value: errorType(code, first.Subcode)},
		{Name: "code", Value: code},
	}
	if blame := blameSpecs(faults); blame != "" {
		e = append(e, object.Member{Name: "error_data", Value: blame})
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

// numbered puts the code in front of a rule's message, as the platform does; the protocol's own messages are complete.
func numbered(f *object.Fault) string {
	if f.Rule == "protocol" || strings.HasPrefix(f.Message, "(#") {
		return f.Message
	}
	code := f.Code
	if code == 0 {
		code = codeParameter
	}
	return "(#" + strconv.Itoa(code) + ") " + f.Message
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

// forPeople is the title and text for a person: none for a single fault that has none.
func forPeople(faults object.Faults) (title, message string) {
	first := faults[0]
	if len(faults) == 1 && first.Title == "" && first.Detail == "" {
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

// sentence is a fault as a person reads it, its field named unless the text was written for people.
func sentence(f *object.Fault) string {
	if f.Detail != "" {
		return f.Detail
	}
	text := strings.TrimPrefix(f.Message, "(#100) ")
	if len(f.Path) > 0 && !strings.Contains(text, f.Path[len(f.Path)-1]) {
		text = strings.Join(f.Path, ".") + ": " + text
	}
	return strings.TrimRight(text, ".") + "."
}

// blameSpecs lists the path of every fault as JSON text, or is empty when none has one.
func blameSpecs(faults object.Faults) string {
	var paths [][]string
	for _, f := range faults {
		if len(f.Path) == 0 {
			continue
		}
		path := make([]string, len(f.Path))
		for i, step := range f.Path {
			path[i] = strings.Map(unescaped, step)
		}
		paths = append(paths, path)
	}
	if paths == nil {
		return ""
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if e.Encode(map[string]any{"blame_field_specs": paths}) != nil {
		return "" // strings always encode
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
