package frequency

import (
	"sync"
	"testing"
)

// TestTableLosesNoWrite has many writers add to few keys at once: each addition is there afterwards.
func TestTableLosesNoWrite(t *testing.T) {
	t.Parallel()
	const writers, times, keys = 8, 2000, 16
	table := NewTable[int](64)
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for i := range times {
				table.Update(Mix(uint64(i%keys), 0), func(n int) (int, bool) { return n + 1, true })
			}
		})
	}
	all.Wait()
	if table.Len() != keys {
		t.Errorf("%d keys, want %d", table.Len(), keys)
	}
	for k := range uint64(keys) {
		if got := table.Get(Mix(k, 0)); got != writers*times/keys {
			t.Errorf("key %d: %d", k, got)
		}
	}
}

// TestTableIsBounded writes more keys than there is room for.
func TestTableIsBounded(t *testing.T) {
	t.Parallel()
	table := NewTable[int](8)
	for k := range uint64(12) {
		table.Update(k, func(int) (int, bool) { return 1, true })
	}
	if table.Len() != ways || table.Get(11) != 1 || table.Get(3) != 0 {
		t.Errorf("%d keys", table.Len())
	}
}
