package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/server"
)

const (
	mostBytes   = 1 << 20 // of a response, after decompression
	mostExcerpt = 300     // bytes of an error's body that are quoted
	leastOfText = 16      // bytes in a row that give a prompt away: as many as no message has by chance
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
		return response{}, &failure{text: "the answer broke off: " + server.WithoutKey(err.Error(), m.config.Key), again: ctx.Err() == nil}
	case len(body) > mostBytes:
		return response{}, &failure{text: fmt.Sprintf("the answer is longer than %d bytes", mostBytes)}
	}
	return response{got.StatusCode, got.Header, body}, nil
}

// unanswered is the failure of a request that came to no response.
func (m *Model) unanswered(ctx context.Context, err error) *failure {
	cause, again := server.Unanswered(err)
	return &failure{text: "no answer: " + server.WithoutKey(cause.Error(), m.config.Key), again: again && ctx.Err() == nil}
}

// refused is the failure that an error status means. Too many requests and the server's own errors pass; the others do not.
func (m *Model) refused(r response, p prompt) *failure {
	f := &failure{again: r.status == http.StatusTooManyRequests || r.status >= 500, after: server.RetryAfter(r.head.Get("Retry-After"), m.config.Now())}
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
	said = server.WithoutKey(said[:min(len(said), 16*mostExcerpt)], m.config.Key)
	said = server.Hidden(said, p.user, leastOfText, "[text]")
	if said = server.Printable(said); said == "" {
		return "(empty)"
	}
	return strings.ToValidUTF8(said[:min(len(said), mostExcerpt)], "")
}
