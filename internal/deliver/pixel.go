package deliver

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// pixel makes the handler of GET /tr, the image request of a page on the advertiser's site: id (pixel), ev (event name), cd[value], cd[currency], eid
// (event id), external_id, and the click as fbc=fb.1.<ms>.<token>, fbclid=<token> or mq=<token>. In the sandbox ts, in unix milliseconds, says
// when it happened.
func (s *Service) pixel() http.HandlerFunc {
	return s.reporting(func(r *http.Request, now time.Time) (eventlog.Event, error) {
		event, err := s.pixelEvent(r.URL.Query(), now)
		if err == nil {
			s.judge(&event, s.reporterOf(r))
		}
		return event, err
	})
}

// pixelEvent checks the parameters of an image request.
func (s *Service) pixelEvent(p url.Values, now time.Time) (eventlog.Event, error) {
	objects := s.snapshot.Load().objects
	owner, known := objects.pixels[p.Get("id")]
	if !known {
		return eventlog.Event{}, invalid("id", "id.pixel", "id is not a pixel of this server")
	}
	var value float64
	if text := p.Get("cd[value]"); text != "" {
		var err error
		if value, err = strconv.ParseFloat(text, 64); err != nil {
			return eventlog.Event{}, invalid("cd[value]", "value.number", "cd[value] is not a number")
		}
	}
	if len(p.Get("external_id")) > maxViewerID {
		return eventlog.Event{}, invalid("external_id", "max_length", "external_id is too long")
	}
	o := &eventlog.Outcome{
		PixelID: p.Get("id"), AccountID: owner, Name: p.Get("ev"), EventID: p.Get("eid"), Viewer: s.viewers.hash(p.Get("external_id")),
		Currency: strings.ToUpper(p.Get("cd[currency]")), Source: "website",
	}
	o.Items = contentsOf(p.Get("cd[content_ids]"), nil)
	if o.Currency == "" && objects.accounts[owner] != nil {
		o.Currency = objects.accounts[owner].currency
	}
	err := checkOutcome(o, value)
	if err == nil {
		err = s.checkName(o)
	}
	if err != nil {
		return eventlog.Event{}, inQuery(err)
	}
	x := s.clickOf(objects, owner, clickToken(p), now)
	at := now.UnixMilli()
	if x != nil {
		named, _ := strconv.ParseInt(p.Get("ts"), 10, 64) // without a readable one, the decision's time
		at = happened(x, now, named)
	}
	return s.conversionEvent(x, o, at), nil
}

// clickToken finds our token among the parameters.
func clickToken(p url.Values) string {
	for _, name := range []string{"mq", "fbclid"} {
		if token := p.Get(name); token != "" {
			return token
		}
	}
	return tokenOfFBC(p.Get("fbc"))
}

// tokenOfFBC is the click id inside a value of the _fbc cookie: fb.<subdomain index>.<unix ms>.<click id>.
func tokenOfFBC(fbc string) string {
	parts := strings.SplitN(fbc, ".", 4)
	if len(parts) != 4 || parts[0] != "fb" {
		return ""
	}
	return parts[3]
}

// clickOf joins an outcome in an account to the decision of a click id; nil when the id is not ours, not good any more, or of another
// account, whose ad this outcome must not be credited to. at is when the outcome happened.
func (s *Service) clickOf(objects *index, accountID, token string, at time.Time) *eventlog.Exposure {
	x := s.clickExposure(token, at)
	if x == nil {
		return nil
	}
	if a := objects.ads[x.AdID]; a == nil || a.adset.account.id != accountID {
		return nil
	}
	return x
}
