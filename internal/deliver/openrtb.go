package deliver

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/origin"
)

// maxBidBody is the longest accepted bid request, in bytes, before and after it was unpacked.
const maxBidBody = 256 << 10

// openRTB answers POST /v1/openrtb: bids in OpenRTB 2.6 on what an exchange offers. No bid is status 204, or with `explain` an answer without bids
// that says why. As for decisions an access token is optional, and a wrong one is not ignored.
func (s *Service) openRTB(w http.ResponseWriter, r *http.Request) {
	noStore(w)
	w.Header().Set("X-Openrtb-Version", openrtb.Version)
	b, explain, err := s.bidRequest(w, r)
	if err == nil {
		err = s.bid(r.Context(), b)
	}
	switch {
	case err != nil:
		writeFailure(w, r, s.log, err)
	case len(b.answer.SeatBid) > 0 || explain:
		w.Header().Set("Content-Type", "application/json")
		w.Write(append(quoted(b.answered(explain)), '\n'))
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// bidRequest reads who asks, from where ads are wanted, and the request.
func (s *Service) bidRequest(w http.ResponseWriter, r *http.Request) (b *bidding, explain bool, err error) {
	now := s.sources.Now()
	if _, err := s.callers.of(r, now); err != nil {
		return nil, false, err
	}
	p := r.URL.Query()
	from, err := requestOfQuery(p)
	if err == nil {
		err = checkShown(from.Shown)
	}
	if err != nil {
		return nil, false, err
	}
	body, err := unpacked(w, r)
	if err != nil {
		return nil, false, err
	}
	request, err := openrtb.Parse(body)
	if err != nil {
		return nil, false, err
	}
	b = &bidding{
		asked:   request,
		want:    from,
		base:    origin.Of(r, s.cfg.Public).String(),
		now:     now,
		answer:  openrtb.BidResponse{ID: request.ID},
		reasons: make([]openrtb.ImpReason, 0, len(request.Imp)),
	}
	b.want.Viewer, b.want.Count, b.want.Explain, b.want.Time = viewerOf(request, now), 1, false, ""
	return b, from.Explain, nil
}

// viewerOf is who is there, in the words of a decision.
func viewerOf(r *openrtb.BidRequest, now time.Time) client.Viewer {
	v := r.Viewer(now.Year())
	return client.Viewer{
		ID: v.ID, Age: v.Age, Gender: v.Gender, Country: v.Country, Region: v.Region, City: v.City, Zip: v.Zip, Timezone: v.Clock,
		Locale: v.Locale, Device: v.Device, OS: v.OS, Model: v.Model,
	}
}

// unpacked reads a body, which may be gzip.
func unpacked(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	var body io.Reader = http.MaxBytesReader(w, r.Body, maxBidBody)
	switch coding := r.Header.Get("Content-Encoding"); coding {
	case "", "identity":
	case "gzip":
		unzipped, err := gzip.NewReader(body)
		if err != nil {
			return nil, unzipFault(err)
		}
		body = io.LimitReader(unzipped, maxBidBody+1)
	default:
		return nil, &refusal{http.StatusUnsupportedMediaType, "a body may be gzip, not " + strconv.Quote(coding), "", "body.encoding"}
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(body); err != nil {
		return nil, unzipFault(err)
	}
	if b.Len() > maxBidBody {
		return nil, &http.MaxBytesError{Limit: maxBidBody}
	}
	return b.Bytes(), nil
}

// unzipFault says what is wrong with a body that could not be read to its end.
func unzipFault(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return invalid("", "body.encoding", "the body could not be read: "+err.Error())
}

// bidding is one bid request on its way to an answer.
type bidding struct {
	asked   *openrtb.BidRequest
	want    client.DecisionRequest // what all its imps share
	base    string
	now     time.Time
	answer  openrtb.BidResponse
	made    []decided           // the decisions behind its bids
	reasons []openrtb.ImpReason // of the imps without a bid
	why     openrtb.NoBid       // of the imp that came furthest
}

// bid fills the answer: at most one bid on each imp, of different ads and in one currency. When the exchange does not wait any longer there are no
// bids; that takes as long only when the objects have just changed and the database is slow. What nobody can be shown holds nothing.
func (s *Service) bid(ctx context.Context, b *bidding) (err error) {
	defer func() {
		if err != nil || len(b.answer.SeatBid) == 0 || b.asked.Test == 1 {
			s.abandon(b.made, b.now)
		}
	}()
	if b.asked.TMax > 0 {
		limited, cancel := context.WithTimeout(ctx, time.Duration(b.asked.TMax)*time.Millisecond)
		defer cancel()
		ctx = limited
	}
	for i := range b.asked.Imp {
		imp := &b.asked.Imp[i]
		why, detail, err := s.bidOn(ctx, b, imp)
		if err != nil {
			return err
		}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			b.answer.SeatBid, b.why, b.reasons = nil, openrtb.TooLate, nil
			return nil
		}
		if why != openrtb.Bidding {
			b.why = max(b.why, why)
			b.reasons = append(b.reasons, openrtb.ImpReason{ImpID: imp.ID, Reason: why.String(), Detail: detail})
		}
	}
	return nil
}

// answered is the answer, with reasons where they were asked for.
func (b *bidding) answered(explain bool) *openrtb.BidResponse {
	if explain && len(b.reasons) > 0 {
		b.answer.Ext = &openrtb.Explanation{Reasons: b.reasons}
	}
	if len(b.answer.SeatBid) == 0 {
		b.answer.NBR = b.why.Code()
	}
	return &b.answer
}

// bidOn makes the bid on one imp; else it says why there is none, with the reason of a decision when no ad may be shown.
func (s *Service) bidOn(ctx context.Context, b *bidding, imp *openrtb.Imp) (why openrtb.NoBid, detail string, err error) {
	slot, why := b.asked.Slot(imp)
	if why != openrtb.Bidding {
		return why, "", nil
	}
	t := &terms{bidding: b, imp: imp, slot: slot}
	want := b.want
	want.Placement, want.Width, want.Height = slot.Placement, slot.Size.W, slot.Size.H
	r, err := s.chooseFresh(ctx, &want, Caller{Base: b.base, terms: t}, b.now)
	if err != nil {
		return 0, "", err
	}
	if len(r.made) == 0 && r.why == eligible { // the terms alone stand against the ads
		return cmp.Or(t.why, openrtb.NoAd), "", nil
	}
	if len(r.made) == 0 {
		return openrtb.NoAd, r.why.String(), nil
	}
	d := &r.made[0]
	markup, ok := t.markup(d)
	if !ok { // an item of a catalog is only known once it was drawn
		s.abandon(r.made, b.now)
		return openrtb.Assets, "", nil
	}
	b.want.Shown, b.answer.Cur = append(b.want.Shown, d.ad.id), d.ad.adset.account.currency
	b.answer.Add(d.ad.adset.account.id, t.bid(d, markup))
	b.made = append(b.made, *d)
	return openrtb.Bidding, "", nil
}
