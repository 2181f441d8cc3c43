// Package generate makes assets for creatives that opted in to it: jobs that outlive a crash, reviews by people, and a ledger of how
// each asset came about.
//
// A write that opts in leaves a job in its own transaction ([Service.Enqueue]). A worker leases it, asks a provider, and writes the
// assets that passed the gate, each with a review that is PENDING. What may be shown of such a creative is its edition: an immutable
// copy of its content with approved assets only. Every change of the approved set makes a new edition, and delivery shows nothing else.
package generate
