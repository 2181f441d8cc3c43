package graph

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// These are the platform's usage headers. Go does not measure processor time by request; total_cputime is the time of processing, as
// total_time is.
type (
	appUsage struct {
		CallCount    int `json:"call_count"`
		TotalTime    int `json:"total_time"`
		TotalCPUTime int `json:"total_cputime"`
	}
	useCaseUsage struct {
		Type         string `json:"type"`
		CallCount    int    `json:"call_count"`
		TotalCPUTime int    `json:"total_cputime"`
		TotalTime    int    `json:"total_time"`
		Regain       int    `json:"estimated_time_to_regain_access"` // minutes
		Tier         string `json:"ads_api_access_tier"`
	}
	accountUsage struct {
		Percent float64 `json:"acc_id_util_pct"`
		Reset   int     `json:"reset_time_duration"` // seconds
		Tier    string  `json:"ads_api_access_tier"`
	}
	insightsUsage struct {
		App     float64 `json:"app_id_util_pct"`
		Account float64 `json:"acc_id_util_pct"`
		Tier    string  `json:"ads_api_access_tier"`
	}
)

// spender is whose allowances a call uses up.
type spender struct {
	app     string // the token's application, or its user where it has none
	account string // id of the ad account; "" outside of all
	owner   string // digits of the account, or id of the object outside of all, by which use cases are counted
	use     string // "ads_management", …
}

// spender finds out whose allowances the call uses up.
func (c *Call) spender() spender {
	s := spender{app: "app " + c.Caller.AppID, use: useOf(c.path.edge, c.Node)}
	if c.Caller.AppID == "" {
		s.app = "user " + c.Caller.UserID
	}
	switch {
	case c.Account != nil:
		s.account, s.owner = c.Account.ID, accountOf(c.Account)
	case c.Node != nil && strings.HasPrefix(s.use, "catalog"):
		s.owner = c.Node.ID
	}
	return s
}

// useOf is the use case that a call on a node or its edge belongs to.
func useOf(edge string, node *store.Object) string {
	typ := ""
	if node != nil {
		typ = node.Type
	}
	switch {
	case edge == "insights" || typ == "adreportrun":
		return "ads_insights"
	case edge == "customaudiences" || typ == "customaudience":
		return "custom_audience"
	case edge == "items_batch" || edge == "batch" || edge == "check_batch_request_status":
		return "catalog_batch"
	case strings.HasPrefix(typ, "product"):
		return "catalog_management"
	}
	return "ads_management"
}

// meterOf is the name of the meter of a use case.
func (s spender) meterOf() string { return s.owner + " " + s.use }

// writer is the name of the meter of an application's writes in an account.
func (s spender) writer() string { return s.account + " " + s.app }

// headers writes how much of its allowances a call leaves.
func (u *usage) headers(w http.Header, s spender, at time.Time) {
	app := u.level(s.app, u.config.CallsPerHour, at)
	setJSON(w, "X-App-Usage", appUsage{app.calls, app.time, app.time})
	if s.owner == "" {
		return
	}
	account := u.level(cmp.Or(s.account, s.owner), u.config.CallsPerHour, at)
	if s.account != "" {
		setJSON(w, "X-Ad-Account-Usage", accountUsage{account.points, account.reset, u.config.Tier})
	}
	if s.use == "ads_insights" {
		setJSON(w, "X-FB-Ads-Insights-Throttle", insightsUsage{float64(app.calls), account.points, u.config.Tier})
	}
	use, allowed := u.level(s.meterOf(), u.config.UseCases[s.use].PerHour, at), u.config.UseCases[s.use].PerHour
	regain := 0
	if u.config.Enforce {
		regain = u.regain(s.meterOf(), allowed, at)
	}
	setJSON(w, "X-Business-Use-Case-Usage", map[string][]useCaseUsage{s.owner: {{s.use, use.calls, use.time, use.time, regain, u.config.Tier}}})
}

// setJSON writes a header whose value is JSON in ASCII.
func setJSON(w http.Header, name string, value any) {
	if text, err := json.Marshal(value); err == nil { // the types above always encode
		w.Set(name, string(text))
	}
}
