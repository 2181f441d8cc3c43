package remote

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	mostBytes   = 1 << 20   // of a response, after decompression
	mostRest    = time.Hour // that a server can ask for
	mostExcerpt = 300       // bytes of an error's body that are quoted
)

// response is what a server answered.
type response struct {
	status int
	head   http.Header
	body   []byte
}

// post sends one request. What net/http decompresses counts as decompressed, so that a small body cannot become a large one.
func (m *Model) post(ctx context.Context, sent []byte) (response, *failure) {
	address := strings.TrimSuffix(m.config.BaseURL, "/") + m.dialect.path()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(sent))
	if err != nil {
		return response{}, &failure{text: err.Error()}
	}
	request.Header = m.dialect.header(m.config.Key)
	request.Header.Set("Content-Type", "application/json")
	got, err := m.client.Do(request)
	if err != nil {
		return response{}, m.unanswered(ctx, err)
	}
	defer func() { _ = got.Body.Close() }() // everything of use was read
	body, err := io.ReadAll(io.LimitReader(got.Body, mostBytes+1))
	switch {
	case err != nil:
		return response{}, &failure{text: "the answer broke off: " + hidden(err.Error(), m.config.Key, leastOfKey, "[key]"), again: ctx.Err() == nil}
	case len(body) > mostBytes:
		return response{}, &failure{text: fmt.Sprintf("the answer is longer than %d bytes", mostBytes)}
	}
	return response{got.StatusCode, got.Header, body}, nil
}

// unanswered is the failure of a request that came to no response. A certificate that is not trusted will not be the next time.
func (m *Model) unanswered(ctx context.Context, err error) *failure {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err // without the address, which the operator knows
	}
	var untrusted *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	again := ctx.Err() == nil && !errors.As(err, &untrusted) && !errors.As(err, &noTLS)
	return &failure{text: "no answer: " + hidden(err.Error(), m.config.Key, leastOfKey, "[key]"), again: again}
}

// refused is the failure that an error status means. Too many requests and the server's own errors pass; the others do not.
func (m *Model) refused(r response, p prompt) *failure {
	f := &failure{again: r.status == http.StatusTooManyRequests || r.status >= 500, after: m.retryAfter(r.head.Get("Retry-After"))}
	f.spoken = r.status == http.StatusBadRequest || r.status == http.StatusRequestEntityTooLarge || r.status == http.StatusUnprocessableEntity
	f.text = fmt.Sprintf("status %d: %s", r.status, m.excerpt(r.body, p))
	switch {
	case r.status >= 300 && r.status < 400:
		f.text += " (redirects are not followed: they could carry the key elsewhere)"
	case r.status == http.StatusNotFound || r.status == http.StatusMethodNotAllowed:
		f.text += " (is the base URL right, and the model?)"
	case r.status == http.StatusUnauthorized || r.status == http.StatusForbidden:
		f.text += " (is the key right?)"
	}
	return f
}

// retryAfter reads Retry-After: seconds or a date (RFC 9110, 10.2.3). It is 0 where that says nothing of use.
func (m *Model) retryAfter(value string) time.Duration {
	after := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		after = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		after = date.Sub(m.config.Now())
	}
	return min(max(after, 0), mostRest)
}

// excerpt is what an error's body says, on one line, for a log: the message of the protocol's error where there is one. Servers quote what
// they were sent, so the key and the prompt are taken out before it is cut.
func (m *Model) excerpt(body []byte, p prompt) string {
	said := strings.ToValidUTF8(string(body), "")
	if trimmed := strings.TrimSpace(said); strings.HasPrefix(trimmed, "<") {
		return "a page instead of an answer"
	}
	var e struct{ Error json.RawMessage }
	var detail struct{ Message string }
	if json.Unmarshal(body, &e) == nil && len(e.Error) > 0 && (json.Unmarshal(e.Error, &detail) == nil || json.Unmarshal(e.Error, &detail.Message) == nil) && detail.Message != "" {
		said = detail.Message
	}
	said = hidden(said[:min(len(said), 16*mostExcerpt)], m.config.Key, leastOfKey, "[key]")
	said = hidden(said, p.user, leastOfText, "[text]")
	if said = printable(said); said == "" {
		return "(empty)"
	}
	return strings.ToValidUTF8(said[:min(len(said), mostExcerpt)], "")
}
