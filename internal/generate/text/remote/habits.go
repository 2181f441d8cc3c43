package remote

import (
	"bytes"
	"net/http"
	"sync"
)

// shape is how strictly a server is asked for JSON.
type shape int

// From the strictest to the loosest. The prompt asks for JSON in any case.
const (
	bySchema shape = iota // a JSON schema
	byObject              // some JSON object
	byPrompt              // nothing but the prompt's words
)

// habit is what is known of what a server takes. The zero value is what is tried first.
type habit struct {
	shape      shape
	plainHeat  bool // it takes no temperature
	newerLimit bool // it wants max_completion_tokens instead of max_tokens
}

// plainer is how to ask a server that refused to be asked like this; not ok when there is no other way.
func (h habit) plainer(status int, body []byte) (habit, bool) {
	if status != http.StatusBadRequest && status != http.StatusUnprocessableEntity && status != http.StatusNotImplemented {
		return h, false
	}
	switch {
	case !h.newerLimit && bytes.Contains(body, []byte("max_completion_tokens")):
		h.newerLimit = true
	case !h.plainHeat && bytes.Contains(body, []byte("temperature")):
		h.plainHeat = true
	case h.shape < byPrompt:
		h.shape++
	default:
		return h, false
	}
	return h, true
}

// habits remember what the one server of a Model takes.
type habits struct {
	mu    sync.Mutex
	known habit
}

// get is what is known.
func (h *habits) get() habit {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.known
}

// learn replaces what was known, unless another request has learnt more meanwhile.
func (h *habits) learn(before, now habit) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.known == before {
		h.known = now
	}
}
