package deliver

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// Paths that bids refer to.
const (
	pathBilling = "/t/b"
	pathSold    = "/t/s"
	pathWin     = "/t/w"
)

// sold makes the handler that answers burl, or the pixel in the markup of a bid: the impression counts, once, at the price at which the exchange sold
// it. A pixel comes from a browser and is judged; burl comes from the exchange, a program, which has judged the traffic that it bills.
func (s *Service) sold(byBrowser bool) http.HandlerFunc {
	return s.reporting(func(r *http.Request, now time.Time) (event eventlog.Event, err error) {
		p := r.URL.Query()
		e, err := s.bidOf(p.Get("d"), now)
		if err != nil {
			return event, err
		}
		e.Price = cleared(p.Get("p"), e.Price)
		event = exposureEvent(eventlog.Impression, e, happened(e, now, 0))
		if byBrowser {
			s.judge(&event, s.reporterOf(r))
		}
		return event, nil
	})
}

// bidOf is the decision of a token that was given to an exchange. No other is for sale: who was shown an ad does not say what it cost.
func (s *Service) bidOf(token string, now time.Time) (*eventlog.Exposure, error) {
	e, err := s.exposure(token, now)
	switch {
	case err != nil:
		return nil, inQuery(err)
	case !e.Bid:
		return nil, invalid("d", "token.bid", "the token is not of a bid")
	}
	return e, nil
}

// cleared is what one impression costs, in millionths: the price of a thousand that the exchange names, where it can be. A macro that nobody filled in, a
// price that is encrypted, 0, and more than was bid leave what was bid.
func cleared(named string, bid int64) int64 {
	price, err := strconv.ParseFloat(named, 64)
	if micros := math.Round(price * 1000); err == nil && micros > 0 && micros <= float64(bid) {
		return int64(micros)
	}
	return bid
}

// won answers nurl: a bid won its auction, which is no impression yet. It is counted for the operator.
func (s *Service) won(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	if _, err := s.bidOf(r.URL.Query().Get("d"), s.sources.Now()); err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	s.counts.wins.Add(1)
	w.WriteHeader(http.StatusNoContent)
}
