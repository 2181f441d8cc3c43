// Package retouch makes small changes to pictures: crops that keep what matters, brightness and contrast, and texts laid over them.
package retouch
