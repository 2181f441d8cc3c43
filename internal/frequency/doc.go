// Package frequency remembers who was shown what and says whether once more would be too often.
//
// Everything is in memory of a fixed size and nothing takes a lock: a [Table] replaces short immutable lists by compare-and-swap. A [Memory] counts
// what viewers were shown of things that have caps; a decision claims its place there, and an impression makes the claim last. A [Counter] is
// the same for a viewer without an id, in bytes that the client keeps.
package frequency
