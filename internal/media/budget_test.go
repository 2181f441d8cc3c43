package media

import (
	"context"
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"testing"
)

func TestBudgetIsNeverOverdrawn(t *testing.T) {
	t.Parallel()
	budget := NewBudget(100)
	var used, most atomic.Int64
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			need := int64(1 + i%60)
			done, err := budget.Take(t.Context(), need)
			if err != nil {
				t.Error(err)
				return
			}
			now := used.Add(need)
			for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
			}
			used.Add(-need)
			done()
		})
	}
	all.Wait()
	if most.Load() > 100 {
		t.Errorf("%d of 100 bytes were taken", most.Load())
	}
}

func TestBudgetGivesTheLargestAll(t *testing.T) {
	t.Parallel()
	budget := NewBudget(100)
	done, err := budget.Take(t.Context(), math.MaxInt64)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := budget.Take(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("there was more than all: %v", err)
	}
	done()
	if _, err := budget.Take(t.Context(), 100); err != nil {
		t.Error(err)
	}
}
