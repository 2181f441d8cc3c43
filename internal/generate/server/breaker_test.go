package server

import (
	"testing"
	"time"
)

// TestBreaker checks that a dead server is left alone, and tried again after its rest.
func TestBreaker(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	b := &Breaker{Now: func() time.Time { return now }}
	for range MostFailures {
		if !b.Allows() {
			t.Fatal("rests too early")
		}
		b.Bad(0)
	}
	if b.Allows() {
		t.Error("does not rest")
	}
	now = now.Add(Rest)
	if !b.Allows() || b.Allows() {
		t.Error("after the rest one request goes first")
	}
	b.Good()
	for range 2 {
		if !b.Allows() {
			t.Error("does not recover")
		}
	}
}
