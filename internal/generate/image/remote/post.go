package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/generate/server"
)

const (
	mostBytes   = 48 << 20 // of a response, after decompression: a picture of the most pixels without any compression, in base 64
	mostExcerpt = 300      // bytes of an error's body that are quoted
	mostTries   = 3        // of one request: the first and two more
	mostPause   = 30 * time.Second
)

// failure is a try that brought nothing. Its text is for the operator, and holds no key.
type failure struct {
	text   string
	again  bool          // another try may bring more
	spoken bool          // the server is well; what it was asked is of no use to it
	after  time.Duration // that the server wants to be left alone; 0 when it does not say
}

// Error implements error.
func (f *failure) Error() string { return f.text }

// request is what is sent.
type request struct {
	method, path string
	kind         string // content type of body
	body         []byte
	accept       string
}

// response is what a server answered.
type response struct {
	status int
	head   http.Header
	body   []byte
}

// send sends a request, up to three times where that may help.
func (m *Model) send(ctx context.Context, r request) (response, *failure) {
	for try := 0; ; try++ {
		got, f := m.once(ctx, r)
		if f == nil && got.status != http.StatusOK {
			f = m.refused(got)
		}
		if f == nil || !f.again || try == mostTries-1 || f.after > mostPause || !server.Pause(ctx, m.config.Random, max(f.after, m.config.Pause<<try)) {
			return got, f
		}
	}
}

// once sends a request once. What net/http decompresses counts as decompressed, so that a small body cannot become a large one.
func (m *Model) once(ctx context.Context, r request) (response, *failure) {
	sent, err := http.NewRequestWithContext(ctx, r.method, m.config.BaseURL+r.path, bytes.NewReader(r.body))
	if err != nil {
		return response{}, &failure{text: m.hidden(err.Error())}
	}
	if r.kind != "" {
		sent.Header.Set("Content-Type", r.kind)
	}
	if r.accept != "" {
		sent.Header.Set("Accept", r.accept)
	}
	m.authorise(sent)
	got, err := m.client.Do(sent)
	if err != nil {
		return response{}, m.unanswered(ctx, err)
	}
	defer func() { _ = got.Body.Close() }() // everything of use was read
	body, err := io.ReadAll(io.LimitReader(got.Body, mostBytes+1))
	switch {
	case err != nil:
		return response{}, &failure{text: "the answer broke off: " + m.hidden(because(ctx, err).Error()), again: ctx.Err() == nil}
	case len(body) > mostBytes:
		return response{}, &failure{text: fmt.Sprintf("the answer is longer than %d bytes", mostBytes)}
	}
	return response{got.StatusCode, got.Header, body}, nil
}

// authorise adds the key. One with a colon is a name and a password.
func (m *Model) authorise(r *http.Request) {
	if name, password, both := strings.Cut(m.config.Key, ":"); both {
		r.SetBasicAuth(name, password)
	} else if m.config.Key != "" {
		r.Header.Set("Authorization", "Bearer "+m.config.Key)
	}
}

// unanswered is the failure of a request that came to no response.
func (m *Model) unanswered(ctx context.Context, err error) *failure {
	cause, again := server.Unanswered(err)
	return &failure{text: "no answer: " + m.hidden(because(ctx, cause).Error()), again: again && ctx.Err() == nil}
}

// because is why a context ended, where that is why something failed.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// refused is the failure that a status means. Too many requests and the server's own errors pass; the others do not.
func (m *Model) refused(r response) *failure {
	f := &failure{again: r.status == http.StatusTooManyRequests || r.status >= 500, after: server.RetryAfter(r.head.Get("Retry-After"), m.config.Now())}
	f.spoken = r.status == http.StatusBadRequest || r.status == http.StatusForbidden || r.status == http.StatusRequestEntityTooLarge || r.status == http.StatusUnprocessableEntity
	f.text = fmt.Sprintf("status %d: %s", r.status, m.excerpt(r.body))
	switch {
	case r.status >= 300 && r.status < 400:
		f.text += " (redirects are not followed: they could carry the key elsewhere)"
	case r.status == http.StatusNotFound || r.status == http.StatusMethodNotAllowed:
		f.text += " (is the base URL right, and the model?)"
	case r.status == http.StatusUnauthorized:
		f.text += " (is the key right?)"
	case r.status == http.StatusForbidden:
		f.text += " (the key, or a refusal of the picture or the prompt)"
	}
	return f
}

// hidden is a text without the key.
func (m *Model) hidden(text string) string { return server.WithoutKey(text, m.config.Key) }

// excerpt is what an error's body says, on one line, for a log: the message where the protocol has one.
func (m *Model) excerpt(body []byte) string {
	said := strings.ToValidUTF8(string(body[:min(len(body), 16*mostExcerpt)]), "")
	if strings.HasPrefix(strings.TrimSpace(said), "<") {
		return "a page instead of an answer"
	}
	var e struct {
		Error  json.RawMessage // OpenAI, ComfyUI
		Detail string          // Automatic1111
		Errors []string        // Stability
	}
	var detail struct{ Message string }
	if json.Unmarshal(body, &e) == nil {
		if len(e.Error) > 0 && json.Unmarshal(e.Error, &detail) != nil {
			_ = json.Unmarshal(e.Error, &detail.Message) // a plain text, or nothing that could be quoted
		}
		for _, better := range []string{strings.Join(e.Errors, " "), e.Detail, detail.Message} {
			if better != "" {
				said = better
			}
		}
	}
	if said = server.Printable(m.hidden(said)); said == "" {
		return "(empty)"
	}
	return strings.ToValidUTF8(said[:min(len(said), mostExcerpt)], "")
}
