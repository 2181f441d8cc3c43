package remote

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	mostTries = 3                // of one question: the first and two more
	mostBytes = 1 << 20          // of a response
	mostPause = 10 * time.Second // that Retry-After can ask for; a server that wants more is not asked again
)

// failure is a try that brought nothing. Its text is for the operator.
type failure struct {
	text  string
	again bool          // another try may bring more
	after time.Duration // that the server wants to be left alone; 0 when it does not say
}

// Error implements error.
func (f *failure) Error() string { return f.text }

// ask puts the question up to three times, and answers the texts with what was sent.
func (m *Model) ask(ctx context.Context, p prompt, seed uint64) (texts []string, sent []byte, err error) {
	for try := range mostTries {
		if texts, sent, err = m.try(ctx, p, seed); err == nil {
			return texts, sent, nil
		}
		var f *failure
		if !errors.As(err, &f) || !f.again || try == mostTries-1 || f.after > mostPause {
			break
		}
		if !m.pause(ctx, max(f.after, m.config.Pause<<try)) {
			break
		}
	}
	return nil, nil, err
}

// pause waits that long and up to as much again, so that many do not come back together. It reports whether it was let.
func (m *Model) pause(ctx context.Context, d time.Duration) bool {
	jitter, err := rand.Int(m.config.Random, big.NewInt(int64(d)))
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

// try puts the question once. A server that refuses the way in which it was asked is asked in a plainer one at once.
func (m *Model) try(ctx context.Context, p prompt, seed uint64) ([]string, []byte, error) {
	for {
		h := m.habits.get()
		sent, err := json.Marshal(m.dialect.body(m.config, p, seed, h))
		if err != nil {
			return nil, nil, err
		}
		status, head, body, err := m.post(ctx, sent)
		if err != nil {
			return nil, nil, err
		}
		if status == http.StatusOK {
			texts, err := m.read(body, p)
			return texts, sent, err
		}
		if next, ok := h.plainer(status, body); ok {
			m.habits.learn(h, next)
			continue
		}
		return nil, nil, refusedBy(status, head, body)
	}
}

// read takes the texts out of a good response.
func (m *Model) read(body []byte, p prompt) ([]string, error) {
	said, err := m.dialect.answer(body)
	if err != nil {
		return nil, &failure{text: err.Error(), again: !errors.Is(err, errDeclined)}
	}
	texts, err := p.read(said)
	if err != nil {
		return nil, &failure{text: err.Error(), again: true}
	}
	return texts, nil
}

// post sends one request. Its errors are failures that another try may mend.
func (m *Model) post(ctx context.Context, sent []byte) (int, http.Header, []byte, error) {
	address := strings.TrimSuffix(m.config.BaseURL, "/") + m.dialect.path()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(sent))
	if err != nil {
		return 0, nil, nil, err
	}
	request.Header = m.dialect.header(m.config.Key)
	request.Header.Set("Content-Type", "application/json")
	response, err := m.client.Do(request)
	if err != nil {
		return 0, nil, nil, &failure{text: "no answer: " + err.Error(), again: ctx.Err() == nil}
	}
	defer func() { _ = response.Body.Close() }() // everything of use was read
	body, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	switch {
	case err != nil:
		return 0, nil, nil, &failure{text: "the answer broke off: " + err.Error(), again: ctx.Err() == nil}
	case len(body) > mostBytes:
		return 0, nil, nil, &failure{text: fmt.Sprintf("the answer is longer than %d bytes", mostBytes)}
	}
	return response.StatusCode, response.Header, body, nil
}

// refusedBy is the failure that an error status means. Too many requests and the server's own errors pass; the others do not.
func refusedBy(status int, head http.Header, body []byte) *failure {
	f := &failure{text: fmt.Sprintf("status %d: %s", status, excerpt(body)), again: status == http.StatusTooManyRequests || status >= 500}
	if seconds, err := strconv.Atoi(head.Get("Retry-After")); err == nil && seconds > 0 {
		f.after = time.Duration(min(seconds, 3600)) * time.Second
	}
	return f
}

// excerpt is the beginning of an error's body on one line, for a log.
func excerpt(body []byte) string {
	words := strings.Join(strings.Fields(strings.ToValidUTF8(string(body[:min(len(body), 300)]), "")), " ")
	if words == "" {
		return "(empty)"
	}
	return words
}
