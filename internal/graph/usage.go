package graph

import (
	"encoding/json"
	"math"
	"net/http"
	"sync"
	"time"
)

// minutes is how long usage is remembered: the allowance is an hour's.
const minutes = 60

// span is over how many minutes an account's points are summed.
const span = 5

// usage counts what tokens and accounts asked for in the last hour, in memory and for this process alone: it informs, and
// refuses nothing.
type usage struct {
	config UsageConfig
	mu     sync.Mutex
	by     map[string]*meter
}

// meter is the last hour of one token or account by minute.
type meter struct {
	minute [minutes]int64 // unix minute that a slot stands for
	calls  [minutes]int
	points [minutes]int
	busy   [minutes]time.Duration
}

// newUsage starts at zero.
func newUsage(config UsageConfig) *usage {
	return &usage{config: config, by: map[string]*meter{}}
}

// points is what a call costs an account: the platform charges a read one and a write three.
func points(verb string) int {
	if verb == "get" {
		return 1
	}
	return 3
}

// charge adds one finished call to a key's meter.
func (u *usage) charge(key, verb string, at time.Time, took time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.by[key]
	if m == nil {
		m = &meter{}
		u.by[key] = m
	}
	now := at.Unix() / 60
	slot := now % minutes
	if m.minute[slot] != now {
		m.minute[slot], m.calls[slot], m.points[slot], m.busy[slot] = now, 0, 0, 0
	}
	m.calls[slot]++
	m.points[slot] += points(verb)
	m.busy[slot] += took
}

// level is how much of each allowance is used, in percent, and when the oldest counted point is forgotten.
type level struct {
	calls, time int
	points      float64
	reset       int // seconds
}

// level reads a key's meter.
func (u *usage) level(key string, at time.Time) level {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.by[key]
	if m == nil {
		return level{}
	}
	now := at.Unix() / 60
	var calls, recent int
	var busy time.Duration
	oldest := now
	for slot, minute := range m.minute {
		if minute > now-minutes {
			calls += m.calls[slot]
			busy += m.busy[slot]
		}
		if minute > now-span {
			recent += m.points[slot]
			oldest = min(oldest, minute)
		}
	}
	return level{
		calls:  percent(float64(calls), float64(u.config.CallsPerHour)),
		time:   percent(busy.Seconds(), u.config.TimePerHour),
		points: math.Round(float64(recent)*10000/float64(u.config.PointsPerSpan)) / 100,
		reset:  int((oldest+span)*60 - at.Unix()),
	}
}

// percent is a whole number of percent, rounded up so that some use is never shown as none.
func percent(used, allowed float64) int { return int(math.Ceil(used * 100 / allowed)) }

// headers writes the usage of a token and, when there is one, of an account. Go does not measure processor time by request; total_cputime
// is the time of processing, as total_time is. Reports are a use case of their own, with one more header.
func (u *usage) headers(w http.Header, token, account string, report bool, at time.Time) {
	type app struct {
		CallCount    int `json:"call_count"`
		TotalTime    int `json:"total_time"`
		TotalCPUTime int `json:"total_cputime"`
	}
	type useCase struct {
		Type         string `json:"type"`
		CallCount    int    `json:"call_count"`
		TotalCPUTime int    `json:"total_cputime"`
		TotalTime    int    `json:"total_time"`
		Regain       int    `json:"estimated_time_to_regain_access"`
		Tier         string `json:"ads_api_access_tier"`
	}
	type adAccount struct {
		Percent float64 `json:"acc_id_util_pct"`
		Reset   int     `json:"reset_time_duration"`
		Tier    string  `json:"ads_api_access_tier"`
	}
	type throttle struct {
		App     float64 `json:"app_id_util_pct"`
		Account float64 `json:"acc_id_util_pct"`
		Tier    string  `json:"ads_api_access_tier"`
	}
	l := u.level(token, at)
	appCalls := float64(l.calls)
	setJSON(w, "X-App-Usage", app{l.calls, l.time, l.time})
	if account == "" {
		return
	}
	l = u.level("act_"+account, at)
	setJSON(w, "X-Ad-Account-Usage", adAccount{l.points, l.reset, u.config.Tier})
	kind := "ads_management"
	if report {
		kind = "ads_insights"
		setJSON(w, "X-FB-Ads-Insights-Throttle", throttle{appCalls, l.points, u.config.Tier})
	}
	setJSON(w, "X-Business-Use-Case-Usage", map[string][]useCase{account: {{kind, l.calls, l.time, l.time, 0, u.config.Tier}}})
}

// setJSON writes a header whose value is JSON in ASCII.
func setJSON(w http.Header, name string, value any) {
	if text, err := json.Marshal(value); err == nil { // the types above always encode
		w.Set(name, string(text))
	}
}
