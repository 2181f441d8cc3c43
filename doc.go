// Package marquetry is a self-hosted dynamic-creative engine that speaks Meta's Marketing API.
//
// This is the composition root: it opens what holds state, builds the services and connects them by name. Everything that the program does
// is in internal/; this package says what is connected to what.
package marquetry
