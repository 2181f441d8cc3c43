package generate

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// States of a job; docs/guide/review.md draws them.
const (
	queued  = "QUEUED"
	running = "RUNNING"
	done    = "DONE"
	failed  = "FAILED"
	resting = "RESTING" // DONE, and to be looked at again later
)

// job is a row of the table jobs, as its worker holds it. Times are unix milliseconds.
type job struct {
	id, creative, account string
	kind                  Kind
	state                 string
	attempt, failures     int64
	due, deadline         int64
	request               request
	result                string // JSON, what came of it so far
	last                  string // error of the attempt before
	again                 bool   // it has been DONE before
	unreadable            error  // why the request makes no sense; nil when it does
}

// columns are those that scan reads.
const columns = "id, kind, creative_id, account_id, state, attempt, failures, due, deadline, request, result, error"

// scan reads a job. That its request makes no sense is no error of the database: it is left for whoever leases the job, who ends it.
func (j *job) scan(row interface{ Scan(...any) error }) error {
	var wish string
	if err := row.Scan(&j.id, &j.kind, &j.creative, &j.account, &j.state, &j.attempt, &j.failures, &j.due, &j.deadline, &wish, &j.result, &j.last); err != nil {
		return err
	}
	j.unreadable = json.Unmarshal([]byte(wish), &j.request)
	j.again = j.kind == Backgrounds && j.progress().Complete
	return nil
}

// open is a condition of what is still to be done.
const open = "state IN ('" + queued + "', '" + running + "')"

// Parts of dueQuery: the first row of one range of the index.
const (
	oneOf   = "SELECT * FROM (SELECT due, id FROM jobs WHERE state = '"
	firstIs = " ? AND kind <> ? ORDER BY due, id LIMIT 1) "
)

// dueQuery takes the first row of each range of the index that has jobs to be leased, however many wait, but for those of a kind.
const dueQuery = "SELECT id FROM (" +
	oneOf + queued + "' AND due <=" + firstIs + "q UNION ALL " + oneOf + running + "' AND due <=" + firstIs + "r UNION ALL " +
	oneOf + queued + "' AND due >" + firstIs + "qa UNION ALL " + oneOf + running + "' AND due >" + firstIs + "ra UNION ALL " +
	oneOf + resting + "' AND due <=" + firstIs + "o) j ORDER BY due, id LIMIT 1"

// dueJob finds the job that may be leased now and has waited longest; "" when there is none. Those of product sets come after all others, since they
// are many slices: nobody waits for more than the rest of one.
func (s *Service) dueJob(ctx context.Context, tx store.Tx, now int64) (id string, err error) {
	far := s.far(now)
	for _, but := range []Kind{Backgrounds, ""} {
		err = tx.QueryRow(ctx, dueQuery, now, but, now, but, far, but, far, but, now, but).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, err
		}
	}
	return "", nil
}

// far is a time that nothing waits for: what is due after it was written by a clock that was ahead and has been put back, and may be
// leased now.
func (s *Service) far(now int64) int64 { return now + 2*max(s.cfg.Lease, lastRetry).Milliseconds() }

// ready is a condition of a job that may be leased; its arguments are now, far and now.
const ready = "(" + open + " AND (due <= ? OR due > ?) OR state = '" + resting + "' AND due <= ?)"

// mayStart reports whether a job that is open may be leased.
func (s *Service) mayStart(j *job) bool { return j.due <= s.now() || j.due > s.far(s.now()) }

// openJob is the oldest job of a creative that is still to be done and of one of two kinds, texts first; nil when there is none.
func openJob(ctx context.Context, tx store.Tx, creativeID string, kinds [2]Kind) (*job, error) {
	j := new(job)
	err := j.scan(tx.QueryRow(ctx, "SELECT "+columns+" FROM jobs WHERE creative_id = ? AND kind IN (?, ?) AND "+open+" ORDER BY kind DESC, id LIMIT 1",
		creativeID, string(kinds[0]), string(kinds[1])))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil //nolint:nilnil // nothing to do is no error
	}
	return j, err
}

// now is the time in milliseconds.
func (s *Service) now() int64 { return s.cfg.Now().UnixMilli() }

// lease takes a job that is due; nil when another worker was faster, or when the job has failed too often, which ends it. A lease that ran
// out is a failure of whoever held it.
func (s *Service) lease(ctx context.Context, id string) (held *job, err error) {
	err = s.cfg.DB.Write(ctx, func(tx store.Tx) error {
		held = nil
		now := s.now()
		j := new(job)
		err := j.scan(tx.QueryRow(ctx, "SELECT "+columns+" FROM jobs WHERE id = ? AND "+ready, id, now, s.far(now), now))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		if j.state == running {
			j.failures++
			j.last = "the worker that had the job fell silent"
		}
		if j.state == resting {
			j.deadline = now + s.cfg.Life.Milliseconds()
		}
		if j.unreadable != nil || j.failures >= int64(s.cfg.Attempts) || now >= j.deadline {
			return s.end(ctx, tx, j, j.reason(now))
		}
		j.attempt++
		j.state, held = running, j
		_, err = tx.Exec(ctx, "UPDATE jobs SET state = ?, attempt = ?, failures = ?, due = ?, deadline = ?, updated = ? WHERE id = ?",
			running, j.attempt, j.failures, now+s.cfg.Lease.Milliseconds(), j.deadline, now, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("generate: lease of job %s: %w", id, err)
	}
	return held, nil
}

// reason is why a job ends without a result.
func (j *job) reason(now int64) string {
	why := fmt.Sprintf("given up after %d failures", j.failures)
	switch {
	case j.unreadable != nil:
		why = "its row is damaged: " + j.unreadable.Error()
	case now >= j.deadline:
		why = "its time had run out"
	}
	if j.last != "" {
		why += "; the last one: " + j.last
	}
	return why
}

// holds reports whether a worker's lease is still its own.
func (j *job) holds(ctx context.Context, tx store.Tx) (bool, error) {
	var n int
	err := tx.QueryRow(ctx, "SELECT COUNT(*) FROM jobs WHERE id = ? AND state = ? AND attempt = ?", j.id, running, j.attempt).Scan(&n)
	return n == 1, err
}

// Waiting times between attempts.
const (
	firstRetry = time.Second // doubles with each failure
	lastRetry  = time.Minute // up to this
)

// backoff is how long to wait after a failure: half of it to one and a half times, by chance.
func (s *Service) backoff(failures int64) int64 {
	wait := min(firstRetry<<min(failures-1, 10), lastRetry).Milliseconds()
	return wait/2 + int64(s.cfg.Random()%uint64(wait))
}

// giveBack ends an attempt without a result: after a failure the job waits for another attempt or has failed; when the worker itself was
// told to stop, which is nobody's failure, it may be taken at once.
func (s *Service) giveBack(ctx context.Context, j *job, cause error, stopped bool) error {
	return s.cfg.DB.Write(ctx, func(tx store.Tx) error {
		if own, err := j.holds(ctx, tx); err != nil || !own {
			return err
		}
		now, due := s.now(), s.now()
		failures, last := j.failures, j.last
		if !stopped {
			failures, last = failures+1, shorten(cause.Error())
			due += s.backoff(failures)
		}
		next := *j
		next.failures, next.last = failures, last
		if failures >= int64(s.cfg.Attempts) || due >= j.deadline {
			return s.end(ctx, tx, &next, next.reason(now))
		}
		_, err := tx.Exec(ctx, "UPDATE jobs SET state = ?, failures = ?, due = ?, error = ?, updated = ? WHERE id = ?", queued, failures, due, last, now, j.id)
		return err
	})
}

// putOff lets other jobs go before one that can neither be done nor ended, such as that of a creative whose row is damaged, for as long as a
// lease. It changes nothing of a job that another worker has meanwhile.
func (s *Service) putOff(ctx context.Context, id string) error {
	return s.cfg.DB.Write(ctx, func(tx store.Tx) error {
		now := s.now()
		_, err := tx.Exec(ctx, "UPDATE jobs SET due = ? WHERE id = ? AND "+ready, now+s.cfg.Lease.Milliseconds(), id, now, s.far(now), now)
		return err
	})
}

// mostError is how many bytes of an error are kept.
const mostError = 1000

// shorten cuts an error that quotes too much, and makes it text that both databases hold.
func shorten(text string) string {
	if len(text) > mostError {
		text = text[:mostError] + "…"
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
}

// end makes a job FAILED and its creative ACTIVE, as it was, and says why in the ledger. One that has been DONE rests again.
func (s *Service) end(ctx context.Context, tx store.Tx, j *job, why string) error {
	now := s.now()
	if j.again {
		_, err := tx.Exec(ctx, "UPDATE jobs SET state = ?, failures = 0, due = ?, error = ?, updated = ? WHERE id = ?", resting, now+s.cfg.Refresh.Milliseconds(), why, now, j.id)
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE jobs SET state = ?, failures = ?, error = ?, updated = ? WHERE id = ?", failed, j.failures, why, now, j.id)
	if err != nil {
		return err
	}
	c, err := tx.Object(ctx, j.creative)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if c == nil {
		c = &store.Object{ID: j.creative, AccountID: j.account}
	} else if err := s.settle(ctx, tx, c, now/1000); err != nil {
		return err
	}
	return record(ctx, tx, c, recordFailed, now/1000, map[string]any{"job": j.id, "error": why})
}

// settle makes a creative ACTIVE again once none of its jobs is open, and saves it.
func (s *Service) settle(ctx context.Context, tx store.Tx, c *store.Object, now int64) error {
	var n int
	if err := tx.QueryRow(ctx, "SELECT COUNT(*) FROM jobs WHERE creative_id = ? AND "+open, c.ID).Scan(&n); err != nil {
		return err
	}
	if n == 0 && c.Status == edition.InProcess {
		setStatus(c, object.Active)
	}
	return s.save(ctx, tx, c, now)
}
