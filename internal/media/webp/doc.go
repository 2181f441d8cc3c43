// Package webp writes pictures as WebP files without loss (RFC 9649, section 3). It is meant for graphics and for what shows through: a photograph
// without transparency is smaller as JPEG.
//
// Pictures of up to 256 colours are written as indices into them; of all others a prediction from the neighbours is tried in every tile, and the
// picture without any. What remains is written as copies of what came before, of colours seen lately, and of single colours, all in prefix codes.
// The package is pure.
package webp
