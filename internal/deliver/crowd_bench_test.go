package deliver

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/frequency"
	"github.com/marquetry/marquetry/internal/store"
)

// crowd fills the fixture's account with active ads, fifty to a set, whose sets have budgets, caps and targeting of different people.
func (f *fixture) crowd(t testing.TB, ads int) {
	t.Helper()
	made := noon.Unix() - 3600
	campaign := campaignObject(made)
	campaign.Data["marquetry_frequency_caps"] = capsObject(7, 90)
	all := []*store.Object{campaign}
	for i := range ads {
		set := fmt.Sprint("12030000000", 1000000+i/50)
		if i%50 == 0 {
			o := adSetObject(set, made)
			o.Data["daily_budget"] = int64(5_000_000)
			o.Data["frequency_control_specs"] = capsObject(1, 90)
			o.Data["targeting"] = map[string]any{
				"geo_locations": map[string]any{"countries": []any{[]any{"US", "DE", "FR", "CA"}[i/50%4], "GB"}}, "age_min": int64(18 + i/50%20), "age_max": int64(65),
				"publisher_platforms": []any{"facebook", "instagram"},
			}
			all = append(all, o)
		}
		one := adObject(fmt.Sprint("12040000000", 1000000+i), set, made)
		one.Data["marquetry_frequency_caps"] = capsObject(1, 90)
		all = append(all, one)
	}
	f.put(t, all...)
}

// BenchmarkDecideCrowd measures decisions between all active ads of an account, in process and on one core.
func BenchmarkDecideCrowd(b *testing.B) {
	for _, ads := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(ads), func(b *testing.B) {
			f := newFixture(b, nil)
			f.crowd(b, ads)
			var req client.DecisionRequest
			if err := json.Unmarshal([]byte(decisionBody), &req); err != nil {
				b.Fatal(err)
			}
			req.AdSetID, req.AccountID = "", theAccount
			caller := Caller{Base: "http://127.0.0.1:8080"}
			var answer []byte
			n := 0
			b.ReportAllocs()
			for b.Loop() {
				n++
				req.Viewer.ID = fmt.Sprint("v", n/10)
				made, err := f.choose(&req, caller, noon)
				if err != nil || len(made.made) == 0 {
					b.Fatal(made.why, err)
				}
				answer = made.appendTo(answer[:0])
			}
		})
	}
}

// BenchmarkRoster sorts out and indexes the 10,000 ads of an account, as every new snapshot does.
func BenchmarkRoster(b *testing.B) {
	f := newFixture(b, nil)
	f.crowd(b, 10_000)
	x := f.Snapshot().objects
	for b.Loop() {
		newRoster(x, x.accounts[theAccount].ads, noon.Unix())
	}
}

// BenchmarkCrowdMemory reports what a server holds in memory, in MB: with 10,000 active ads, and once 100,000 viewers have each seen three of them under
// caps of ad, set and campaign.
func BenchmarkCrowdMemory(b *testing.B) {
	heap := func() float64 {
		var now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&now)
		return float64(now.HeapAlloc) / (1 << 20)
	}
	for b.Loop() {
		f := newFixture(b, nil)
		f.crowd(b, 10_000)
		b.ReportMetric(heap(), "MB-ads")
		for i := range 300_000 {
			f.saw(&eventlog.Exposure{
				AdID: fmt.Sprint("12040000000", 1000000+i%10_000), Viewer: frequency.Mix(uint64(1+i/3), 7), Decision: uint64(i), At: noon.UnixMilli(),
			}, false)
		}
		b.ReportMetric(heap(), "MB-viewers")
		b.ReportMetric(float64(f.seen.capped.Len()), "pairs")
		b.ReportMetric(float64(f.seen.capped.Lost()), "lost")
		runtime.KeepAlive(f)
	}
}
