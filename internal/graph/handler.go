package graph

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/origin"
	"github.com/marquetry/marquetry/internal/store"
)

// Handler answers every Graph request. It keeps nothing between requests but usage counts and loaded time zones.
type Handler struct {
	config   Config
	registry *object.Registry
	root     *object.Type // whose edges are the paths that name no object
	db       Database
	ext      Extensions
	usage    *usage
	zones    sync.Map // *time.Location by name
}

// Database is what the protocol needs of store.DB; tests count calls through it.
type Database interface {
	Read(ctx context.Context, fn func(store.Tx) error) error
	Write(ctx context.Context, fn func(store.Tx) error) error
}

// New checks the configuration and that every name in the declarations has its extension.
func New(config Config, registry *object.Registry, db Database, ext Extensions) (*Handler, error) {
	if err := errors.Join(config.Validate(), ext.provide(registry)); err != nil {
		return nil, err
	}
	root := cmp.Or(registry.Type(object.RootName), &object.Type{})
	return &Handler{config: config, registry: registry, root: root, db: db, ext: ext, usage: newUsage(config.Usage)}, nil
}

// ServeHTTP answers one request, or the many of a batch.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*") // a token is all that counts: there are no cookies
	if r.Method == http.MethodOptions {
		preflight(w, r)
		return
	}
	a := &asked{Request: r, trace: h.config.NewTraceID(), arrived: h.config.Now()}
	rep := h.settle(a, func(head http.Header) (answer any, err error) {
		if err = h.locate(head, a); err != nil {
			return nil, err
		}
		if a.sent, err = decode(r, h.config.MaxBody); err != nil {
			return nil, err
		}
		if a.isBatch() {
			return h.batch(head, a)
		}
		return h.serve(head, a)
	})
	rep.send(w, r)
}

// locate reads the path and says which version answers.
func (h *Handler) locate(head http.Header, a *asked) (err error) {
	oldest := object.Oldest
	if h.config.StrictVersions {
		oldest = object.OldestAlive(h.config.Now())
	}
	a.path, err = parsePath(a.URL.Path, cmp.Or(a.version, h.config.DefaultVersion), oldest, h.root)
	head.Set("Facebook-Api-Version", "v"+versionText(a.path.version))
	return err
}

// serve is the way of everything that is asked, once its parameters are decoded; what it returns is encoded as the answer.
func (h *Handler) serve(head http.Header, a *asked) (answer any, err error) {
	caller, err := h.callerOf(a)
	if err != nil {
		return nil, err
	}
	call := h.call(a, caller)
	trailOf(a.Context()).known(call)
	began := h.config.Now()
	defer func() { h.charge(head, call, began, err) }()
	if err := call.retired(); err != nil {
		return nil, err
	}
	if answer, err = h.execute(a.Context(), call, a.path); err != nil {
		return nil, err
	}
	return call.debugged(answer), nil
}

// callerOf is who asks: of an operation that brings no token of its own, whoever sent the batch.
func (h *Handler) callerOf(a *asked) (Caller, error) {
	if token, err := tokenOf(a.Request, a.sent); a.batched != nil && (token == a.batched.token || codeIs(err, codeNoToken)) {
		return *a.batched, nil
	}
	return h.authenticate(a.Context(), a.Request, a.sent, a.path)
}

// call gathers what the rest of the way needs to know.
func (h *Handler) call(a *asked, caller Caller) *Call {
	token, _ := a.sent.query["access_token"].(string)
	verb := a.sent.verb(a.Method)
	if verb == "get" && token == "" {
		token, _ = a.sent.body["access_token"].(string) // curl -d without -G; whoever follows the link sends no body
	}
	return &Call{
		Caller:  caller,
		Version: a.path.version,
		Base:    origin.Of(a.Request, h.config.PublicURL),
		Params:  a.sent.merged(),
		TraceID: a.trace,
		Now:     h.config.Now().Unix(),
		Latency: int64(h.config.Latency / time.Second),
		handler: h,
		later:   &later{},
		asked:   a,
		verb:    verb,
		path:    a.path,
		token:   token,
	}
}

// execute runs the call in one transaction. Writes that only validate are undone at the end.
func (h *Handler) execute(ctx context.Context, call *Call, path target) (answer any, err error) {
	switch call.verb {
	case "get":
		err = h.db.Read(ctx, func(tx store.Tx) error {
			answer, err = h.read(ctx, call, tx, path)
			return err
		})
	case "post", "delete":
		if err = h.ready(ctx, call, path); err != nil {
			return nil, err
		}
		err = h.db.Write(ctx, func(tx store.Tx) error {
			call.later.work = nil
			answer, err = h.write(ctx, call, tx, path)
			return err
		})
	default:
		err = missing(call.verb, path.node)
	}
	for i := 0; err == nil && i < len(call.later.work); i++ {
		err = call.later.work[i](ctx, Deferred{call})
	}
	if errors.Is(err, errUndo) {
		err = nil
	}
	return answer, err
}

// charge counts the finished call and writes the usage headers.
func (h *Handler) charge(head http.Header, call *Call, began time.Time, err error) {
	now, s := h.config.Now(), call.spender()
	if call.Account != nil && object.MarketingEnded(call.path.asked, now) {
		head.Set("X-Ad-Api-Version-Warning", "v"+versionText(call.path.asked)+" of the Marketing API has ended. "+useVersion())
	}
	if !limited(err) {
		h.usage.charge(s.app, call.verb, now, now.Sub(began))
		if s.account != "" {
			h.usage.charge(s.account, call.verb, now, now.Sub(began))
			if call.verb != "get" {
				h.usage.wrote(s.writer(), now)
			}
		}
		if s.owner != "" {
			h.usage.charge(s.meterOf(), call.verb, now, now.Sub(began))
		}
	}
	h.usage.headers(head, s, now)
}
