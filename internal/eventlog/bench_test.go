package eventlog_test

import (
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// exposure is an event of usual size.
func exposure(key string) eventlog.Event {
	return eventlog.Event{Kind: eventlog.Impression, At: 1_790_000_000_000, Key: key, Exposure: &eventlog.Exposure{
		Decision: 1 << 60, At: 1_790_000_000_000, AdID: "120200000000000007", CreativeID: "120200000000000006", Slots: []uint8{1, 2, 0, 1, 0},
		Viewer: 1 << 61, Context: eventlog.Context{Age: "25-34", Gender: "female", Country: "PL", Placement: "MOBILE_FEED_STANDARD", Device: "mobile"},
		Propensity: 0.137, Price: 5000, Policy: "thompson",
	}}
}

// BenchmarkAppend measures durable events per second with 64 callers of one event each.
func BenchmarkAppend(b *testing.B) {
	log, err := eventlog.OpenSQLite(filepath.Join(b.TempDir(), "events.db"))
	if err != nil {
		b.Fatal(err)
	}
	var n atomic.Int64
	b.SetParallelism(32) // times GOMAXPROCS, 2
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := log.Append(b.Context(), []eventlog.Event{exposure(fmt.Sprint("i:", n.Add(1)))}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
	if err := log.Close(); err != nil {
		b.Fatal(err)
	}
}
