package deliver

import "context"

// turn is a mutex that a waiting caller can give up on.
type turn chan struct{}

// newTurn is free.
func newTurn() turn { return make(turn, 1) }

// Lock waits for the turn.
func (t turn) Lock() { t <- struct{}{} }

// Unlock gives it to the next.
func (t turn) Unlock() { <-t }

// LockWithin waits for the turn until ctx ends.
func (t turn) LockWithin(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
