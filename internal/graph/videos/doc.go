// Package videos takes videos, whole or in chunks, and tells how far their processing is.
package videos
