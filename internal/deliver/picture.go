package deliver

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/origin"
)

// An ad without script: a picture, and a link that leads to where that picture's ad leads, for mail and the like. The page makes up a key for each
// view, which the two addresses share. The decision has a number that follows from the key, and the event of that number in the log says what was
// shown, however much later and on whichever server the link is followed.
const (
	pathPicture = "/v1/picture"
	pathGo      = "/v1/go"
)

// maxKey is the longest key of a view, in bytes.
const maxKey = 128

// errNoAd says that there is nothing to show under a key.
var errNoAd = errors.New("no ad")

// picture answers GET /v1/picture: sends on to the picture of the ad that the key stands for, and counts its impression. Without an ad it is one
// transparent pixel.
func (s *Service) picture(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	now := s.sources.Now()
	e, err := s.keyed(w, r, now)
	if err == nil {
		e, err = s.recordOnce(r, e, now)
	}
	address := ""
	if err == nil {
		address = s.pictureOf(e, origin.Of(r, s.cfg.Public).String(), now.Unix())
	}
	switch {
	case err != nil && !errors.Is(err, errNoAd):
		writeFailure(w, r, s.log, err)
	case address == "":
		writePixel(w)
	default:
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		w.Header().Set("Location", address)
		w.WriteHeader(http.StatusFound)
	}
}

// goOn answers GET /v1/go: counts a click on the ad that the key stands for, and sends on to where its link leads.
func (s *Service) goOn(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	now := s.sources.Now()
	e, err := s.keyed(w, r, now)
	switch {
	case errors.Is(err, errNoAd):
		s.clickPage(w, http.StatusNotFound, "What this link leads to is gone.")
	case err != nil && refusalOf(err) != nil:
		s.clickPage(w, http.StatusBadRequest, "This link is not valid.")
	case err != nil:
		writeFailure(w, r, s.log, err)
	default:
		stale := now.Sub(time.UnixMilli(e.At)) > s.cfg.TokenTTL
		by := s.reporterOf(r)
		by.decides = e.At == now.UnixMilli()
		s.sendOn(w, r, e, click{string(s.signer.Load().Sign(nil, e)), stale, by}, now)
	}
}

// keyed is the decision that a request's key stands for: the one that was logged, or else one that is made now. errNoAd when there is none.
func (s *Service) keyed(w http.ResponseWriter, r *http.Request, now time.Time) (*eventlog.Exposure, error) {
	p := r.URL.Query()
	req, err := requestOfQuery(p)
	if err != nil {
		return nil, err
	}
	key := p.Get("key")
	if key == "" || len(key) > maxKey {
		return nil, invalid("key", "key.length", "key is 1 to "+strconv.Itoa(maxKey)+" bytes of your own for each view")
	}
	if req.Time != "" {
		return nil, forbidden("time", "time.scope", "what is shown under a key is shown now")
	}
	req.Count = 1
	seed := strconv.FormatUint(s.viewers.hash(hashOf("view", req.BusinessID, req.AccountID, req.AdSetID, req.AdID, key)), 36)
	e, err := s.logged(r, draws{s, seed, true}.at(1))
	if e != nil {
		return e, nil
	}
	if err != nil { // a person may be waiting
		s.log.ErrorContext(r.Context(), "what was shown was not looked up", "error", err)
	}
	answer, err := s.chooseFresh(r.Context(), &req, Caller{Base: origin.Of(r, s.cfg.Public).String(), seed: seed}, now)
	if err != nil {
		return nil, err
	}
	if len(answer.made) == 0 {
		w.Header().Set("X-Marquetry-Reason", answer.why.String())
		return nil, errNoAd
	}
	return s.signer.Load().open(string(answer.made[0].token))
}

// logged is what was shown or followed of a decision, nil when nothing was.
func (s *Service) logged(r *http.Request, decision uint64) (*eventlog.Exposure, error) {
	for _, kind := range []eventlog.Kind{eventlog.Impression, eventlog.Click} {
		found, err := s.events.Find(r.Context(), exposureEvent(kind, &eventlog.Exposure{Decision: decision}, 0).Key)
		if err != nil {
			return nil, err
		}
		if found != nil {
			return found.Exposure, nil
		}
	}
	return nil, nil
}

// recordOnce logs an impression, unless the decision has one, and returns the one that is logged: of two requests with one key at once, both show
// what the first has shown. An impression that is too old is shown, and not counted.
func (s *Service) recordOnce(r *http.Request, e *eventlog.Exposure, now time.Time) (*eventlog.Exposure, error) {
	if now.Sub(time.UnixMilli(e.At)) > s.cfg.TokenTTL {
		return e, nil
	}
	event := exposureEvent(eventlog.Impression, e, now.UnixMilli())
	s.judge(&event, s.reporterOf(r))
	receipts, err := s.record(r.Context(), []eventlog.Event{event})
	if err != nil || !receipts[0].Duplicate {
		return e, err
	}
	first, err := s.logged(r, e.Decision)
	return cmp.Or(first, e), err
}

// pictureOf is the address of the picture that was shown, at a time (unix seconds), "" when it is gone.
func (s *Service) pictureOf(e *eventlog.Exposure, base string, now int64) string {
	objects := s.snapshot.Load().objects
	shown := objects.creatives[e.CreativeID]
	if shown == nil || !fits(shown.space, e.Slots) {
		return ""
	}
	form := ""
	if shown.formed[e.Context.Placement] {
		form = e.Context.Placement
	}
	assets := shown.chosen(e.Slots, base, form)
	if shown.set != "" {
		it := objects.shelves[shown.set].byID[e.Item]
		if it == nil {
			return ""
		}
		shown.dress(assets, it, e.Slots, base, now)
	}
	address, err := creative.Destination(assets["image"].URL, nil, nil) // as a header may have it
	if err != nil {
		return ""
	}
	return address
}
