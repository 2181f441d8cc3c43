// Package bandit chooses combinations and learns from what came of them.
//
// Cell counters go in, a model comes out: nothing else is state, so replicas merge by adding, a replay is exact, and the same counters
// with the same seed give the same model to the last bit.
// The package is pure: callers pass seeds, and nothing here reads a clock.
package bandit
