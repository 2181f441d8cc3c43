package deliver

import (
	"cmp"
	"math"
	"net/http"
	"net/netip"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/traffic"
)

// reporter is what is known of who reports an event.
type reporter struct {
	agent   string // User-Agent of the viewer; "" when unknown
	purpose string
	address string // of the viewer, "" when unknown: never kept, but for a keyed hash in memory
	own     bool   // the viewer's own request
	decides bool   // and the one that decided: nothing says when the viewer saw the link
}

// reporterOf is the viewer whose browser made a request. An address that is not public is not the viewer's, nor is that of a proxy, which only stands
// before servers that have a public address: otherwise anybody could say to be one.
func (s *Service) reporterOf(r *http.Request) reporter {
	h := r.Header
	by := reporter{agent: r.UserAgent(), purpose: cmp.Or(h.Get("Sec-Purpose"), h.Get("Purpose"), h.Get("X-Purpose"), h.Get("X-Moz")), own: true}
	address, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || s.cfg.Public != nil && h.Get("X-Forwarded-For")+h.Get("Forwarded")+h.Get("Via") != "" {
		return by
	}
	if a := address.Addr().Unmap(); a.IsGlobalUnicast() && !a.IsPrivate() {
		by.address = a.String()
	}
	return by
}

// judge notes on an event why no person can have caused it, if that is so. Events of the sandbox come from programs, and are what they are said to be.
func (s *Service) judge(e *eventlog.Event, by reporter) {
	x := e.Exposure
	if x != nil && x.Sandbox {
		return
	}
	asked := traffic.Event{Agent: by.agent, Asked: by.own, Purpose: by.purpose}
	if e.Kind == eventlog.Click {
		asked.Click, asked.After = true, e.At-x.At
		if by.decides {
			asked.After = math.MaxInt64
		}
		asked.Clicks, asked.Limit = s.clicksOf(x, by.address, e.At)
	}
	if e.Invalid = string(s.cfg.Invalid.Judge(asked)); e.Invalid != "" {
		e.Key += "!" + e.Invalid // a person who comes after the program is still the first
	}
}

// clicksOf counts a click at a time (unix milliseconds) and returns how many its viewer or its address, whichever is nearer to the limit, made on the ad
// within a minute.
func (s *Service) clicksOf(x *eventlog.Exposure, address string, at int64) (clicks, limit int) {
	ad := s.viewers.hash("ad " + x.AdID)
	limit = traffic.PerViewer
	if x.Viewer != 0 {
		clicks = s.clicks.Add(x.Viewer^ad, at)
	}
	if address == "" {
		return clicks, limit
	}
	from := s.clicks.Add(s.viewers.hash("address "+address)^ad, at)
	if from*traffic.PerViewer > clicks*traffic.PerAddress {
		return from, traffic.PerAddress
	}
	return clicks, limit
}
