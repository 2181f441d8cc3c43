// Package media knows pictures: it recognises, checks, decodes, turns upright, scales and names them.
//
// Size limits are checked on the header, before a single pixel is decoded. Only the first frame of an animation is looked at. The package
// is pure.
package media
