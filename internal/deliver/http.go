package deliver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/origin"
)

// maxDecisionBody is the longest accepted body of a decision request, in bytes.
const maxDecisionBody = 64 << 10

// maxHost is the longest host under which the handler answers, in bytes: that of any name, and a port. What is kept ready is kept by host.
const maxHost = 253 + len(":65535")

// Routes are the endpoints of the package by their patterns. Pages of any site may call those that a tag needs; none of them uses cookies.
func (s *Service) Routes() map[string]http.HandlerFunc {
	routes := map[string]http.HandlerFunc{
		"GET /v1/decisions":     anyOrigin(s.decisions),
		"POST /v1/decisions":    anyOrigin(s.decisions),
		"OPTIONS /v1/decisions": anyOrigin(preflight),
		"POST /v1/openrtb":      anyOrigin(s.openRTB),
		"OPTIONS /v1/openrtb":   anyOrigin(preflight),
		"POST /v1/events":       anyOrigin(s.limited(s.batchEvents)),
		"OPTIONS /v1/events":    anyOrigin(preflight),
		"POST /v1/learn":        s.learnNow,
		"POST /v1/replay":       s.replayNow,
		"GET /v1/status":        s.statusNow,
		"GET " + pathImpression: s.limited(s.sighting(eventlog.Impression)),
		"GET " + pathView:       s.limited(s.sighting(eventlog.View)),
		"GET " + pathClick:      s.click,
		"GET " + pathPixel:      s.limited(s.pixel()),
		"GET " + pathBilling:    s.sold(false),
		"GET " + pathSold:       s.limited(s.sold(true)),
		"GET " + pathWin:        s.won,
		"GET " + pathLoss:       s.lost,
		"GET /tag.js":           serveTag,
		"GET /v1/snippet":       anyOrigin(s.snippet),
		"GET /v1/frame":         s.frame,
		"GET " + pathPicture:    s.picture,
		"GET " + pathGo:         s.goOn,
	}
	for _, path := range []string{
		"/v1/decisions", "/v1/snippet", "/v1/frame", pathPicture, pathGo, pathImpression, pathView, pathClick, pathPixel, pathBilling, pathSold, pathWin, pathLoss,
	} {
		routes["HEAD "+path] = func(http.ResponseWriter, *http.Request) {} // a program looks: nobody saw or clicked
	}
	return routes
}

// Handler serves the endpoints of the package.
func (s *Service) Handler() http.Handler {
	mux, decisions := http.NewServeMux(), anyOrigin(s.decisions)
	for pattern, handler := range s.Routes() {
		mux.HandleFunc(pattern, handler)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.Host) > maxHost {
			writeFailure(w, r, s.log, invalid("host", "max_length", "no host has so long a name"))
			return
		}
		if r.URL.Path == "/v1/decisions" && r.URL.RawPath == "" && (r.Method == http.MethodPost || r.Method == http.MethodGet) { // most requests: the way is known
			decisions(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// anyOrigin lets pages of every site read the answer; without credentials there is nothing of the viewer's to steal.
func anyOrigin(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Access-Control-Allow-Origin"] = []string{"*"}
		next(w, r)
	}
}

// preflight answers what a browser asks before it sends JSON to another site.
func preflight(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST")
	h.Set("Access-Control-Allow-Headers", "Content-Type, Authorization")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// decisions answers GET and POST /v1/decisions. An access token is optional: it allows `time` and `explain`.
func (s *Service) decisions(w http.ResponseWriter, r *http.Request) {
	now := s.sources.Now()
	caller, err := s.callerOf(r, now)
	if err == nil {
		err = s.answer(w, r, caller, now)
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
	}
}

// answer reads a decision request, for one place or for several, decides, and writes what was decided. Nothing is written when there is an error.
func (s *Service) answer(w http.ResponseWriter, r *http.Request, caller Caller, now time.Time) error {
	req, err := s.decisionRequest(w, r)
	if err != nil {
		return err
	}
	if req.Slots != nil {
		p, err := s.page(r.Context(), &req, caller, now)
		if err == nil {
			s.writeBuffered(w, p.appendTo)
		}
		return err
	}
	one, err := s.chooseFresh(r.Context(), &req.DecisionRequest, caller, now)
	if err == nil {
		s.writeDecisions(w, &one)
	}
	return err
}

// callerOf is who asks, by the access token, which may be absent but not wrong.
func (s *Service) callerOf(r *http.Request, now time.Time) (Caller, error) {
	token, err := s.callers.of(r, now)
	if err != nil {
		return Caller{}, err
	}
	caller := Caller{Base: origin.Of(r, s.cfg.Public).String(), Sandbox: allows(token, "sandbox"), Reads: reads(token)}
	if token != nil {
		caller.Accounts = token.Accounts
	}
	return caller, nil
}

// decisionRequest reads the request from the body, or from the query of a GET.
func (s *Service) decisionRequest(w http.ResponseWriter, r *http.Request) (req slotted, err error) {
	switch {
	case r.Method != http.MethodPost:
		req.DecisionRequest, err = requestOfQuery(r.URL.Query())
	case r.ContentLength > 0 && r.ContentLength <= maxPlainBody:
		err = s.readShort(r, &req)
	default:
		err = readJSON(w, r, maxDecisionBody, &req)
	}
	return req, err
}

// readShort reads a short body, the quicker way if it is plain.
func (s *Service) readShort(r *http.Request, req *slotted) error {
	buffer := s.buffers.Get().(*[]byte)
	*buffer = slices.Grow((*buffer)[:0], int(r.ContentLength))[:r.ContentLength]
	_, err := io.ReadFull(r.Body, *buffer)
	body := string(*buffer)
	s.buffers.Put(buffer)
	if err != nil {
		return bodyFault(err)
	}
	if plainRequest(body, &req.DecisionRequest) {
		return nil
	}
	*req = slotted{}
	return decodeJSON(strings.NewReader(body), req)
}

// requestOfQuery reads the members of a DecisionRequest from query parameters; those of the viewer stand beside the others, the id as
// viewer_id, lists separated by commas. Parameters of others are read over, but not what a body has and a query says otherwise.
func requestOfQuery(p url.Values) (client.DecisionRequest, error) {
	switch {
	case p.Has("viewer"):
		return client.DecisionRequest{}, invalid("viewer", "query.member", "in a query the viewer's members stand beside the others, the id as viewer_id")
	case p.Has("slots"):
		return client.DecisionRequest{}, invalid("slots", "query.member", "several places are asked for in a POST")
	}
	req := client.DecisionRequest{
		BusinessID: p.Get("business_id"), AccountID: p.Get("account_id"), AdSetID: p.Get("adset_id"), AdID: p.Get("ad_id"), Placement: p.Get("placement"), Time: p.Get("time"),
		Viewer: client.Viewer{
			ID: p.Get("viewer_id"), Age: p.Get("age"), Gender: p.Get("gender"), Country: p.Get("country"), Region: p.Get("region"), City: p.Get("city"),
			Zip: p.Get("zip"), Device: p.Get("device"), Model: p.Get("device_model"), OS: p.Get("os"), Locale: p.Get("locale"), Timezone: p.Get("timezone"), Counter: p.Get("counter"),
		},
	}
	for name, list := range map[string]*[]string{"interests": &req.Viewer.Interests, "audiences": &req.Viewer.Audiences, "products": &req.Viewer.Products, "shown": &req.Shown} {
		if text := p.Get(name); text != "" {
			*list = strings.Split(text, ",")
		}
	}
	var err error
	for _, number := range []struct {
		name string
		to   *int
	}{{"count", &req.Count}, {"width", &req.Width}, {"height", &req.Height}} {
		if text := p.Get(number.name); text != "" {
			if *number.to, err = strconv.Atoi(text); err != nil {
				return req, invalid(number.name, number.name+".number", number.name+" is not a whole number")
			}
		}
	}
	if text := p.Get("explain"); text != "" {
		if req.Explain, err = strconv.ParseBool(text); err != nil {
			return req, invalid("explain", "explain.bool", "explain is neither true nor false")
		}
	}
	return req, nil
}

// readJSON decodes a body of one JSON object into dst and refuses members that dst does not have.
func readJSON(w http.ResponseWriter, r *http.Request, limit int64, dst any) error {
	return decodeJSON(http.MaxBytesReader(w, r.Body, limit), dst)
}

// decodeJSON is readJSON of a body that is short enough.
func decodeJSON(body io.Reader, dst any) error {
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	err := d.Decode(dst)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			return invalid("", "body.json", "the body holds more than one JSON value")
		}
	}
	return bodyFault(err)
}

// bodyFault says what is wrong with a body in words of the caller.
func bodyFault(err error) error {
	var tooLarge *http.MaxBytesError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &tooLarge):
		return err
	case errors.As(err, &wrong):
		field := strings.TrimPrefix(wrong.Field, "DecisionRequest.") // that slotted embeds
		return invalid(field, "body.type", fmt.Sprintf("%s cannot be a JSON %s", field, wrong.Value))
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		name := strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`)
		return invalid(name, "body.unknown_field", "there is no member "+strconv.Quote(name))
	}
	return invalid("", "body.json", "the body is not a JSON object")
}

// learnNow answers POST /v1/learn: learn from everything logged so far before answering.
func (s *Service) learnNow(w http.ResponseWriter, r *http.Request) {
	token, err := s.callers.of(r, s.sources.Now())
	if err == nil && !allows(token, "sandbox") {
		err = forbidden("access_token", "learn.scope", "this needs an access token with the sandbox scope")
	}
	var learned client.Learned
	if err == nil {
		learned, err = s.Learn(r.Context())
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	writeJSON(w, http.StatusOK, learned)
}
