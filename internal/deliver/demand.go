package deliver

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/store"
)

// What of the past tells when requests come.
const (
	demandDays  = 14             // that count
	sameWeekday = 3              // how much more a day of the same weekday counts than others
	demandFlush = time.Minute    // how often what was counted is written
	recently    = 10             // seconds whose requests divide a budget between processes
	demandKept  = 2 * demandDays // days
	everyone    = ""             // stands for an account in the counts: all of them together, each by its own clock
)

// demand counts the requests for the ads of one account. All but the first two is for the background alone.
type demand struct {
	requests atomic.Int64 // ever, in this process
	shape    atomic.Pointer[pacing.Shape]

	zone    *time.Location
	counted int64           // of requests, what is in pending
	recent  [recently]int64 // a ring of the last seconds, by requests in all until then
	pending map[moment]int64
	shaped  int32       // day for which the shape was made
	day     *pacing.Day // of the shape
	pulse   pacing.Pulse
	beat    float64 // the last of it
}

// moment is a quarter hour of a day, both by the account's clock.
type moment struct{ day, quarter int32 }

// newDemand is that of an account of which nothing is known yet.
func newDemand() *demand {
	d := &demand{pending: map[moment]int64{}}
	d.shape.Store(pacing.UsualShape())
	return d
}

// momentOf is the quarter hour of a moment.
func momentOf(t time.Time, zone *time.Location) moment {
	local := t.In(zone)
	return moment{dayOf(t, zone), int32(local.Hour()*4 + local.Minute()/15)} //nolint:gosec // below 96
}

// count counts a request for the accounts that have an ad for it.
func (f *found) count(q *query) {
	one := func(a *account) bool { a.demand.requests.Add(1); return true }
	switch {
	case q.sandbox:
	case q.asked.business != "":
		f.every(one)
	default:
		one(f.first().account)
	}
}

// take counts what came since the last time for the present quarter hour.
func (d *demand) take(now time.Time) {
	all := d.requests.Load()
	if all > d.counted {
		d.pending[momentOf(now, d.zone)] += all - d.counted
	}
	d.counted = all
	copy(d.recent[1:], d.recent[:])
	d.recent[0] = all
}

// lately is the requests of the last seconds.
func (d *demand) lately() int64 { return d.recent[0] - d.recent[recently-1] }

// feel compares the requests of the last seconds, those that other processes tell of included, with what was expected.
func (d *demand) feel(now time.Time, others int64) {
	if d.counted+others == 0 {
		return
	}
	if d.day == nil || !d.day.Holds(now.UnixMilli()) {
		d.day = (&course{zone: d.zone}).on(dayOf(now, d.zone), d.shape.Load())
	}
	d.beat = d.pulse.Beat(d.day, now.UnixMilli(), float64(d.lately()+others)/(recently-1))
}

// observe counts requests, writes the counts now and then, and learns the shape of a day from those before it.
func (s *Service) observe(ctx context.Context, now time.Time) error {
	var stale []string
	for _, account := range slices.Sorted(maps.Keys(s.gates.demand)) {
		d := s.gates.demand[account]
		d.take(now)
		if d.counted > 0 && d.shaped != dayOf(now, d.zone) {
			stale = append(stale, account)
		}
	}
	if now.Sub(s.gates.flushed) >= demandFlush {
		if err := s.flush(ctx, now); err != nil {
			return err
		}
	}
	if len(stale) == 0 {
		return nil
	}
	return s.db.Read(ctx, func(tx store.Tx) error {
		for _, account := range stale {
			if err := s.reshape(ctx, tx, account, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// flush adds what was counted to what all processes have counted, in the order of the keys.
func (s *Service) flush(ctx context.Context, now time.Time) error {
	s.gates.flushed = now
	var busy []string
	all := &demand{pending: map[moment]int64{}}
	for account, d := range s.gates.demand {
		if len(d.pending) > 0 {
			busy = append(busy, account)
		}
		for m, n := range d.pending {
			all.pending[m] += n
		}
	}
	if len(busy) == 0 {
		return nil
	}
	slices.Sort(busy)
	err := s.db.Write(ctx, func(tx store.Tx) error {
		for _, account := range busy {
			if err := s.gates.demand[account].write(ctx, tx, account); err != nil {
				return fmt.Errorf("deliver: count requests: %w", err)
			}
		}
		return all.write(ctx, tx, everyone)
	})
	if err == nil {
		for _, account := range busy {
			clear(s.gates.demand[account].pending)
		}
	}
	return err
}

// write adds the counts of one account, and lets go of days that count no more.
func (d *demand) write(ctx context.Context, tx store.Tx, account string) error {
	moments := slices.SortedFunc(maps.Keys(d.pending), func(a, b moment) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.quarter, b.quarter)) })
	for _, m := range moments {
		_, err := tx.Exec(ctx, `INSERT INTO pace_demand (account_id, day, quarter, requests) VALUES (?, ?, ?, ?)
			ON CONFLICT (account_id, day, quarter) DO UPDATE SET requests = pace_demand.requests + excluded.requests`,
			account, m.day, m.quarter, d.pending[m])
		if err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, "DELETE FROM pace_demand WHERE account_id = ? AND day < ?", account, moments[0].day-demandKept)
	return err
}

// reshape learns from the days before today, and where an account has none from those of all accounts. What was made of it before is dropped.
func (s *Service) reshape(ctx context.Context, tx store.Tx, account string, now time.Time) error {
	d := s.gates.demand[account]
	today := dayOf(now, d.zone)
	shape := pacing.UsualShape()
	for _, of := range []string{everyone, account} {
		days, err := readDemand(ctx, tx, of, today)
		if err != nil {
			return err
		}
		shape = pacing.ShapeOf(shape, days)
	}
	d.shaped = today
	d.shape.Store(shape)
	d.day = nil
	for _, one := range s.gates.of {
		if one.account == account {
			one.Renew()
		}
	}
	return nil
}

// readDemand reads the counts of the days before one. Those of the account's first day begin when counting did.
func readDemand(ctx context.Context, tx store.Tx, account string, today int32) ([]pacing.Observed, error) {
	rows, err := tx.Query(ctx, "SELECT day, quarter, requests FROM pace_demand WHERE account_id = ? AND day < ? ORDER BY day, quarter", account, today)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var days []pacing.Observed
	last := int32(-1)
	for rows.Next() {
		var day, quarter int32
		var requests int64
		if err := rows.Scan(&day, &quarter, &requests); err != nil {
			return nil, err
		}
		if day != last {
			o := pacing.Observed{Weight: 1}
			switch {
			case day < today-demandDays:
				o.Weight = 0
			case (today-day)%7 == 0:
				o.Weight = sameWeekday
			}
			if last < 0 {
				o.First = int(quarter)
			}
			days, last = append(days, o), day
		}
		days[len(days)-1].Counts[quarter] += requests
	}
	return days, rows.Err()
}
