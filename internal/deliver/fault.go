package deliver

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// refusal is an error that the client can do something about: what is wrong with which field, by which rule.
type refusal struct {
	status  int // HTTP
	message string
	field   string
	rule    string
}

// Error is the client's message.
func (r *refusal) Error() string { return r.message }

// invalid refuses the value of a field.
func invalid(field, rule, message string) error {
	return &refusal{status: http.StatusBadRequest, message: message, field: field, rule: rule}
}

// refusalOf is the one mapping from errors to what a client is told; nil for errors that are not the client's business.
func refusalOf(err error) *refusal {
	var known *refusal
	var fault *object.Fault
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &fault):
		return &refusal{http.StatusBadRequest, fault.Message, strings.Join(fault.Path, "."), fault.Rule}
	case errors.As(err, &tooLarge):
		return &refusal{http.StatusRequestEntityTooLarge, "the body is larger than this endpoint accepts", "", "body.max_size"}
	case errors.Is(err, ErrMalformed):
		return &refusal{http.StatusBadRequest, ErrMalformed.Error(), "token", "token.malformed"}
	case errors.Is(err, ErrForged):
		return &refusal{http.StatusBadRequest, ErrForged.Error(), "token", "token.forged"}
	case errors.Is(err, ErrStale):
		return &refusal{http.StatusBadRequest, ErrStale.Error(), "token", "token.stale"}
	}
	return nil
}

// errAway is an event that could not be made durable. Whoever sends it again loses nothing: its key is unique.
var errAway = errors.New("the event log is away")

// writeFailure answers an error, and logs it once if it is ours.
func writeFailure(w http.ResponseWriter, r *http.Request, logger *slog.Logger, err error) {
	told := refusalOf(err)
	if told == nil {
		logger.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		told = &refusal{http.StatusInternalServerError, "the server could not do this; it has been logged", "", "internal"}
		if errors.Is(err, errAway) {
			told = &refusal{http.StatusServiceUnavailable, "the event could not be stored; please send it again", "", "unavailable"}
			w.Header().Set("Retry-After", "1")
		}
	}
	type body struct {
		Message string `json:"message"`
		Field   string `json:"field,omitempty"`
		Rule    string `json:"rule"`
	}
	writeJSON(w, told.status, map[string]body{"error": {told.message, told.field, told.rule}})
}

// writeJSON answers a value.
func writeJSON(w http.ResponseWriter, status int, value any) {
	text, err := json.Marshal(value)
	if err != nil { // only for values that no handler here makes
		http.Error(w, "the answer could not be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(text, '\n'))
}
