// Package creative knows what an asset feed may hold, which combinations it spans and how one of them looks.
//
// It normalises the shapes that callers send, finds every fault of a feed in one pass, numbers the combinations and renders one to
// HTML. It is pure.
package creative
