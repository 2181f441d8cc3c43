// Package object describes the Graph objects as data.
//
// One file holds one object: a [Type] literal with its fields and edges. Routing, coercion, required and unknown checks,
// field selection and the reference pages are derived from these literals; no handler is written per endpoint.
// [Build] checks every name that a literal mentions, so a registry that exists is a registry that works.
//
// The package is pure: it holds no state, reads no clock and does no input or output.
package object
