package server

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Limits on what a server can make its client do.
const (
	mostHeader = 64 << 10  // bytes of a response's header
	mostRest   = time.Hour // that a server can ask for
)

// Client follows no redirects, which could carry the key elsewhere. It goes through the proxy that the environment names, speaks HTTP/2
// where the server does, and trusts the system's certificates: SSL_CERT_FILE names others. Connect bounds how long a connection may take, idle how many are
// kept; how long it waits for an answer is its caller's context.
func Client(connect time.Duration, idle int) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: connect}).DialContext,
			TLSHandshakeTimeout:    connect,
			ForceAttemptHTTP2:      true, // a dialer of one's own turns it off
			MaxResponseHeaderBytes: mostHeader,
			MaxIdleConnsPerHost:    idle,
			IdleConnTimeout:        time.Minute,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Unanswered is what kept a request from a response, without the address, which the operator knows, and whether another try may come to
// one: a certificate that is not trusted will not be the next time.
func Unanswered(err error) (cause error, again bool) {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	var untrusted *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	return err, !errors.As(err, &untrusted) && !errors.As(err, &noTLS)
}

// RetryAfter reads a header of that name: seconds or a date (RFC 9110, 10.2.3). It is 0 where that says nothing of use.
func RetryAfter(value string, now time.Time) time.Duration {
	after := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		after = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		after = date.Sub(now)
	}
	return min(max(after, 0), mostRest)
}

// Pause waits that long and up to as much again, so that many do not come back together. It reports whether it was let.
func Pause(ctx context.Context, random io.Reader, d time.Duration) bool {
	jitter, err := rand.Int(random, big.NewInt(int64(d)))
	if err != nil {
		return false
	}
	timer := time.NewTimer(d + time.Duration(jitter.Int64()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
