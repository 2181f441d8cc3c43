// Package creative knows what an asset feed may hold, which combinations it spans and how one of them looks.
//
// It normalises the shapes that callers send, finds every fault of a feed in one pass, numbers the combinations and renders one to
// HTML. It is pure.
//
// A creative comes in through [Check], is stored as [Complete] leaves it, and is read by [FeedOf]; [Render] and [Destination] show what
// was chosen. docs/reference/dynamic-creative.md lists every limit and rule, and is written by the tests.
package creative
