package generate

import (
	"context"
	"errors"
)

// Await does the open jobs of a creative, in the caller's goroutine, or waits for whoever does them, for as long as Patience allows. It
// is called after the commit of what was enqueued, and works without Run. With a slow writer it returns at once. What is not done in
// time goes on by Run, and the creative reads IN_PROCESS; that is no error.
func (s *Service) Await(_ context.Context, _ string) error { return errors.ErrUnsupported }

// Run does jobs until ctx ends: those of this process as soon as they are committed, those that others left within Config.Poll.
func (s *Service) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}
