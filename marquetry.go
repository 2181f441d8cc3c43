package marquetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/console"
	"github.com/marquetry/marquetry/internal/deliver"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/graph/pages"
	"github.com/marquetry/marquetry/internal/graph/previews"
	"github.com/marquetry/marquetry/internal/graph/videos"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/inspect"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/reference"
	"github.com/marquetry/marquetry/internal/store"
)

// Server is one instance: its data, its services and the handler that serves them. Make it with New, start Run, then serve Handler.
type Server struct {
	Fresh Fresh // what the first start on this data made; zero on later ones

	settings settings
	lock     *os.File // keeps other servers out of the data; nil beside one
	db       *store.DB
	log      eventlog.Log
	folder   *eventlog.Folder
	deliver  *deliver.Service
	graph    *graph.Handler
	previews *previews.Service
	generate *generate.Service
	console  http.Handler
	requests *inspect.Ring
}

// New opens the data, creates what a new instance starts with, and connects the services. It starts nothing that needs stopping;
// Close closes what it opened.
func New(ctx context.Context, config Config) (_ *Server, err error) {
	s := &Server{}
	if s.settings, err = config.complete(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if s.Fresh, err = seed(ctx, s.db, s.settings); err != nil {
		return nil, err
	}
	s.folder = eventlog.NewFolder(s.log, s.db, s.settings.Logger, insights.NewFold(), insights.PixelFold{},
		deliver.NewFold(s.settings.deliver.Attributes, s.settings.Logger))
	sources := deliver.Sources{Now: s.settings.Now, Random: s.settings.Random}
	if s.deliver, err = deliver.New(ctx, s.settings.deliver, s.db, s.log, s.folder, sources, s.settings.Logger); err != nil {
		return nil, err
	}
	if !s.settings.Beside {
		if err := s.folder.Claim(ctx); err != nil {
			return nil, err
		}
		if err := s.deliver.Warm(ctx); err != nil {
			return nil, err
		}
	}
	return s, s.serve(ctx)
}

// open opens the database and the event log.
func (s *Server) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(s.settings.Data, 0o700); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if s.db, err = store.Open(ctx, store.Config{Dir: s.settings.Data, URL: s.settings.DB}); err != nil {
		return err
	}
	shared, err := s.settings.sharesLog(ctx)
	if err != nil {
		return err
	}
	s.settings.deliver.SharedLog, s.settings.deliver.SharedBudgets = shared, shared && s.settings.has(roleDecide)
	if shared {
		s.log, err = eventlog.OpenPostgres(ctx, s.settings.DB)
		return err
	}
	if !s.settings.Beside {
		if s.lock, err = lock(s.settings.Data); err != nil {
			return err
		}
	}
	s.log, err = eventlog.OpenSQLite(filepath.Join(s.settings.Data, "events.db"))
	return err
}

// sharesLog reports whether the event log is in the database.
func (s settings) sharesLog(ctx context.Context) (bool, error) {
	switch {
	case s.Events == "file" || s.Events == "" && s.DB == "":
		return false, nil
	case s.Events != "db" && s.Events != "":
		return false, fmt.Errorf("the event log can be kept in a file or in the db, not in %q", s.Events)
	case s.DB == "":
		return false, errors.New("an event log in the database needs the address of a PostgreSQL database")
	case s.Events == "db":
		return true, nil
	}
	return eventlog.InPostgres(ctx, s.DB)
}

// serve builds what answers requests.
func (s *Server) serve(ctx context.Context) error {
	registry, err := object.Build(object.Types()...)
	if err != nil {
		return err
	}
	if err := s.openPreviews(ctx); err != nil {
		return err
	}
	if err := s.openGeneration(registry); err != nil {
		return err
	}
	reporter := &insights.Reporter{Learner: s.deliver}
	extensions, err := s.extensions(reporter)
	if err != nil {
		return err
	}
	s.requests = inspect.NewRing(inspect.MostRecords, inspect.MostBytes)
	s.settings.graph.Observe = s.requests.Add
	if s.graph, err = graph.New(s.settings.graph, registry, s.db, extensions); err != nil {
		return err
	}
	pages := console.Config{Open: s.settings.OpenConsole, Requests: s.requests, Reviews: reviews{s.generate}, Actor: actor, Now: s.settings.Now, Random: s.settings.Random, Logger: s.settings.Logger}
	s.console, err = console.New(pages, s.db, s.deliver)
	return err
}

// openPreviews reads the key of previews.
func (s *Server) openPreviews(ctx context.Context) (err error) {
	config := previews.Config{DB: s.db, Now: s.settings.Now, Logger: s.settings.Logger, Memory: s.settings.memory, Shows: generate.IsShown, Try: s.tryPictures}
	err = s.db.Write(ctx, func(tx store.Tx) error {
		config.Key, err = previews.Key(ctx, tx, s.settings.Random)
		return err
	})
	if err == nil {
		s.previews = previews.New(config)
	}
	return err
}

// mounts is what is served beside the Graph API, by patterns. What can be reached of it also depends on roles; see [whoAnswers].
func (s *Server) mounts() map[string]http.Handler {
	delivery := s.deliver.Handler()
	return map[string]http.Handler{
		"/v1/":              delivery,
		"/t/":               delivery,
		"/tr":               delivery,
		"/tag.js":           delivery,
		previews.Path:       s.previews,
		"/v1/inspector/":    inspect.Handler(s.requests, s.db, s.settings.Now),
		"/media/":           ads.Media(s.db, s.settings.memory, s.settings.Logger),
		"/media/page/":      pages.Media(s.db, s.settings.Logger),
		"/media/video/":     videos.Media(s.db, s.settings.Logger),
		"GET /{$}":          s.console,
		"/console/":         s.console,
		"/static/":          s.console,
		"GET /healthz":      http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }),
		"GET /readyz":       http.HandlerFunc(s.ready),
		"GET /openapi.json": http.HandlerFunc(openAPI),
	}
}

// Handler serves everything: delivery, pictures, the console, probes, and the Graph API under every other path.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, handler := range s.mounts() {
		mux.Handle(pattern, handler)
	}
	mux.Handle("/", s.graph)
	return s.settings.only(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if forGraph(r.URL) {
			s.graph.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

// forGraph reports whether an address is a Graph request that the mux would take for something else: several objects asked at the
// root, and paths with a doubled slash, which clients make of a base that ends in one and which the mux would redirect.
func forGraph(u *url.URL) bool {
	return u.Path == "/" && u.Query().Has("ids") || strings.Contains(u.Path, "//")
}

// ready answers 200 when the databases do.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if _, err := s.folder.Progress(r.Context()); err != nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// openAPI answers the description of the Graph API, for machines.
func openAPI(w http.ResponseWriter, _ *http.Request) {
	text, err := reference.OpenAPI(object.Types(), object.Newest)
	if err != nil {
		http.Error(w, "the declarations cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(text)
}

// Run does the work between requests (folding events, learning, publishing snapshots, generating texts) until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	var beside sync.WaitGroup
	var failed error
	if s.settings.has(roleWork) {
		if !s.settings.ManualLearning {
			beside.Go(func() { s.folder.Run(ctx) })
		}
		beside.Go(func() { failed = s.generate.Run(ctx) })
	}
	err := s.deliver.Run(ctx)
	beside.Wait()
	err = errors.Join(err, failed)
	if ctx.Err() != nil {
		err = nil // told to stop, perhaps while it was still warming up
	}
	return err
}

// Rebuild forgets every rollup and learning cell and folds the event log again from its beginning.
func (s *Server) Rebuild(ctx context.Context) error { return s.folder.Rebuild(ctx) }

// Close closes the data; call it after Run has returned and the last request was answered.
func (s *Server) Close() error {
	var errs []error
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// Decide chooses ads without HTTP, for programs that embed the engine. The answer's addresses start with base.
func (s *Server) Decide(ctx context.Context, want client.DecisionRequest, base string) (client.DecisionResponse, error) {
	return s.deliver.Decide(ctx, want, deliver.Caller{Base: base}, s.settings.Now())
}
