package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/marquetry/marquetry/internal/pacing"
	"github.com/marquetry/marquetry/internal/store"
)

// When a process counts as ended.
const (
	silent    = 5 * time.Second  // without a beat: others spend its share, and it stops spending itself
	forgotten = 10 * time.Minute // without a beat: its number is free
	maxPeers  = 255              // numbers, from 1
)

// peers is what this process knows of those that spend the same budgets.
type peers struct {
	number  uint8     // of this process; 0 before the first beat
	name    string    // that no other process has
	at      time.Time // of the last beat that was written
	others  map[uint8]*peer
	state   told
	shares  map[string]float64 // by account, as of the last beat
	earlier map[string]float64 // as of the one before
}

// peer is another process.
type peer struct {
	told
	name string
	beat int64
	at   time.Time // by this process's clock, when the beat was new
}

// told is what a process tells of itself.
type told struct {
	Requests    map[string]int64 `json:"requests,omitempty"`    // of the last seconds, by account
	Outstanding map[string]int64 `json:"outstanding,omitempty"` // handed out and not seen yet, by owner of the budget
	Left        bool             `json:"left,omitempty"`        // this was the last beat
}

// standing is what a budget of an account has to know of the other processes. A share grows only when all have seen why: of two beats the smaller
// counts.
func (g *gates) standing(account, owner string, now time.Time) pacing.Standing {
	p := g.peers
	switch {
	case p == nil:
		alone := pacing.Alone()
		alone.Pulse = g.demand[account].beat
		return alone
	case p.number == 0: // not met yet
		return pacing.Standing{}
	}
	s := pacing.Standing{Flow: p.shareOf(p.shares, account), Until: p.at.Add(silent).UnixMilli(), Pulse: g.demand[account].beat}
	s.Share = min(s.Flow, p.shareOf(p.earlier, account))
	for _, other := range p.others {
		if age := now.Sub(other.at); age >= silent && age < silent+pacing.Lapse*time.Millisecond {
			s.Reserved += other.Outstanding[owner]
		}
	}
	return s
}

// shareOf is the share of an account; of one of which nobody has asked anything, what is for every account.
func (p *peers) shareOf(shares map[string]float64, account string) float64 {
	if share, known := shares[account]; known {
		return share
	}
	return shares[""]
}

// meet tells the others of this process, and learns of them, in one transaction.
func (s *Service) meet(ctx context.Context, now time.Time) error {
	p := s.gates.peers
	p.state = s.gates.tell(p.state.Left)
	state, err := json.Marshal(p.state)
	if err != nil {
		return err
	}
	found := map[uint8]*peer{}
	if p.name == "" {
		p.name = strconv.FormatUint(s.random(), 36)
	}
	number := p.number
	err = s.db.Write(ctx, func(tx store.Tx) error {
		var err error
		if found, err = readPeers(ctx, tx, now); err != nil {
			return err
		}
		number = p.number
		if own := found[number]; own == nil || own.name != p.name { // the first beat, or others have forgotten this process
			if number = freeNumber(found); number == 0 {
				return fmt.Errorf("deliver: more than %d processes share budgets", maxPeers)
			}
		}
		_, err = tx.Exec(ctx, `INSERT INTO pace_processes (number, name, beat, state) VALUES (?, ?, ?, ?)
			ON CONFLICT (number) DO UPDATE SET name = excluded.name, beat = excluded.beat, state = excluded.state`,
			number, p.name, now.UnixMilli(), string(state))
		return err
	})
	if err != nil {
		return err
	}
	delete(found, number)
	p.met(number, found, now)
	s.process.Store(uint32(number))
	return nil
}

// elsewhere is the requests of the last seconds at other processes, as far as one hears of them.
func (p *peers) elsewhere(account string, now time.Time) (n int64) {
	if p == nil {
		return 0
	}
	for _, other := range p.others {
		if now.Sub(other.at) < silent {
			n += other.Requests[account]
		}
	}
	return n
}

// readPeers reads all processes, and takes away those that are forgotten.
func readPeers(ctx context.Context, tx store.Tx, now time.Time) (map[uint8]*peer, error) {
	if _, err := tx.Exec(ctx, "DELETE FROM pace_processes WHERE beat < ?", now.Add(-forgotten).UnixMilli()); err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, "SELECT number, name, beat, state FROM pace_processes")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	found := map[uint8]*peer{}
	for rows.Next() {
		var number uint8
		var state string
		p := &peer{at: now}
		if err := rows.Scan(&number, &p.name, &p.beat, &state); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(state), &p.told); err != nil {
			return nil, fmt.Errorf("deliver: state of process %d: %w", number, err)
		}
		found[number] = p
	}
	return found, rows.Err()
}

// freeNumber is the first that no process has; 0 when all are taken.
func freeNumber(taken map[uint8]*peer) uint8 {
	for n := uint8(1); n != 0; n++ {
		if taken[n] == nil {
			return n
		}
	}
	return 0
}

// met takes in who else there is. Whether another lives is judged by when its beat was last new to this process, not by its clock.
func (p *peers) met(number uint8, found map[uint8]*peer, now time.Time) {
	for n, other := range found {
		if known := p.others[n]; known != nil && known.name == other.name && known.beat == other.beat {
			other.at = known.at
		} else if other.Left {
			other.at = now.Add(-silent)
		}
	}
	fresh := p.number != number || now.Sub(p.at) >= silent
	p.number, p.others, p.at = number, found, now
	var living []*peer
	for _, other := range found {
		if now.Sub(other.at) < silent {
			living = append(living, other)
		}
	}
	p.earlier, p.shares = p.shares, p.divide(living)
	if fresh && len(living) > 0 {
		p.earlier = nil // the others do not know yet
	}
	if len(living) == 0 {
		p.earlier = p.shares
	}
}

// divide is this process's share of each account that anybody was asked for, and under "" of the others.
func (p *peers) divide(living []*peer) map[string]float64 {
	shares := map[string]float64{"": pacing.ShareOf(0, make([]int64, len(living)+1))}
	share := func(account string) {
		requests := []int64{p.state.Requests[account]}
		for _, other := range living {
			requests = append(requests, other.Requests[account])
		}
		shares[account] = pacing.ShareOf(0, requests)
	}
	for account := range p.state.Requests {
		share(account)
	}
	for _, other := range living {
		for account := range other.Requests {
			share(account)
		}
	}
	return shares
}

// tell is what others have to know of this process.
func (g *gates) tell(left bool) told {
	t := told{Left: left, Requests: map[string]int64{}, Outstanding: map[string]int64{}}
	for account, d := range g.demand {
		if n := d.lately(); n > 0 {
			t.Requests[account] = n
		}
	}
	for owner, one := range g.of {
		if n := one.Outstanding(); n > 0 {
			t.Outstanding[owner] = n
		}
	}
	return t
}
