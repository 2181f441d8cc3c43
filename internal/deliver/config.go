package deliver

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/marquetry/marquetry/internal/steer"
	"github.com/marquetry/marquetry/internal/traffic"
)

// Config is what an operator can set. DefaultConfig is a good start.
type Config struct {
	Attributes    []string      // what of a context the learner may tell apart, in this order
	TokenTTL      time.Duration // how long after a decision its token is believed
	KeyLife       time.Duration // age at which the signing key is replaced
	AutoRefit     bool          // learn as events come in; without it only POST /v1/learn does
	Public        *url.URL      // address that clients use, for servers behind a proxy; nil means the request's own host
	Seed          uint64        // of sandbox decisions and of the models' draws
	MinDays       int           // no verdict on an ad before this many days
	MinEvents     int64         // no verdict on an ad before this many optimisation events
	Invalid       traffic.Mode  // what of the traffic is counted apart
	PublicRate    int           // reports a second, on average over a minute, that are taken from one public address; 0 for any number
	Latency       time.Duration // how long the review of an ad takes; whole seconds
	StaleAfter    time.Duration // models that could not be renewed for so long choose no more
	SharedLog     bool          // other processes append to the log as well: what they saw counts, too
	SharedBudgets bool          // other processes decide for the same database: each spends a share of every budget

	Policy          string  // that chooses, for ads that do not say otherwise: one of steer.Policies
	ControlShare    float64 // probability with which a decision is of the control slice, for ads that do not say otherwise
	EnforceVerdicts bool    // off: MinDays and MinEvents withhold nothing
}

// DefaultConfig is what a new instance runs with.
func DefaultConfig() Config {
	return Config{
		Attributes: []string{attrPlacement, attrAge, attrGender, attrDevice, attrExposure},
		TokenTTL:   7 * 24 * time.Hour,
		KeyLife:    30 * 24 * time.Hour,
		AutoRefit:  true,
		StaleAfter: time.Hour,
		Seed:       1,
		MinDays:    7,
		MinEvents:  50,
		Invalid:    traffic.Count,
		PublicRate: publicRate,

		Policy:          steer.DefaultPolicy,
		ControlShare:    0.02,
		EnforceVerdicts: true,
	}
}

// Validate reports the first setting that cannot work.
func (c Config) Validate() error {
	known := []string{attrPlacement, attrAge, attrGender, attrDevice, attrCountry, attrRegion, attrExposure}
	for i, a := range c.Attributes {
		if !slices.Contains(known, a) {
			return fmt.Errorf("deliver: attribute %q is not one of %v", a, known)
		}
		if slices.Contains(c.Attributes[:i], a) {
			return fmt.Errorf("deliver: attribute %q is given twice", a)
		}
	}
	switch {
	case !slices.Contains(traffic.Modes(), c.Invalid):
		return fmt.Errorf("deliver: invalid traffic %q is not one of %v", c.Invalid, traffic.Modes())
	case c.PublicRate < 0:
		return fmt.Errorf("deliver: %d reports a second from one address: that is negative", c.PublicRate)
	case c.TokenTTL <= 0:
		return fmt.Errorf("deliver: token lifetime %v is not positive", c.TokenTTL)
	case c.KeyLife <= 0:
		return fmt.Errorf("deliver: key life %v is not positive", c.KeyLife)
	case c.StaleAfter <= 0:
		return fmt.Errorf("deliver: models choose for %v without being renewed: that is not positive", c.StaleAfter)
	case c.MinDays < 0 || c.MinEvents < 0:
		return fmt.Errorf("deliver: verdicts after %d days and %d events: neither may be negative", c.MinDays, c.MinEvents)
	case !slices.Contains(steer.Policies(), c.Policy):
		return fmt.Errorf("deliver: policy %q is not one of %v", c.Policy, steer.Policies())
	case !(0 <= c.ControlShare && c.ControlShare <= steer.MaxControlShare):
		return fmt.Errorf("deliver: control share %v is not 0 to %v", c.ControlShare, steer.MaxControlShare)
	case c.Public != nil && (c.Public.Scheme == "" || c.Public.Host == ""):
		return fmt.Errorf("deliver: public address %q must be like https://ads.example.com", c.Public)
	}
	return nil
}
