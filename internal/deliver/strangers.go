package deliver

import (
	"cmp"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// Limits of what those may report who need no access token.
const (
	publicRate  = 100 // requests a second of one address, by default
	maxNewNames = 100 // of conversions that nobody has declared, for one pixel within a day (UTC)
)

// limited refuses the reports of an address that sends too many. Addresses that are not public, and those of proxies, are nobody's: see [Service.reporterOf].
func (s *Service) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.crowded(r) {
			w.Header().Set("Retry-After", "60")
			message := fmt.Sprintf("this address has sent more than %d reports within a minute", 60*s.cfg.PublicRate)
			writeFailure(w, r, s.log, &refusal{http.StatusTooManyRequests, message, "", "public_rate"})
			return
		}
		next(w, r)
	}
}

// crowded counts a request, and reports whether its address has made too many.
func (s *Service) crowded(r *http.Request) bool {
	return s.cfg.PublicRate > 0 && s.requestsOf(r) > 60*s.cfg.PublicRate
}

// requestsOf counts a request and returns how many its address has made within a minute; 0 for one that is not known. Of IPv6 a network of 64 bits is one
// address: whoever has one has them all.
func (s *Service) requestsOf(r *http.Request) int {
	by, err := netip.ParseAddr(s.reporterOf(r).address)
	if err != nil {
		return 0
	}
	if by.Is6() {
		by = netip.PrefixFrom(by, 64).Masked().Addr()
	}
	return s.requests.Add(s.viewers.hash("requests of "+by.String()), s.sources.Now().UnixMilli())
}

// newNames are the names of conversions that strangers brought today, by pixel: every name becomes a row of the reports. The zero value is ready; it is
// safe for concurrent use, and as large as there are pixels.
type newNames struct {
	mu  sync.Mutex
	day int64
	of  map[string][]uint64 // hashes
}

// admit takes in a name at a time, and reports whether there is room for it.
func (n *newNames) admit(pixel string, name uint64, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if day := now.Unix() / (24 * 60 * 60); day != n.day || n.of == nil {
		n.day, n.of = day, map[string][]uint64{}
	}
	known := n.of[pixel]
	switch {
	case slices.Contains(known, name):
		return true
	case len(known) == maxNewNames:
		return false
	}
	n.of[pixel] = append(known, name)
	return true
}

// checkName refuses one more name of a conversion where strangers have brought too many already. Those that the platform names, and those that an ad set of
// the account is to bring about, are always taken.
func (s *Service) checkName(o *eventlog.Outcome) error {
	if slices.Contains(standardEvents(), o.Name) || s.newNames.admit(cmp.Or(o.PixelID, o.AccountID), s.viewers.hash("name "+o.Name), s.sources.Now()) {
		return nil
	}
	owner := s.snapshot.Load().objects.accounts[o.AccountID]
	if owner != nil && slices.ContainsFunc(owner.ads, func(a *ad) bool { return a.adset.event == o.Name }) {
		return nil
	}
	return invalid("name", "name.new", fmt.Sprintf("the pixel has had %d new names of conversions today; by the Conversions API it takes more", maxNewNames))
}

// standardEvents are the names that the platform gives to what happens on a site.
func standardEvents() []string {
	return []string{
		"Purchase", "AddToCart", "InitiateCheckout", "ViewContent", "CompleteRegistration", "Search", "AddPaymentInfo", "AddToWishlist", "Lead", "PageView",
		"Contact", "CustomizeProduct", "Donate", "FindLocation", "Schedule", "StartTrial", "SubmitApplication", "Subscribe",
	}
}
