package graph

import (
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/marquetry/marquetry/internal/object"
)

// asked is one thing asked of the protocol, by an HTTP request or by an operation of a batch: both go the same way.
type asked struct {
	*http.Request // method, address and headers; what its body held is in sent
	sent          sent
	path          target
	trace         string
	arrived       time.Time      // when the HTTP request came, which is the batch's for all of its operations
	batched       *Caller        // who sent the batch that an operation stands in
	detached      bool           // nobody waits for the answer: it is kept, and asked for later
	version       object.Version // of that batch: what a path without one means
}

// settle answers what was asked: do gives the answer or an error, and may set headers.
func (h *Handler) settle(a *asked, do func(head http.Header) (any, error)) *reply {
	rep := &reply{status: http.StatusOK, head: http.Header{}}
	rep.head.Set("Content-Type", "application/json; charset=UTF-8")
	rep.head.Set("Cache-Control", "private, no-store")
	rep.head.Set("X-Fb-Trace-Id", a.trace)
	rep.head.Set("X-Fb-Request-Id", a.trace)
	t := h.follow(a)
	answer, err := protected(rep.head, do)
	if err == nil {
		rep.body, err = encoded(t.told(answer))
	}
	switch v := answer.(type) {
	case *Document:
		v.describe(rep.head)
	case Redirect:
		rep.status = http.StatusFound
		rep.head.Set("Location", string(v))
	}
	if err != nil {
		h.report(a.Request, a.trace, err)
		challenge(rep.head, err)
		status, answer := envelope(err, a.trace)
		rep.status = status
		rep.body, _ = marshal(h.explained(a, t, answer, err)) // strings and numbers only
	}
	h.observe(a, t, rep.status, err)
	rep.finish(a, h.config.LegacyProtocol)
	return rep
}

// protected turns a panic into an internal error, so that the caller still gets an envelope.
func protected(head http.Header, do func(http.Header) (any, error)) (answer any, err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			err = fmt.Errorf("graph: panic: %v", p)
		}
	}()
	return do(head)
}

// report logs what is the server's own fault, once, with the id that the caller was given. Query strings are left out: they hold tokens.
func (h *Handler) report(r *http.Request, trace string, err error) {
	if faultsOf(err) != nil || r.Context().Err() != nil {
		return
	}
	h.config.Logger.LogAttrs(r.Context(), slog.LevelError, "graph request failed",
		slog.String("trace", trace), slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Any("error", err))
}
