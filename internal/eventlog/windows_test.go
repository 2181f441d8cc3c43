package eventlog

import "testing"

// TestWindows checks that every choice of an ad set is kept, and that the usual one costs nothing.
func TestWindows(t *testing.T) {
	t.Parallel()
	for _, click := range []int64{0, 1, 7} {
		for _, view := range []int64{0, 1} {
			w := WindowsOf(click, view)
			if w.Click() != click || w.View() != view || (w == 0) != (click == 7 && view == 1) {
				t.Errorf("windows of %d and %d days are %d: %d and %d", click, view, w, w.Click(), w.View())
			}
		}
	}
}
