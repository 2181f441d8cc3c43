package frequency

import (
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkRemember has viewers see three things with caps, three times each, and reports what a pair takes, with its part of the table, and
// which share of the pairs had to go for want of room in their sets.
func BenchmarkRemember(b *testing.B) {
	const room = 1 << 20
	caps := []Cap{{Window: Day, Most: 9}}
	for _, viewers := range []uint64{10_000, 50_000, 100_000, 170_000, 1_000_000} {
		b.Run(fmt.Sprint(viewers), func(b *testing.B) {
			for b.Loop() {
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				m := NewMemory(room)
				for round := range uint32(3) {
					for v := range viewers {
						ad := &Capped{Owner: 100 + v%1000, Caps: caps}
						m.Keep(Mix(v, 77), []*Capped{ad, {Owner: 1 + v%20, Caps: caps}, {Owner: 99, Caps: caps}}, Showing{At: Day + int64(round), Mark: round}, false)
					}
				}
				runtime.GC()
				runtime.ReadMemStats(&after)
				held := float64(after.HeapAlloc - before.HeapAlloc)
				b.ReportMetric(held/float64(m.Len()), "B/pair")
				b.ReportMetric(held/(1<<20), "MB")
				b.ReportMetric(100*(1-float64(m.Len())/float64(3*viewers)), "%lost")
				runtime.KeepAlive(m)
			}
		})
	}
}
