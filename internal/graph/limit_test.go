package graph

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// throttled is a fixture that enforces limits by a clock that the test moves.
func throttled(t *testing.T, limits UsageConfig) (f *fixture, sleep func(time.Duration), ask func(method, target string) string) {
	f = newFixture(t)
	now := began()
	limits.Enforce = true
	f.config.Now, f.config.Usage, f.usage = func() time.Time { return now }, limits, newUsage(limits)
	ask = func(method, target string) string {
		w := f.do(method, "/v25.0/"+target, tokenA, "")
		var answer struct {
			Error struct {
				Code      int
				Subcode   int    `json:"error_subcode"`
				Transient bool   `json:"is_transient"`
				Message   string `json:"error_user_msg"`
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		if w.Code == http.StatusOK {
			return "ok"
		}
		e := answer.Error
		return fmt.Sprint(e.Code, "/", e.Subcode, " ", e.Transient, " ", e.Message)
	}
	return f, func(d time.Duration) { now = now.Add(d) }, ask
}

// An account has sixty points in five minutes in the development tier, and then waits for five more.
func TestAccountPoints(t *testing.T) {
	t.Parallel()
	f, sleep, ask := throttled(t, UsageOf("development_access"))
	for i := range 20 {
		if got := ask("POST", "act_1?name=x"); got != "ok" {
			t.Fatal(i, got)
		}
	}
	const refused = "17/2446079 true This allowance is used up. Try again in about 5 min."
	for range 3 {
		if got := ask("GET", "act_1"); got != refused {
			t.Fatal(got)
		}
	}
	if got := ask("GET", "me"); got != "ok" {
		t.Error("another object:", got)
	}
	if got := f.do("GET", "/v25.0/act_2", tokenB, "").Code; got != http.StatusOK {
		t.Error("another account:", got)
	}
	head := f.do("GET", "/v25.0/act_1", tokenA, "").Header()
	if got := head.Get("X-Ad-Account-Usage"); got != `{"acc_id_util_pct":100,"reset_time_duration":300,"ads_api_access_tier":"development_access"}` {
		t.Error(got)
	}
	sleep(4 * time.Minute)
	if got := ask("GET", "act_1"); !strings.Contains(got, "about 1 min") {
		t.Error("a minute before:", got)
	}
	sleep(time.Minute)
	if got := ask("GET", "act_1"); got != "ok" {
		t.Error("after the block:", got)
	}
}

// Every other limit has its own code, and ends when its time is over.
func TestOtherLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*UsageConfig)
		method string
		target string
		wait   time.Duration
		want   string
	}{
		"writes in a second": {func(u *UsageConfig) { u.MutationsPerSecond = 2 }, "POST", "act_1?name=x", time.Second, "613/5044001 true This allowance is used up. Try again in about 1 min."},
		"application":        {func(u *UsageConfig) { u.CallsPerHour = 2 }, "GET", "me", time.Hour, "4/0 true This allowance is used up. Try again in about 60 min."},
		"ads management":     {func(u *UsageConfig) { u.UseCases["ads_management"] = UseCase{2, 0, 80004} }, "GET", "act_1", time.Hour, "80004/0 true This allowance is used up. Try again in about 60 min."},
		"insights":           {func(u *UsageConfig) { u.UseCases["ads_insights"] = UseCase{2, 0, 80000} }, "GET", "act_1/insights", time.Hour, "80000/0 true This allowance is used up. Try again in about 60 min."},
	} {
		limits := UsageOf("standard_access")
		c.change(&limits)
		_, sleep, ask := throttled(t, limits)
		ask(c.method, c.target)
		ask(c.method, c.target)
		if got := ask(c.method, c.target); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		sleep(c.wait)
		if got := ask(c.method, c.target); got == c.want {
			t.Errorf("%s: %s after %v", name, got, c.wait)
		}
	}
}

// Active ads raise the allowance of their account.
func TestActiveAdsRaiseAllowance(t *testing.T) {
	t.Parallel()
	limits := UsageOf("standard_access")
	limits.UseCases["ads_management"] = UseCase{1, 2, 80004}
	_, _, ask := throttled(t, limits)
	var got []string
	for range 6 {
		got = append(got, strings.Fields(ask("GET", "act_1"))[0])
	}
	if diff := cmp.Diff([]string{"ok", "ok", "ok", "ok", "ok", "80004/0"}, got); diff != "" { // 1 and 2 for each of two active ads
		t.Error(diff)
	}
}

// A call belongs to the use case of what it is about.
func TestUseOf(t *testing.T) {
	t.Parallel()
	for want, c := range map[string][2]string{
		"ads_insights": {"insights", "ad"}, "custom_audience": {"customaudiences", "adaccount"}, "catalog_batch": {"items_batch", "productcatalog"},
		"catalog_management": {"products", "productset"}, "ads_management": {"ads", "campaign"},
	} {
		if got := useOf(c[0], &store.Object{Type: c[1]}); got != want {
			t.Errorf("%v: %s, want %s", c, got, want)
		}
	}
	if limited(nil) || limited(&object.Fault{Rule: "other"}) {
		t.Error("no limit is a limit")
	}
}
