// Package cases makes the pictures that painters are measured on: photographs with a part hidden, and objects with a known alpha on backdrops. Everything that is
// not a file is drawn here, with the same bytes every time.
package cases
