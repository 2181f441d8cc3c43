package graph

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// ExplainHeader asks, with any value but 0, for an explanation beside the answer.
const ExplainHeader = "X-Marquetry-Explain"

// trail follows one request, or one operation of a batch, through the server and ends as its record. A nil trail follows nothing.
type trail struct {
	record  inspect.Record
	began   time.Time
	explain bool  // the caller wants to read the explanation
	call    *Call // nil until the caller is known
}

// trailKey is where a request's context keeps its trail.
type trailKey struct{}

// trailOf is the trail of a request, or nil.
func trailOf(ctx context.Context) *trail {
	t, _ := ctx.Value(trailKey{}).(*trail)
	return t
}

// follow begins the trail of what was asked, if somebody is to see it. Operations explain themselves if their batch was asked to.
func (h *Handler) follow(a *asked) *trail {
	wish, outer := a.Header.Get(ExplainHeader), trailOf(a.Context())
	explain := wish != "" && wish != "0" || outer != nil && outer.explain
	if h.config.Observe == nil && !explain {
		return nil
	}
	t := &trail{began: h.config.Now(), explain: explain}
	t.record = inspect.Record{TraceID: a.trace, Time: t.began, Agent: inspect.Text(a.UserAgent())}
	a.Request = a.WithContext(context.WithValue(a.Context(), trailKey{}, t))
	return t
}

// known notes who asks.
func (t *trail) known(call *Call) {
	if t != nil {
		t.call, t.record.Caller = call, call.Caller.Name
	}
}

// told adds to an answer, if the caller wants to know, what became of the values that were not stored as sent.
func (t *trail) told(answer any) any {
	members, ok := answer.(object.Ordered)
	if t == nil || !t.explain || !ok || t.call == nil || t.call.verb == "get" {
		return answer // the inspector has what cannot be said in the answer
	}
	return append(slices.Clip(members), object.Member{Name: "explain", Value: struct {
		Stored []inspect.Stored `json:"stored,omitempty"`
		inspect.Notes
	}{t.record.Stored, t.record.Notes}})
}

// explained adds the explanation to a refusal, if the caller wants to read it.
func (h *Handler) explained(a *asked, t *trail, answer object.Ordered, err error) object.Ordered {
	if t == nil {
		return answer
	}
	t.reset()
	t.record.Error, t.record.Explanation = failure(err), h.explain(a, t, err)
	if t.explain && t.record.Explanation != nil {
		answer = append(slices.Clip(answer), object.Member{Name: "explain", Value: t.record.Explanation})
	}
	return answer
}

// observe completes the record and gives it to whoever observes.
func (h *Handler) observe(a *asked, t *trail, status int, err error) {
	if t == nil || h.config.Observe == nil {
		return
	}
	r := &t.record
	r.Method, r.Path, r.Version, r.Status = strings.ToUpper(a.sent.verb(a.Method)), "/"+inspect.Text(strings.TrimLeft(a.URL.Path, "/")), "v"+versionText(a.path.version), status
	if t.call != nil && t.call.Account != nil {
		r.Account = accountOf(t.call.Account)
	}
	if token := h.tokenFor(a); token != "" {
		r.Holder = store.HashToken(token)
	}
	r.Sent = inspect.Masked(parameters(a.sent.merged()))
	var bad *unread
	if errors.As(err, &bad) {
		r.Sent["(body)"] = inspect.Text(bad.text)
	}
	r.Explanation = discreet(r.Explanation)
	r.Micros = h.config.Now().Sub(t.began).Microseconds()
	h.config.Observe(*r)
}

// tokenFor is the token that a request came with, good or not: an operation may rely on its batch's.
func (h *Handler) tokenFor(a *asked) string {
	token, err := tokenOf(a.Request, a.sent)
	if err != nil && a.batched != nil {
		return a.batched.token
	}
	return token
}

// failure is the refusal as the envelope says it.
func failure(err error) *inspect.Failure {
	faults := faultsOf(err)
	if faults == nil {
		return &inspect.Failure{Code: codeUnknown, Message: "internal error; the server's log has the cause"}
	}
	first := leading(faults)
	return &inspect.Failure{Code: codeOf(first), Subcode: first.Subcode, Message: inspect.Text(numbered(first))}
}

// parameters replaces files by their names and sizes.
func parameters(params Params) map[string]any {
	out := make(map[string]any, len(params))
	for name, value := range params {
		out[name] = withoutFiles(value)
	}
	return out
}

// withoutFiles is one value, its files described.
func withoutFiles(value any) any {
	switch v := value.(type) {
	case *File:
		return map[string]any{"file": v.Name, "bytes": len(v.Data)}
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = withoutFiles(item)
		}
		return out
	}
	return value
}

// discreet is an explanation as others may read it.
func discreet(e *inspect.Explanation) *inspect.Explanation {
	if e == nil {
		return nil
	}
	kept := *e
	kept.Corrected, kept.Repaired = inspect.Clean(e.Corrected), inspect.Text(e.Repaired)
	kept.Fault, kept.Faults, kept.Remaining = discreetFault(e.Fault), nil, nil
	for _, f := range e.Faults {
		kept.Faults = append(kept.Faults, discreetFault(f))
	}
	for _, f := range e.Remaining {
		kept.Remaining = append(kept.Remaining, discreetFault(f))
	}
	kept.Changes = discreetFixes(e.Changes)
	return &kept
}

// discreetFault is a fault without what it quotes of secrets.
func discreetFault(f inspect.Fault) inspect.Fault {
	f.Message, f.Fixes = inspect.Text(f.Message), discreetFixes(f.Fixes)
	return f
}

// discreetFixes are changes without secrets.
func discreetFixes(fixes []inspect.Fix) []inspect.Fix {
	out := make([]inspect.Fix, len(fixes))
	for i, f := range fixes {
		f.Set = inspect.Member(f.Path, f.Set)
		out[i] = f
	}
	return out
}

// reset forgets what an attempt at a transaction noted that the database wants to run again.
func (t *trail) reset() {
	if t != nil {
		t.record.Stored, t.record.Notes = nil, inspect.Notes{}
	}
}

// Collapsed notes for the inspector that a value was read as something else than what was sent, or that what was sent is there already.
func Collapsed(ctx context.Context, message string, path ...string) {
	if t := trailOf(ctx); t != nil {
		t.note(&t.record.Collapsed, inspect.Note{Path: path, Message: message})
	}
}

// mostNotes bounds each list of notes, and the objects, of one request.
const mostNotes = 200

// note adds to one of the lists.
func (t *trail) note(list *[]inspect.Note, n inspect.Note) {
	if len(*list) < mostNotes {
		n.Message, n.Value = inspect.Text(n.Message), inspect.Member(n.Path, n.Value)
		*list = append(*list, n)
	}
}

// stored notes an object that was written. One that is written again keeps the first place and what was said of it.
func (t *trail) stored(o *store.Object, action string, values map[string]any) {
	if t == nil || len(t.record.Stored) >= mostNotes || slices.ContainsFunc(t.record.Stored, func(s inspect.Stored) bool { return s.ID == o.ID }) {
		return
	}
	t.record.Stored = append(t.record.Stored, inspect.Stored{ID: o.ID, Type: o.Type, Action: action, Values: inspect.Masked(values)})
}

// unread is a body that should have been JSON and is not.
type unread struct {
	error
	text string
}

// Unwrap is the fault that says where it stops to be JSON.
func (u *unread) Unwrap() error { return u.error }

// digit reports whether a step of a path is a position in a list.
func digit(step string) (int, bool) {
	n, err := strconv.Atoi(step)
	return n, err == nil && n >= 0
}
