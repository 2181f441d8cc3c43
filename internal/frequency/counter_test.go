package frequency

import (
	"slices"
	"testing"
)

// TestCounterKeepsTheLatest writes more showings than a counter holds.
func TestCounterKeepsTheLatest(t *testing.T) {
	t.Parallel()
	c := Counter{Viewer: 7, Issued: 1000 * Day}
	for i := range int64(100) {
		c.Past = append(c.Past, Past{uint64(i % 3), i * Day})
	}
	got, ok := ReadCounter(c.Append(nil))
	if !ok || got.Viewer != 7 || got.Issued != c.Issued || len(got.Past) != mostCounted {
		t.Fatalf("%v, %d showings", ok, len(got.Past))
	}
	for _, p := range c.Past[100-mostCounted:] {
		if !slices.Contains(got.Past, p) {
			t.Errorf("%v is not in the counter", p)
		}
	}
}

// FuzzCounter reads any bytes; what is read is written and read again the same.
func FuzzCounter(f *testing.F) {
	f.Add([]byte{})
	f.Add((&Counter{Viewer: 1, Issued: Day, Past: []Past{{5, 1}, {5, 2}, {6, Day}}}).Append(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, ok := ReadCounter(b)
		if !ok {
			return
		}
		if len(c.Past) > mostCounted {
			t.Fatalf("%d showings", len(c.Past))
		}
		once := c.Append(nil)
		again, ok := ReadCounter(once)
		if !ok || again.Viewer != c.Viewer || again.Issued != c.Issued || len(again.Past) != len(c.Past) || !slices.Equal(again.Append(nil), once) {
			t.Fatalf("%v became %v", c, again)
		}
	})
}
