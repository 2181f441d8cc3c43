package generate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// Run does jobs until ctx ends: those of this process as soon as they are committed, those that others left within Config.Poll.
func (s *Service) Run(ctx context.Context) error {
	s.workers.Add(int64(s.cfg.Workers))
	defer s.workers.Add(-int64(s.cfg.Workers))
	var all sync.WaitGroup
	all.Go(func() { s.try(ctx) })
	for range s.cfg.Workers {
		all.Go(func() { s.work(ctx) })
	}
	all.Wait()
	return nil
}

// work is one worker of Run.
func (s *Service) work(ctx context.Context) {
	for ctx.Err() == nil {
		changed := s.cfg.DB.Changed()
		var id string
		err := s.cfg.DB.Read(ctx, func(tx store.Tx) (err error) {
			id, err = s.dueJob(ctx, tx, s.now())
			return err
		})
		if err == nil && id != "" {
			if err = s.attempt(ctx, id); err != nil {
				err = errors.Join(err, s.putOff(ctx, id))
			}
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			s.cfg.Logger.ErrorContext(ctx, "nothing is generated", "error", err)
			wait(ctx, nil, s.cfg.Poll)
		case id == "":
			wait(ctx, changed, s.cfg.Poll)
		}
	}
}

// wait returns when ctx ends, the channel is closed or the time is over.
func wait(ctx context.Context, changed <-chan struct{}, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-timer.C:
	}
}

// look is how often Await looks whether another process has done the job.
const look = 25 * time.Millisecond

// Await does the open jobs of a creative that write texts, in the caller's goroutine, or waits for whoever does them, and for Run's workers to be done with
// its pictures, for as long as Patience allows. It is called after the commit of what was enqueued. Nobody waits for what a remote model makes, for the
// items of a product set, or for pictures without Run. What is not done in time goes on by Run, and the creative reads IN_PROCESS; that is no error. Of ctx only
// the deadline counts, where it is the earlier one: a caller who leaves does not undo the work.
func (s *Service) Await(ctx context.Context, creativeID string) error {
	deadline, set := ctx.Deadline()
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), s.cfg.Patience)
	defer stop()
	if set {
		ctx, stop = context.WithDeadline(ctx, deadline)
		defer stop()
	}
	for {
		changed := s.cfg.DB.Changed()
		var j *job
		err := s.cfg.DB.Read(ctx, func(tx store.Tx) (err error) {
			j, err = openJob(ctx, tx, creativeID, s.awaited())
			return err
		})
		switch {
		case err == nil && j != nil && j.kind == Texts && s.mayStart(j):
			err = s.attempt(ctx, j.id)
		case err == nil && j != nil && (j.state == running || j.kind != Texts && s.mayStart(j)):
			wait(ctx, changed, look)
		default:
			return unlessLate(ctx, err)
		}
		if err != nil || ctx.Err() != nil {
			return unlessLate(ctx, err)
		}
	}
}

// awaited are the kinds of jobs that requests wait for; "" for none.
func (s *Service) awaited() (kinds [2]Kind) {
	if !s.cfg.Slow {
		kinds[0] = Texts
	}
	if !s.cfg.SlowPics && s.workers.Load() > 0 {
		kinds[1] = Images
	}
	return kinds
}

// unlessLate forgets the error of a caller whose patience is at an end.
func unlessLate(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		return err
	}
	return nil
}

// parting is how long a worker that is told to stop takes to give its job back.
const parting = 5 * time.Second

// attempt does a job, unless it is another's. An error means that the database did not answer; what the writer runs into is kept with the job.
func (s *Service) attempt(ctx context.Context, id string) error {
	s.cfg.Step("lease")
	j, err := s.lease(ctx, id)
	if err != nil || j == nil {
		return err
	}
	s.cfg.Step("leased")
	err = s.carryOut(ctx, j)
	if err == nil {
		s.cfg.Step("done")
		return nil
	}
	stopped := ctx.Err() != nil
	if !stopped {
		s.cfg.Logger.WarnContext(ctx, "an attempt to generate assets failed", "job", j.id, "kind", j.kind, "creative", j.creative, "attempt", j.attempt, "error", err)
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer stop()
	return s.giveBack(ctx, j, err, stopped)
}

// making is a job under way, of one kind.
type making interface {
	gather(ctx context.Context, tx store.Tx) error // reads what things are made from
	perform(ctx context.Context) error             // makes them, outside of any transaction
	// assets are the rows for what was made that is still wanted, without ids and what all rows have, and what the job's row is to tell. It may be called again.
	assets(ctx context.Context, f *finishing) ([]*store.Object, outcome, error)
}

// making begins a job.
func (s *Service) making(j *job) making {
	switch j.kind {
	case Images:
		return &painting{Service: s, job: j}
	case Backgrounds:
		return &slice{Service: s, job: j}
	}
	return &writing{Service: s, job: j}
}

// carryOut reads what things are made from, makes them and keeps them.
func (s *Service) carryOut(ctx context.Context, j *job) error {
	m := s.making(j)
	if err := s.cfg.DB.Read(ctx, func(tx store.Tx) error { return m.gather(ctx, tx) }); err != nil {
		return err
	}
	s.cfg.Step("gathered")
	if err := m.perform(ctx); err != nil {
		return err
	}
	s.cfg.Step("made")
	return s.cfg.DB.Write(ctx, func(tx store.Tx) error { return s.finish(ctx, tx, j, m) })
}

// errPanic wraps what a writer or painter panicked with: one strange text must not end the process again and again.
var errPanic = errors.New("what makes it panicked")

// within asks a writer or painter, for no longer than the lease lasts or the context. One that does not heed them is left to itself: nobody sees
// what it still brings.
func within[T any](ctx context.Context, lease time.Duration, ask func(context.Context) (T, error)) (T, error) {
	ctx, stop := context.WithTimeout(ctx, lease)
	defer stop()
	type answer struct {
		made T
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		a := answer{}
		defer func() { answered <- a }()
		defer func() {
			if p := recover(); p != nil {
				a.err = fmt.Errorf("%w: %v", errPanic, p)
			}
		}()
		a.made, a.err = ask(ctx)
	}()
	select {
	case a := <-answered:
		return a.made, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
