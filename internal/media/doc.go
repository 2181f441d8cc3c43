// Package media knows pictures and videos: it recognises, checks and decodes pictures, turns them upright and into sRGB, resizes, encodes
// and names them, says in their files how they were made, and reads the headers of videos.
//
// Size limits are checked on the header, before a single pixel is decoded, and what decoding will cost is known then, too: a [Budget] bounds
// those who work at the same time. Only the first frame of an animation is looked at, and no frame of a video is decoded. The package is
// pure.
package media
