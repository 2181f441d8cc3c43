// Package world is simulated people whose true tastes are known.
//
// A [World] says how likely each kind of person is to click and to buy for each combination of assets; nothing in it learns or looks
// at a clock. [Traffic] sends such people through a server's public API, as a site would, and measures how close what they were
// shown came to the best that could have been shown. The server is never told the truth: it sees viewers, clicks and purchases.
package world
