// Package eventlog is the durable record of everything that happened to an ad: impressions, clicks and conversions.
//
// The log is the truth. Rollups and learning cells are folds over it, each of which moves its checkpoint in the same transaction
// as its effect; `marquetry rebuild` folds from zero to the same bytes. An append returns only once the event is on disk.
package eventlog
