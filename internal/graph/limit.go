package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// UsageConfig is what applications and accounts may use. The headers count against it; whether calls beyond it are refused is up to Enforce.
type UsageConfig struct {
	Enforce            bool
	Tier               string             // "standard_access" or "development_access"
	CallsPerHour       int                // calls of one application
	TimePerHour        float64            // seconds of processing in an hour
	PointsPerSpan      int                // points of an account in five minutes; a read is one, a write three
	Block              time.Duration      // how long an account is refused that has used up its points
	MutationsPerSecond int                // writes of one application in one account
	UseCases           map[string]UseCase // by name: ads_management, ads_insights, custom_audience, catalog_management, catalog_batch
}

// UseCase is the allowance of an account, or of a catalog, for one kind of work.
type UseCase struct {
	PerHour     int // calls
	PerActiveAd int // and so many more for each active ad
	Code        int // of the refusal
}

// UsageOf is what the platform allows in a tier. Allowances that depend on the number of people who use a business are those of one.
func UsageOf(tier string) UsageConfig {
	c := UsageConfig{Tier: tier, TimePerHour: 3600, MutationsPerSecond: 100, CallsPerHour: 100_000, PointsPerSpan: 9000, Block: time.Minute, UseCases: map[string]UseCase{
		"ads_management":     {100_000, 40, 80004},
		"ads_insights":       {190_000, 400, 80000},
		"custom_audience":    {190_000, 40, 80003},
		"catalog_management": {20_000, 0, 80009},
		"catalog_batch":      {200, 0, 80014},
	}}
	if tier == "development_access" {
		c.CallsPerHour, c.PointsPerSpan, c.Block = 5000, 60, 5*time.Minute
		c.UseCases["ads_management"] = UseCase{300, 40, 80004}
		c.UseCases["ads_insights"] = UseCase{600, 400, 80000}
		c.UseCases["custom_audience"] = UseCase{5000, 40, 80003}
	}
	return c
}

// admit refuses a call whose application, account or catalog has used up an allowance. Refused calls are not counted.
func (h *Handler) admit(ctx context.Context, call *Call, tx store.Tx) error {
	c, s, at := h.config.Usage, call.spender(), time.Unix(call.Now, 0)
	if !c.Enforce {
		return nil
	}
	if regain := h.usage.regain(s.app, c.CallsPerHour, at); regain > 0 {
		return overLimit(4, 0, "Application request limit reached", regain)
	}
	if s.account != "" {
		if err := h.usage.admitAccount(s, call.verb, at); err != nil {
			return err
		}
	}
	use := c.UseCases[s.use]
	if s.owner == "" || h.usage.regain(s.meterOf(), use.PerHour, at) == 0 {
		return nil
	}
	active, err := 0, error(nil)
	if s.account != "" && use.PerActiveAd > 0 {
		active, err = tx.Count(ctx, store.Listing{Type: "ad", Field: "account_id", To: s.account, Statuses: []string{object.Active}})
	}
	if regain := h.usage.regain(s.meterOf(), use.PerHour+active*use.PerActiveAd, at); regain > 0 && err == nil {
		return overLimit(use.Code, 0, "There have been too many calls to this account for "+s.use, regain)
	}
	return err
}

// admitAccount checks the points of an account and the writes of this second.
func (u *usage) admitAccount(s spender, verb string, at time.Time) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.meter(s.account, at)
	if m.sum(span, at).points >= u.config.PointsPerSpan && m.blocked <= at.Unix() {
		m.blocked = at.Add(u.config.Block).Unix()
	}
	if wait := m.blocked - at.Unix(); wait > 0 {
		return overLimit(17, 2446079, "User request limit reached", int(wait+59)/60)
	}
	m = u.meter(s.writer(), at)
	if verb != "get" && m.last == at.Unix() && m.writes >= u.config.MutationsPerSecond {
		return overLimit(613, 5044001, "Calls to this API have exceeded the rate limit", 1)
	}
	return nil
}

// regain is in how many minutes a meter is below so many calls in an hour; 0 when it is.
func (u *usage) regain(key string, allowed int, at time.Time) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.by[key]
	for wait := range minutes {
		if m == nil || m.sum(minutes, at.Add(time.Duration(wait)*time.Minute)).calls < allowed {
			return wait
		}
	}
	return minutes
}

// overLimit is the refusal of a call for which there is no allowance left; minutes is when there is some again.
func overLimit(code, subcode int, message string, minutes int) *object.Fault {
	f := fault(code, fmt.Sprintf("(#%d) %s", code, message))
	f.Subcode, f.Rule = subcode, "usage"
	f.Title = "Too many calls"
	f.Detail = fmt.Sprintf("This allowance is used up. Try again in about %d min.", minutes)
	return f
}

// limited reports whether a call was refused for lack of an allowance.
func limited(err error) bool {
	for _, f := range faultsOf(err) {
		if f.Rule == "usage" {
			return true
		}
	}
	return false
}
