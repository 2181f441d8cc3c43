// Package videos takes videos, whole or in chunks, and tells how far their processing is.
//
// A file is kept in pieces, of which never more than one is in memory while it is read. What is known of a video stands in its file's
// header; there is no decoder, so that a thumbnail is the file's own cover, a picture that was uploaded, or a drawn card with the title.
package videos
