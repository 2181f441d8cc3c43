// Package graphtest runs parts of the Graph protocol for their tests: a fresh instance, and stand-ins for the extensions of other services.
package graphtest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Now is the time at which every request arrives, until Later moves it.
func Now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Fields is a JSON object.
type Fields = map[string]any

// Site is a fresh instance behind the protocol, with a token that may do everything.
type Site struct {
	testing.TB
	DB      *store.DB
	Handler http.Handler
	access.Seeded

	now  time.Time
	slow func(time.Duration) // makes the handler anew with another latency
}

// token is the access token of every request.
const token = "mq_test-token-of-the-advertiser"

// New joins the rules of ads with those under test and stands in for the rest.
func New(t testing.TB, parts ...graph.Extensions) *Site {
	t.Helper()
	s := &Site{TB: t, DB: storetest.SQLite(t), now: Now()}
	rules, err := ads.New(ads.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	err = s.DB.Write(t.Context(), func(tx store.Tx) (err error) {
		if s.Seeded, err = access.Seed(t.Context(), tx, Now().Unix()); err != nil {
			return err
		}
		return tx.PutToken(t.Context(), &store.Token{Hash: store.HashToken(token), Label: "test", UserID: s.UserID, Scopes: []string{"admin"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := graph.Join(append(parts, rules)...)
	if err != nil {
		t.Fatal(err)
	}
	registry, err := object.Build(object.Types()...)
	if err != nil {
		t.Fatal(err)
	}
	c := graph.DefaultConfig()
	c.Now, c.NewTraceID, c.Logger = func() time.Time { return s.now }, func() string { return "AbCdEfGhIjKlMn" }, slog.New(slog.DiscardHandler)
	s.slow = func(latency time.Duration) {
		c.Latency = latency
		if s.Handler, err = graph.New(c, registry, s.DB, StandIn(registry, all)); err != nil {
			t.Fatal(err)
		}
	}
	s.slow(0)
	return s
}

// Later moves the clock on.
func (s *Site) Later(d time.Duration) { s.now = s.now.Add(d) }

// Slow makes reviews, reports and the processing of videos seem to take so long.
func (s *Site) Slow(latency time.Duration) { s.slow(latency) }

// Do sends one request, with a JSON body unless it is nil, and decodes the answer.
func (s *Site) Do(method, path string, body Fields) Fields {
	s.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		s.Fatal(err)
	}
	return s.Send(method, path, "application/json", data)
}

// Send sends one request with a body of any type, and decodes the answer.
func (s *Site) Send(method, path, contentType string, body []byte) Fields {
	s.Helper()
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, s.Request(method, path, contentType, body))
	var answer Fields
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		s.Fatalf("%s %s answered %q: %v", method, path, w.Body, err)
	}
	return answer
}

// Request is a request with the token that may do everything.
func (s *Site) Request(method, path, contentType string, body []byte) *http.Request {
	r := httptest.NewRequestWithContext(s.Context(), method, "/"+path, bytes.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", "Bearer "+token)
	return r
}

// Account is the path of an edge of the ad account.
func (s *Site) Account(edge string) string { return "act_" + s.AccountID + "/" + edge }

// StandIn adds, for every name in the declarations that nobody provides yet, an extension that does nothing.
func StandIn(registry *object.Registry, e graph.Extensions) graph.Extensions {
	all, err := graph.Join(e)
	if err != nil {
		panic(err) // one part has no name twice
	}
	for _, t := range registry.Types() {
		for _, name := range t.Prepare {
			add(all.Hooks, name, func(context.Context, *graph.Write) error { return nil })
		}
		for _, name := range t.Delete {
			add(all.Deletes, name, func(context.Context, *graph.Call, store.Tx, *store.Object) error { return nil })
		}
		for _, f := range t.Fields {
			add(all.Fields, f.Compute, graph.Each(func(*graph.Call, *store.Object) any { return nil }))
		}
		for _, edge := range t.Edges {
			add(all.Edges, edge.Resolve, func(context.Context, *graph.Call, store.Tx, *graph.Selection) (*graph.Rows, error) {
				return &graph.Rows{}, nil
			})
			add(all.Filters, edge.Filter, func(*graph.Call) (func(*store.Object) bool, error) { return nil, nil })
			for _, name := range []string{edge.Get, edge.Action, edge.Delete} {
				add(all.Actions, name, func(context.Context, *graph.Call, store.Tx) (any, error) { return Fields{}, nil })
			}
		}
	}
	return all
}

// add fills one empty place of a table.
func add[T any](all map[string]T, name string, nothing T) {
	if _, provided := all[name]; name != "" && !provided {
		all[name] = nothing
	}
}
