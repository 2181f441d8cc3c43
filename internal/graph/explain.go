package graph

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Bounds of the search for parameters that would have been accepted.
const (
	maxTrials = 6
	trialTime = 2 * time.Second // all trials of a request whose caller waits for the explanation
	asideTime = 300 * time.Millisecond
)

// explain says what is wrong with a request, and looks for parameters that would have been accepted: the fixes of all faults are applied and
// tried in a transaction that is undone, again and again while that leads to new faults with fixes. Nil where the server itself failed.
func (h *Handler) explain(a *asked, t *trail, err error) *inspect.Explanation {
	faults := faultsOf(err)
	if faults == nil {
		return nil
	}
	e := &inspect.Explanation{Fault: faultSeen(leading(faults)), Faults: faultsSeen(faults)}
	call := t.call
	var bad *unread
	if errors.As(err, &bad) {
		call = h.reread(a, e, bad.text)
	}
	e.Remaining = e.Faults
	if call == nil {
		return e
	}
	limit := asideTime
	if t.explain {
		limit = trialTime
	}
	ctx, stop := context.WithTimeout(context.WithValue(a.Context(), trailKey{}, nil), limit)
	defer stop()
	h.correct(ctx, e, call, a.path, faults)
	return e
}

// reread is the call that an unreadable body was probably meant to be, nil if that cannot be found out.
func (h *Handler) reread(a *asked, e *inspect.Explanation, text string) *Call {
	fixed, ok := object.Repair(text)
	if !ok {
		return nil
	}
	e.Repaired = fixed
	meant := *a
	var err error
	if meant.sent.body, err = decodeJSON(fixed); err != nil || meant.isBatch() {
		return nil
	}
	caller, err := h.callerOf(&meant)
	if err != nil {
		return nil
	}
	return h.call(&meant, caller)
}

// correct applies fixes until a trial passes, or nothing is left to fix. A repaired body is tried as it is first.
func (h *Handler) correct(ctx context.Context, e *inspect.Explanation, call *Call, path target, faults object.Faults) {
	params := clone(call.Params)
	for _, name := range []string{"access_token", "appsecret_proof", "method"} {
		delete(params, name)
	}
	untried := e.Repaired != ""
	var changes []inspect.Fix
	for range maxTrials {
		done := mend(params, faults)
		if len(done) == 0 && !untried || e.Corrected == nil && !h.harmless(ctx, call, path) {
			return
		}
		untried = false
		err := h.try(ctx, call, path, params)
		if faults = faultsOf(err); err != nil && faults == nil {
			return // the time is up, or the server failed
		}
		if len(changes)+len(done) == 0 { // of what the body was meant to be, these are all
			e.Faults = append(e.Faults, faultsSeen(faults)...)
		}
		changes = append(changes, done...)
		if e.Corrected != nil && len(faults) > len(e.Remaining) {
			continue // what was tried before was better
		}
		e.Changes, e.Corrected, e.Accepted, e.Remaining = slices.Clone(changes), parameters(clone(params)), err == nil, faultsSeen(faults)
		if e.Accepted {
			return
		}
	}
}

// harmless reports whether a call can be tried: all that it does is in the transaction, which an action has to state of itself.
func (h *Handler) harmless(ctx context.Context, call *Call, path target) (ok bool) {
	err := h.db.Read(ctx, func(tx store.Tx) error {
		probe := call.at(nil, nil, call.Params, nil)
		typ, err := h.resolve(ctx, probe, tx, path.node)
		if err != nil {
			return err
		}
		e := call.edge(typ, path.edge)
		switch {
		case call.verb == "delete":
		case e == nil:
			ok = path.edge == "" || call.verb == "get"
		case call.verb == "get":
			ok = e.Get == ""
		default:
			ok = e.Action == "" || e.Undoable
		}
		return nil
	})
	return ok && err == nil
}

// try carries a call out with other parameters, and undoes it.
func (h *Handler) try(ctx context.Context, call *Call, path target, params Params) error {
	trial := call.at(nil, nil, clone(params), nil)
	trial.Ready, trial.later = nil, &later{}
	_, err := protected(nil, func(http.Header) (any, error) {
		if call.verb == "get" {
			return h.execute(ctx, trial, path)
		}
		if err := h.ready(ctx, trial, path); err != nil {
			return nil, err
		}
		return nil, h.db.Write(ctx, func(tx store.Tx) error {
			if _, err := h.write(ctx, trial, tx, path); err != nil {
				return err
			}
			return errUndo
		})
	})
	if errors.Is(err, errUndo) {
		return nil
	}
	return err
}

// faultSeen is a fault as an explanation shows it.
func faultSeen(f *object.Fault) inspect.Fault {
	seen := inspect.Fault{Rule: f.Rule, Path: f.Path, Code: codeOf(f), Subcode: f.Subcode, Message: numbered(f), Sent: f.Sent, Limit: f.Limit, Why: why(f.Rule), Known: f.Known}
	for _, fix := range f.Fixes {
		seen.Fixes = append(seen.Fixes, inspect.Fix{Path: fix.Path, Set: fix.Value, Drop: fix.Drop})
	}
	return seen
}

// faultsSeen are faults as an explanation shows them.
func faultsSeen(faults object.Faults) []inspect.Fault {
	list := make([]inspect.Fault, len(faults))
	for i, f := range faults {
		list[i] = faultSeen(f)
	}
	return list
}
