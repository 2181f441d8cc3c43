package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
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
	db       database
	ext      Extensions
	usage    *usage
	zones    sync.Map // *time.Location by name
}

// database is what the protocol needs of store.DB; tests count calls through it.
type database interface {
	Read(ctx context.Context, fn func(store.Tx) error) error
	Write(ctx context.Context, fn func(store.Tx) error) error
}

// New checks the configuration and that every name in the declarations has its extension.
func New(config Config, registry *object.Registry, db *store.DB, ext Extensions) (*Handler, error) {
	return newHandler(config, registry, db, ext)
}

// newHandler is New on any database.
func newHandler(config Config, registry *object.Registry, db database, ext Extensions) (*Handler, error) {
	if err := errors.Join(config.Validate(), ext.provide(registry)); err != nil {
		return nil, err
	}
	root := cmp.Or(registry.Type(object.RootName), &object.Type{})
	return &Handler{config: config, registry: registry, root: root, db: db, ext: ext, usage: newUsage(config.Usage)}, nil
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	trace := h.config.NewTraceID()
	status := http.StatusOK
	answer, err := h.serve(w.Header(), r, trace)
	if err != nil {
		h.report(r, trace, err)
		status, answer = envelope(err, trace)
	}
	if err := respond(w, r, status, answer, trace); err != nil {
		h.report(r, trace, err)
	}
}

// serve is the way of every request; what it returns is encoded as the answer.
func (h *Handler) serve(head http.Header, r *http.Request, trace string) (answer any, err error) {
	defer caught(&err)
	path, err := parsePath(r.URL.Path, h.config.DefaultVersion, h.root)
	head.Set("facebook-api-version", "v"+versionText(path.version))
	if err != nil {
		return nil, err
	}
	sent, err := decode(r, h.config.MaxBody)
	if err != nil {
		return nil, err
	}
	caller, err := h.authenticate(r.Context(), r, sent, path)
	if err != nil {
		return nil, err
	}
	call := h.call(r, path, sent, caller)
	call.TraceID = trace
	defer h.charge(head, call, path.edge == "insights", h.config.Now())
	return h.execute(r.Context(), call, path)
}

// call gathers what the rest of the way needs to know.
func (h *Handler) call(r *http.Request, path target, s sent, caller Caller) *Call {
	token, _ := s.query["access_token"].(string)
	if verb := s.verb(r.Method); verb == "get" && token == "" {
		token, _ = s.body["access_token"].(string) // curl -d without -G; whoever follows the link sends no body
	}
	return &Call{
		Caller:  caller,
		Version: path.version,
		Base:    origin.Of(r, h.config.PublicURL),
		Params:  s.merged(),
		Now:     h.config.Now().Unix(),
		Latency: int64(h.config.Latency / time.Second),
		handler: h,
		verb:    s.verb(r.Method),
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
		if h.takesLong(call, path) {
			if err = h.db.Read(ctx, func(tx store.Tx) error { return h.ready(ctx, call, tx, path) }); err != nil {
				return nil, err
			}
		}
		err = h.db.Write(ctx, func(tx store.Tx) error {
			answer, err = h.write(ctx, call, tx, path)
			return err
		})
	default:
		err = missing(call.verb, path.node)
	}
	if errors.Is(err, errUndo) {
		err = nil
	}
	return answer, err
}

// charge counts the finished call for its user and account and writes the usage headers; those of reports have other names.
func (h *Handler) charge(head http.Header, call *Call, report bool, began time.Time) {
	now := h.config.Now()
	user, account := "user "+call.Caller.UserID, ""
	h.usage.charge(user, call.verb, now, now.Sub(began))
	if call.Account != nil {
		account = accountOf(call.Account)
		h.usage.charge(call.Account.ID, call.verb, now, now.Sub(began))
	}
	h.usage.headers(head, user, account, report, now)
}

// caught turns a panic into an internal error, so that the caller still gets an envelope.
func caught(err *error) {
	switch p := recover(); p {
	case nil:
	case http.ErrAbortHandler:
		panic(p)
	default:
		*err = fmt.Errorf("graph: panic: %v", p)
	}
}

// report logs what is the server's own fault, once, with the id that the caller was given. Query strings are left out: they hold tokens.
func (h *Handler) report(r *http.Request, trace string, err error) {
	if faultsOf(err) != nil || r.Context().Err() != nil {
		return
	}
	h.config.Logger.LogAttrs(r.Context(), slog.LevelError, "graph request failed",
		slog.String("trace", trace), slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Any("error", err))
}
