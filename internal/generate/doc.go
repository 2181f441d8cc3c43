// Package generate makes assets for creatives that opted in to it: jobs that outlive a crash, reviews by people, and a ledger of how
// each asset came about.
//
// A write that opts in leaves jobs in its own transaction ([Service.Enqueue]), one for each [Kind] of assets. A worker leases one, asks a provider, and writes the
// assets that passed the checks, each with a review that is PENDING. What may be shown of such a creative is its edition: an immutable
// copy of its content with approved assets only. Every change of the approved set makes a new edition, and delivery shows nothing else.
//
// Pictures are kept by what they were made of, so that none is made twice. Those of a product set's items are made in slices: each keeps what it made with how far it is.
package generate
