// Package media knows pictures and videos: it recognises, checks, decodes, turns upright, scales and names pictures, and reads the headers
// of videos.
//
// Size limits are checked on the header, before a single pixel is decoded. Only the first frame of an animation is looked at, and no frame
// of a video is decoded. The package is pure.
package media
