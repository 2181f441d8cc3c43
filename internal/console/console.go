package console

import (
	"cmp"
	"context"
	"embed"
	"html/template"
	"net/http"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/insights"
	"github.com/marquetry/marquetry/internal/store"
)

// Learner knows what has been learnt of ads.
type Learner interface {
	insights.Learner
	// Contexts lists the contexts in which an ad showed a creative, those with most impressions first.
	Contexts(ctx context.Context, tx store.Tx, adID, creativeID string, limit int) ([]bandit.Seen, error)
	// Closed is the rule that keeps an ad from everybody now, and says it in words; "" when there is none.
	Closed(adID string) (rule, message string)
}

// console is the handler's state.
type console struct {
	Config
	db       *store.DB
	learner  Learner
	sessions *sessions
	races    *races
	pages    *template.Template
	styles   string // policy that lets previews have the styles of ads
}

// static is what pages load: the style sheet, the script and the icon.
//
//go:embed static
var static embed.FS

// templates is what pages are made of.
//
//go:embed templates
var templates embed.FS

// New makes the handler of the pages: GET /, everything under /console/ and everything under /static/.
func New(cfg Config, db *store.DB, learner Learner) (http.Handler, error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	cfg.Session = cmp.Or(cfg.Session, sessionLife)
	pages, err := template.New("").Funcs(functions()).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, err
	}
	c := &console{Config: cfg, db: db, learner: learner, sessions: newSessions(), races: newRaces(), pages: pages, styles: cardStyles()}
	return http.NewCrossOriginProtection().Handler(secured(c.routes())), nil
}

// routes is the table of pages. A fragment is the part of a page that htmx asks for again.
func (c *console) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", cached(http.FileServerFS(static)))
	mux.HandleFunc("GET /console/login", c.loginPage)
	mux.HandleFunc("POST /console/login", c.login)
	mux.HandleFunc("POST /console/logout", c.logout)
	mux.HandleFunc("GET /{$}", c.private(reading(c.list(true))))
	mux.HandleFunc("GET /console/ads", c.private(reading(c.list(false))))
	mux.HandleFunc("GET /console/ads/{id}", c.private(reading(c.ad(true))))
	mux.HandleFunc("GET /console/ads/{id}/numbers", c.private(reading(c.ad(false))))
	mux.HandleFunc("GET /console/arena", c.private(reading(c.arena(true))))
	mux.HandleFunc("GET /console/arena/race", c.private(reading(c.arena(false))))
	mux.HandleFunc("GET /console/requests", c.private(reading(c.requests)))
	mux.HandleFunc("GET /console/requests/{trace}", c.private(reading(c.request)))
	mux.HandleFunc("GET /console/review", c.private(c.queue))
	mux.HandleFunc("GET /console/review/{id}", c.private(c.review(true)))
	mux.HandleFunc("POST /console/review/{id}", c.private(c.decide))
	mux.HandleFunc("GET /console/review/{id}/texts", c.private(c.review(false)))
	mux.HandleFunc("GET /console/review/{id}/progress", c.private(c.progress))
	mux.HandleFunc("GET /console/review/{id}/preview/{asset}", c.private(c.preview))
	return mux
}

// secured sets the headers that every answer has. The policy lets pages load from this server only and run no script written
// into them.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// cached lets browsers keep what only changes with the program for an hour.
func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		next.ServeHTTP(w, r)
	})
}
