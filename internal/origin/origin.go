// Package origin answers one question: under which scheme and host did this client reach us?
//
// Every URL in every answer starts with it, so that a client that follows links never leaves the server that it asked.
package origin

import (
	"net/http"
	"net/url"
)

// Of returns the scheme and host of a request. A configured public address wins, for servers behind a proxy; without one the
// Host header decides, and forwarding headers are not believed.
func Of(r *http.Request, public *url.URL) *url.URL {
	if public != nil {
		return public
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return &url.URL{Scheme: scheme, Host: r.Host}
}
