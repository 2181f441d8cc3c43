package deliver

import (
	"context"
	"hash/fnv"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// How much of who saw what is remembered, in one process.
const (
	rememberedPairs = 1 << 18 // of a viewer and an ad: 16 MB
	exposureShards  = 64
	rememberedTail  = 20_000 // events of the log that are read again at the start
)

// exposures remembers how often viewers were shown ads. It forgets the pairs that were not shown for longest, a whole generation at a time.
// What it answers for a time depends on the impressions before that time alone, so that a request that is repeated gets the same answer.
type exposures struct {
	shards [exposureShards]struct {
		sync.RWMutex
		young, old map[uint64]firsts
	}
}

// firsts is when a viewer was shown an ad for the first three times, in unix milliseconds, ascending; 0 is not yet. More are never asked for.
type firsts [3]int64

// pairKey mixes a viewer and an ad; that two pairs have one key happens to one in millions of millions.
func pairKey(viewer uint64, ad string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(ad))
	x := (viewer ^ h.Sum64()) * 0x9E3779B97F4A7C15
	return x ^ x>>32
}

// add notes an impression.
func (e *exposures) add(x *eventlog.Exposure) {
	if x.Viewer == 0 {
		return
	}
	key := pairKey(x.Viewer, x.AdID)
	shard := &e.shards[key%exposureShards]
	shard.Lock()
	defer shard.Unlock()
	times, known := shard.young[key]
	if !known {
		times = shard.old[key]
		if len(shard.young) >= rememberedPairs/2/exposureShards {
			shard.young, shard.old = nil, shard.young
		}
		if shard.young == nil {
			shard.young = map[uint64]firsts{}
		}
	}
	shard.young[key] = times.with(x.At)
}

// with takes a time in if it is among the first three.
func (f firsts) with(at int64) firsts {
	for i, t := range f {
		if t == 0 || at < t {
			f[i], at = at, t
		}
		if t == 0 {
			break
		}
	}
	return f
}

// of is how often a viewer will have been shown an ad once it is shown again at a time: 1, 2-3 or 4+; "" for an unknown viewer.
func (e *exposures) of(viewer uint64, ad string, at time.Time) string {
	if viewer == 0 {
		return ""
	}
	key := pairKey(viewer, ad)
	shard := &e.shards[key%exposureShards]
	shard.RLock()
	times, known := shard.young[key]
	if !known {
		times = shard.old[key]
	}
	shard.RUnlock()
	before, now := 0, at.UnixMilli()
	for _, t := range times {
		if t != 0 && t < now {
			before++
		}
	}
	return [...]string{"1", "2-3", "2-3", "4+"}[before]
}

// size is the number of remembered pairs; one of both generations counts twice.
func (e *exposures) size() int {
	n := 0
	for i := range e.shards {
		shard := &e.shards[i]
		shard.RLock()
		n += len(shard.young) + len(shard.old)
		shard.RUnlock()
	}
	return n
}

// recall reads the end of the log, in portions, and takes in the impressions.
func (e *exposures) recall(ctx context.Context, log eventlog.Log) error {
	last, err := log.Last(ctx)
	if err != nil {
		return err
	}
	for after := max(0, last-rememberedTail); after < last; {
		events, err := log.Read(ctx, after, maxBatch)
		if err != nil || len(events) == 0 {
			return err
		}
		for i := range events {
			if events[i].Kind == eventlog.Impression && events[i].Exposure != nil && events[i].Invalid == "" {
				e.add(events[i].Exposure)
			}
		}
		after = events[len(events)-1].Seq
	}
	return nil
}
