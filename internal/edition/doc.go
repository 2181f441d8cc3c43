// Package edition says what may be shown of a creative whose texts are generated.
//
// An edition is an immutable row with the content of a creative as it may be shown: the advertiser's own texts and those that are approved.
// A generated text is a row of its own, with the hash of exactly the bytes that its review is about. Package generate writes both; those
// who show, preview and report on creatives read them here. All of it but [Shown] is pure.
package edition
