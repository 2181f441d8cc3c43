// Package previews shows what an ad or a creative looks like in a placement.
package previews
