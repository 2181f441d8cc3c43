package generate

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/store"
)

// Run does jobs until ctx ends: those of this process as soon as they are committed, those that others left within Config.Poll.
func (s *Service) Run(ctx context.Context) error {
	var all sync.WaitGroup
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
			s.cfg.Logger.ErrorContext(ctx, "texts are not generated", "error", err)
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

// Await does the open jobs of a creative, in the caller's goroutine, or waits for whoever does them, for as long as Patience allows. It
// is called after the commit of what was enqueued, and works without Run. With a slow writer it returns at once. What is not done in
// time goes on by Run, and the creative reads IN_PROCESS; that is no error. Of ctx only the deadline counts, where it is the earlier one: a
// caller who leaves does not undo the work.
func (s *Service) Await(ctx context.Context, creativeID string) error {
	if s.cfg.Slow {
		return nil
	}
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
			j, err = openJob(ctx, tx, creativeID)
			return err
		})
		switch {
		case err == nil && j != nil && (j.due <= s.now() || j.due > s.far(s.now())):
			err = s.attempt(ctx, j.id)
		case err == nil && j != nil && j.state == running:
			wait(ctx, changed, look)
		default:
			return unlessLate(ctx, err)
		}
		if err != nil || ctx.Err() != nil {
			return unlessLate(ctx, err)
		}
	}
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
		s.cfg.Logger.WarnContext(ctx, "an attempt to generate texts failed", "job", j.id, "creative", j.creative, "attempt", j.attempt, "error", err)
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer stop()
	return s.giveBack(ctx, j, err, stopped)
}

// carryOut reads what the texts are made from, has them written, outside of any transaction, and keeps them.
func (s *Service) carryOut(ctx context.Context, j *job) error {
	var from source
	err := s.cfg.DB.Read(ctx, func(tx store.Tx) (err error) {
		from, err = s.gather(ctx, tx, j)
		return err
	})
	if err != nil {
		return err
	}
	s.cfg.Step("gathered")
	result, err := s.write(ctx, from.request)
	if err != nil {
		return err
	}
	if result.Fallback != "" {
		s.cfg.Logger.WarnContext(ctx, "rewrites stand in for a model", "job", j.id, "creative", j.creative, "why", result.Fallback)
	}
	s.cfg.Step("written")
	return s.cfg.DB.Write(ctx, func(tx store.Tx) error { return s.finish(ctx, tx, j, from, result) })
}

// errPanic wraps what a writer panicked with: one strange text must not end the process again and again.
var errPanic = errors.New("the writer panicked")

// write asks the writer, for no longer than the lease lasts or the context. One that does not heed them is left to itself: nobody sees what
// it still brings.
func (s *Service) write(ctx context.Context, r text.Request) (text.Result, error) {
	if r.Want+r.Headlines+r.Descriptions == 0 {
		return text.Result{}, nil
	}
	ctx, stop := context.WithTimeout(ctx, s.cfg.Lease)
	defer stop()
	type answer struct {
		result text.Result
		err    error
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
		a.result, a.err = s.cfg.Write(ctx, r)
	}()
	select {
	case a := <-answered:
		return a.result, a.err
	case <-ctx.Done():
		return text.Result{}, ctx.Err()
	}
}
