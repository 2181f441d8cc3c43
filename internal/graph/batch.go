package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// maxBatch is the most operations of one batch.
const maxBatch = 50

// batchAnswer is one entry of the answer to a batch. The body is the text of the operation's own answer.
type batchAnswer struct {
	Code    int           `json:"code"`
	Headers []batchHeader `json:"headers,omitempty"`
	Body    string        `json:"body"`
}

// batchHeader is one header of an operation's answer.
type batchHeader struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// isBatch reports whether a request carries others.
func (a *asked) isBatch() bool {
	if a.path.node != "" || a.path.edge != "" || a.sent.verb(a.Method) != "post" {
		return false
	}
	p := a.sent.merged()
	return p["batch"] != nil || p["asyncbatch"] != nil
}

// batch answers every operation by itself, each with its own status and in its own transaction. The batch fails as a whole only when it
// cannot be understood, or nobody may send it.
func (h *Handler) batch(head http.Header, a *asked) (any, error) {
	caller, err := h.authenticate(a.Context(), a.Request, a.sent, a.path)
	if err != nil {
		return nil, err
	}
	params := a.sent.merged()
	later := params["batch"] == nil
	raw := params["batch"]
	if later {
		raw = params["asyncbatch"]
	}
	ops, err := operations(raw, params)
	if err != nil {
		return nil, err
	}
	a.batched, a.detached = &caller, later
	replies := h.perform(a, ops)
	if later {
		return h.sessions(a, ops, replies)
	}
	answers := make([]*batchAnswer, len(ops))
	asked, _ := (&object.Field{Kind: object.Bool}).Coerce("include_headers", params["include_headers"], nil)
	withHeaders := asked != false // also where nothing readable is said
	for i, rep := range replies {
		if !omitted(ops, i, rep) {
			answers[i] = rep.batched(withHeaders)
		}
		usageHeaders(head, rep.head)
	}
	return answers, nil
}

// usageHeaders copies what an operation used of the allowances to the batch's own headers.
func usageHeaders(to, from http.Header) {
	for name, value := range from {
		if strings.HasSuffix(name, "-Usage") || strings.HasSuffix(name, "-Throttle") {
			to[name] = value
		}
	}
}

// omitted reports whether an operation that succeeded is left out of the answer, because others depend on it.
func omitted(ops []*operation, at int, rep *reply) bool {
	needed := slices.ContainsFunc(ops, func(op *operation) bool { return slices.Contains(op.needs, at) })
	return needed && !ops[at].keep && rep.status < http.StatusBadRequest
}

// batched is the reply as an entry of a batch's answer.
func (rep *reply) batched(withHeaders bool) *batchAnswer {
	answer := &batchAnswer{Code: rep.status, Body: strings.TrimSpace(string(rep.body))}
	for _, name := range slices.Sorted(maps.Keys(rep.head)) {
		if withHeaders {
			answer.Headers = append(answer.Headers, batchHeader{name, rep.head.Get(name)})
		}
	}
	return answer
}

// perform runs operations in an order in which each follows those that it needs, and returns their replies in the order sent. Together
// they hold no more bytes than a request may.
func (h *Handler) perform(a *asked, ops []*operation) []*reply {
	replies, size := make([]*reply, len(ops)), int64(0)
	for _, i := range inOrder(ops) {
		one := a.operation(ops[i], h.config.NewTraceID())
		replies[i] = h.settle(one, func(head http.Header) (any, error) {
			if size > h.config.MaxBody {
				return nil, tooMuch("the answers to the operations before are too long")
			}
			var err error
			if one.sent, one.URL.Path, err = ops[i].filled(ops, replies); err != nil {
				return nil, err
			}
			if err := h.locate(head, one); err != nil {
				return nil, err
			}
			if one.isBatch() {
				return nil, malformed("A batch cannot stand in a batch")
			}
			return h.serve(head, one)
		})
		size += int64(len(replies[i].body))
	}
	return replies
}

// operation is what an operation asks, before its references are filled in.
func (a *asked) operation(op *operation, trace string) *asked {
	r := a.WithContext(a.Context())
	r.Method, r.Header, r.URL, r.Body = op.method, op.header, &url.URL{}, http.NoBody
	one := &asked{Request: r, trace: trace, arrived: a.arrived, batched: a.batched, detached: a.detached, version: a.path.version}
	if token := a.sent.merged()["access_token"]; token != nil && op.query["access_token"] == nil && op.body["access_token"] == nil && op.header.Get("Authorization") == "" {
		op.query["access_token"] = token // links in the answer carry it on
	}
	return one
}

// filled is the operation's path and parameters, with the references replaced by parts of earlier answers. An operation whose
// predecessor failed fails, too.
func (op *operation) filled(ops []*operation, replies []*reply) (s sent, path string, err error) {
	f := filler{answers: map[string]any{}}
	for _, i := range op.needs {
		if replies[i].status >= http.StatusBadRequest {
			return s, op.path, &object.Fault{Code: codeParameter, Rule: "batch.parent", Path: []string{"batch"},
				Message: fmt.Sprintf("(#100) This operation was not run: it depends on the operation %q, which failed", ops[i].name)}
		}
		if len(replies[i].body) > maxLookedInto {
			return s, op.path, tooMuch(fmt.Sprintf("the answer to the operation %q is too long to refer to", ops[i].name))
		}
		d := json.NewDecoder(bytes.NewReader(replies[i].body))
		d.UseNumber()
		var answer any
		if d.Decode(&answer) == nil { // an answer without a body has nothing to refer to
			f.answers[ops[i].name] = answer
		}
	}
	if path, err = f.text(op.path); err != nil {
		return s, path, err
	}
	for to, from := range map[*Params]Params{&s.query: op.query, &s.body: op.body} {
		params, err := f.fill(map[string]any(from))
		if err != nil {
			return s, path, err
		}
		*to = params.(map[string]any)
	}
	return s, path, nil
}

// connectOperations turns names into places, and refuses those that lead nowhere or back to where they started.
func connectOperations(ops []*operation, after [][]string, places map[string]int) error {
	for i, names := range after {
		for _, name := range names {
			place, known := places[name]
			if !known {
				return malformed(fmt.Sprintf("There is no operation named %q to depend on", name), "batch", strconv.Itoa(i))
			}
			ops[i].needs = append(ops[i].needs, place)
		}
	}
	if len(inOrder(ops)) < len(ops) {
		return malformed("Operations depend on each other in a circle", "batch")
	}
	return nil
}

// inOrder lists places such that each comes after those that it needs, and else as sent. Those in a circle are left out.
func inOrder(ops []*operation) []int {
	var order []int
	done := make([]bool, len(ops))
	waits := func(need int) bool { return !done[need] }
	for before := -1; before < len(order); {
		before = len(order)
		for i, op := range ops {
			if !done[i] && !slices.ContainsFunc(op.needs, waits) {
				done[i], order = true, append(order, i)
			}
		}
	}
	return order
}

// malformed refuses a whole batch.
func malformed(message string, path ...string) *object.Fault {
	f := fault(codeBatch, fmt.Sprintf("(#%d) %s", codeBatch, message), path...)
	f.Rule = "batch"
	return f
}
