package inspect

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Rows of a list.
const (
	usualRows = 50
	mostRows  = 500
)

// pathRequests is where the list is; a record is below it under its trace id.
const pathRequests = "/v1/inspector/requests"

// page is the answer to a list.
type page struct {
	Data   []json.RawMessage `json:"data"`
	Paging paging            `json:"paging"`
}

// paging says how to go on.
type paging struct {
	Next string `json:"next,omitempty"` // the cursor of what follows; absent at the end
}

// server answers the inspector's paths.
type server struct {
	ring *Ring
	db   *store.DB
	now  func() time.Time
}

// Handler serves GET /v1/inspector/requests and GET /v1/inspector/requests/{trace}.
func Handler(ring *Ring, db *store.DB, now func() time.Time) http.Handler {
	s := &server{ring, db, now}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+pathRequests, s.list)
	mux.HandleFunc("GET "+pathRequests+"/{trace}", s.one)
	return mux
}

// list answers the newest records that match.
func (s *server) list(w http.ResponseWriter, r *http.Request) {
	viewer, err := s.viewer(r)
	if err != nil {
		refuse(w, http.StatusUnauthorized, err)
		return
	}
	f, err := FilterOf(r.URL.Query())
	if err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	f.Sees = viewer
	rows, before := s.ring.List(f)
	out := page{Data: append([]json.RawMessage{}, rows...)}
	if before > 0 {
		out.Paging.Next = strconv.FormatInt(before, 10)
	}
	answer(w, http.StatusOK, out)
}

// one answers the record of a trace id.
func (s *server) one(w http.ResponseWriter, r *http.Request) {
	viewer, err := s.viewer(r)
	if err != nil {
		refuse(w, http.StatusUnauthorized, err)
		return
	}
	rows, _ := s.ring.List(Filter{Trace: r.PathValue("trace"), Limit: 1, Sees: viewer})
	if len(rows) == 0 {
		refuse(w, http.StatusNotFound, object.Broken("request.unknown", 0, "no request with this fbtrace_id is remembered, or it is not yours to see", "trace"))
		return
	}
	answer(w, http.StatusOK, rows[0])
}

// viewer finds out who asks by the token in the header or the query.
func (s *server) viewer(r *http.Request) (Viewer, error) {
	_, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if secret = strings.TrimSpace(secret); secret == "" {
		secret = r.URL.Query().Get("access_token")
	}
	hash := store.HashToken(secret)
	var t *store.Token
	err := s.db.Read(r.Context(), func(tx store.Tx) (err error) {
		t, err = tx.TokenByHash(r.Context(), hash)
		return err
	})
	switch {
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return Viewer{}, err
	case err != nil || !t.Good(s.now().Unix()):
		return Viewer{}, object.Broken("access_token.invalid", 0, "the inspector needs an access token that is known and has not expired", "access_token")
	}
	return ViewerOf(t), nil
}

// ViewerOf is what the holder of a token may see: an admin of all accounts everything, others the requests of their accounts if they may
// read ads, and their own.
func ViewerOf(t *store.Token) Viewer {
	admin := slices.Contains(t.Scopes, "admin")
	reads := admin || slices.Contains(t.Scopes, "ads_read") || slices.Contains(t.Scopes, "ads_management")
	return Viewer{All: admin && len(t.Accounts) == 0, Accounts: t.Accounts, Reads: reads, Holder: t.Hash}
}

// FilterOf reads a filter: trace, object, method, status (a number, or "error"), since (RFC 3339 or unix seconds), limit and after.
func FilterOf(q url.Values) (f Filter, err error) {
	f = Filter{Trace: q.Get("trace"), Object: q.Get("object"), Method: strings.ToUpper(q.Get("method")), Limit: usualRows}
	if account := q.Get("account"); account != "" && f.Object == "" {
		f.Object = account
	}
	number := func(name string, most int64) int64 {
		text := q.Get(name)
		n, bad := strconv.ParseInt(text, 10, 64)
		if text != "" && (bad != nil || n < 1 || n > most) {
			err = errors.Join(err, object.Broken("filter."+name, 0, name+" must be a whole number from 1 to "+strconv.FormatInt(most, 10), name))
		}
		return n
	}
	if q.Get("limit") != "" {
		f.Limit = int(number("limit", mostRows))
	}
	f.Before = number("after", 1<<62)
	if f.Errors = q.Get("status") == "error"; !f.Errors {
		f.Status = int(number("status", 599))
	}
	if since := q.Get("since"); since != "" {
		seconds, bad := strconv.ParseInt(since, 10, 64)
		if f.Since = time.Unix(seconds, 0); bad != nil {
			if f.Since, bad = time.Parse(time.RFC3339, since); bad != nil {
				err = errors.Join(err, object.Broken("filter.since", 0, "since must be unix seconds or a time such as 2026-01-31T08:00:00Z", "since"))
			}
		}
	}
	return f, err
}

// refuse answers why not, in the words that the platform's clients can read. What is no fault of the caller stays unsaid.
func refuse(w http.ResponseWriter, status int, err error) {
	var f *object.Fault
	if !errors.As(err, &f) {
		status, f = http.StatusInternalServerError, object.Broken("internal", 0, "the server could not answer")
	}
	answer(w, status, map[string]any{"error": map[string]any{"message": f.Message, "type": "InspectorError", "code": status, "rule": f.Rule}})
}

// answer writes JSON.
func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // the client is gone
}
