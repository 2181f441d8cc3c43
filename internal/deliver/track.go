package deliver

import (
	"cmp"
	"errors"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
)

// Paths that decisions and pages refer to.
const (
	pathImpression = "/t/i"
	pathView       = "/t/v"
	pathClick      = "/t/c"
	pathPixel      = "/tr"
)

// pixelImage is a transparent GIF of one pixel.
const pixelImage = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// reporting makes the handler of an image whose request reports an event. What is refused is answered with the reason, which an <img> ignores.
func (s *Service) reporting(read func(r *http.Request, now time.Time) (eventlog.Event, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		event, err := read(r, s.sources.Now())
		if err == nil {
			_, err = s.record(r.Context(), []eventlog.Event{event})
		}
		if err != nil {
			noStore(w)
			writeFailure(w, r, s.log, err)
			return
		}
		writePixel(w)
	}
}

// sighting makes the handler of the image that reports an impression or a view.
func (s *Service) sighting(kind eventlog.Kind) http.HandlerFunc {
	return s.reporting(func(r *http.Request, now time.Time) (event eventlog.Event, err error) {
		e, err := s.exposure(r.URL.Query().Get("d"), now)
		if err != nil {
			return event, inQuery(err)
		}
		event = exposureEvent(kind, e, happened(e, now, 0))
		s.judge(&event, s.reporterOf(r))
		return event, nil
	})
}

// inQuery is an error about a report in words of its query, where the members have other names than in a batch.
func inQuery(err error) error {
	told := refusalOf(err)
	if told == nil {
		return err
	}
	named := map[string]string{"token": "d", "name": "ev", "event_id": "eid", "value": "cd[value]", "currency": "cd[currency]"}
	told.field = cmp.Or(named[told.field], told.field)
	return told
}

// click records a click and sends the viewer on to the destination of the link that was shown, which comes from the creative alone. A click
// that was already counted is sent on as well, and so is one whose token has become stale: a person is waiting.
func (s *Service) click(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	now := s.sources.Now()
	token := r.URL.Query().Get("d")
	e, err := s.exposure(token, now)
	stale := errors.Is(err, ErrStale)
	if err != nil && !stale {
		s.clickPage(w, http.StatusBadRequest, "This link is not valid.")
		return
	}
	if stale {
		if e, err = s.signer.Load().open(token); err != nil {
			s.clickPage(w, http.StatusBadRequest, "This link is not valid.")
			return
		}
	}
	s.sendOn(w, r, e, click{token, stale, s.reporterOf(r)}, now)
}

// click is what is known of a click beside its exposure.
type click struct {
	token string
	stale bool // it is not counted any more
	by    reporter
}

// sendOn sends a viewer on to where the link leads that was shown, and records the click unless what was shown is stale or its address
// reports too much.
func (s *Service) sendOn(w http.ResponseWriter, r *http.Request, e *eventlog.Exposure, c click, now time.Time) {
	snapshot, number := s.snapshot.Load(), r.URL.Query().Get("c")
	target, err := s.destination(snapshot, e, number, c.token, now.Unix())
	if err != nil {
		s.log.WarnContext(r.Context(), "a click leads nowhere", "ad", e.AdID, "creative", e.CreativeID, "error", err)
		s.clickPage(w, http.StatusNotFound, "What this link leads to is gone.")
		return
	}
	if !c.stale && !s.crowded(r) {
		event := exposureEvent(eventlog.Click, e, happened(e, now, 0))
		if snapshot.objects.creatives[e.CreativeID].cardOf(number) != nil {
			at, _ := strconv.Atoi(number) // it is one
			event.Card = 1 + at%mostCards
		}
		s.judge(&event, c.by)
		if _, err := s.record(r.Context(), []eventlog.Event{event}); err != nil {
			s.log.ErrorContext(r.Context(), "a click was not recorded", "ad", e.AdID, "error", err) // the viewer goes on all the same
		}
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusFound)
}

// errNoDestination is a click on an ad or link that this server does not know any more.
var errNoDestination = errors.New("no such link")

// destination is where the shown link leads, with its tags, its macros filled in, and the token as fbclid, by which the site can name
// the click when it reports a conversion. Of a carousel number says which card was clicked.
func (s *Service) destination(snapshot *Snapshot, e *eventlog.Exposure, number, token string, now int64) (string, error) {
	shown, a := snapshot.objects.creatives[e.CreativeID], snapshot.objects.ads[e.AdID]
	if shown == nil || a == nil || !fits(shown.space, e.Slots) {
		return "", errNoDestination
	}
	link, tags := shown.link(e.Slots)
	if shown.set != "" {
		var data catalog.Item // of an item that is gone, its tags are empty
		if it := snapshot.objects.shelves[shown.set].byID[e.Item]; it != nil {
			data = it.data
		}
		link = shown.itemLink(link, data, now)
	}
	if card := shown.cardOf(number); card != nil && card.Link != "" {
		link = card.Link
		if card.Tags != "" {
			tags = append(tags, card.Tags)
		}
	}
	macros := make(map[string]string, len(a.macros)+2)
	maps.Copy(macros, a.macros)
	macros["placement"], macros["site_source_name"] = e.Context.Placement, siteSource(e.Context.Placement)
	return creative.Destination(link, append(tags, "fbclid="+url.QueryEscape(token)), macros)
}

// siteSource is what the macro site_source_name says of a placement: the platform's short names, and ours where it has none.
func siteSource(placement string) string {
	platform, _, _ := object.Placement(placement)
	short := map[string]string{"facebook": "fb", "instagram": "ig", "messenger": "msg", "audience_network": "an"}
	return cmp.Or(short[platform], "marquetry")
}

// noStore keeps every cache from answering for us.
func noStore(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }

// writePixel answers the image.
func writePixel(w http.ResponseWriter) {
	noStore(w)
	w.Header().Set("Content-Type", "image/gif")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	w.Write([]byte(pixelImage))
}

// clickPage tells a person that a link does not work.
func (s *Service) clickPage(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.WriteHeader(status)
	w.Write([]byte(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Link</title>` +
		`<body style="font:1rem/1.5 system-ui;margin:4rem auto;max-width:30rem"><p>` + template.HTMLEscapeString(message) + "</p></body></html>\n"))
}
