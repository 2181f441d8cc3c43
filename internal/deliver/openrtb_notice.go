package deliver

import (
	"math"
	"net/http"
	"strconv"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// Paths that bids refer to.
const (
	pathBilling = "/t/b"
	pathWin     = "/t/w"
)

// billed answers burl and the pixel in the markup of a bid: the impression counts, once, at the price at which the exchange sold it.
func (s *Service) billed(w http.ResponseWriter, r *http.Request) {
	now := s.sources.Now()
	p := r.URL.Query()
	e, err := s.exposure(p.Get("d"), now)
	if err == nil {
		e.Price = cleared(p.Get("p"), e.Price)
		_, err = s.record(r.Context(), []eventlog.Event{exposureEvent(eventlog.Impression, e, happened(e, now, 0))})
	}
	if err != nil {
		noStore(w)
		writeFailure(w, r, s.log, err)
		return
	}
	writePixel(w)
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
	if _, err := s.exposure(r.URL.Query().Get("d"), s.sources.Now()); err != nil {
		writeFailure(w, r, s.log, err)
		return
	}
	s.counts.wins.Add(1)
	w.WriteHeader(http.StatusNoContent)
}
