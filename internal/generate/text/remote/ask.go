package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/marquetry/marquetry/internal/generate/server"
)

const (
	mostTries = 3                // of one question: the first and two more
	mostPause = 10 * time.Second // that Retry-After can ask for; a server that wants more is not asked again
)

// failure is a try that brought nothing. Its text is for the operator, and holds neither key nor texts.
type failure struct {
	text   string
	again  bool          // another try may bring more
	spoken bool          // the server is well; what it was asked, or what the model said, is of no use
	after  time.Duration // that the server wants to be left alone; 0 when it does not say
}

// Error implements error.
func (f *failure) Error() string { return f.text }

// ask puts the question up to three times within the configured time, and answers the texts with what was sent. Its errors are failures.
func (m *Model) ask(ctx context.Context, p prompt, seed uint64) (texts []string, sent []byte, f *failure) {
	limited, stop := context.WithTimeoutCause(ctx, m.config.Timeout, fmt.Errorf("it took longer than %s", m.config.Timeout))
	defer stop()
	select {
	case m.places <- struct{}{}:
		defer func() { <-m.places }()
	case <-limited.Done():
		return nil, nil, &failure{text: "too many other questions wait for the same server", spoken: true}
	}
	for try := range uint64(mostTries) {
		if texts, sent, f = m.try(limited, p, seed+try); f == nil {
			return texts, sent, nil
		}
		if !f.again || try == mostTries-1 || f.after > mostPause || !server.Pause(limited, m.config.Random, max(f.after, m.config.Pause<<try)) {
			break
		}
	}
	return nil, nil, f
}

// try puts the question once. A server that refuses the way in which it was asked is asked in a plainer one at once; that it wants that
// is known only when it answers, as it may have refused the text.
func (m *Model) try(ctx context.Context, p prompt, seed uint64) ([]string, []byte, *failure) {
	known := m.habits.get()
	for h := known; ; {
		sent, err := json.Marshal(m.dialect.body(m.config, p, seed, h))
		if err != nil {
			return nil, nil, &failure{text: err.Error()}
		}
		r, f := m.post(ctx, sent)
		if f != nil {
			return nil, nil, f
		}
		if r.status == http.StatusOK {
			m.habits.learn(known, h)
			texts, f := m.read(r.body, p)
			return texts, sent, f
		}
		plainer, ok := h.plainer(r.status, r.body)
		if !ok {
			return nil, nil, m.refused(r, p)
		}
		h = plainer
	}
}

// read takes the texts out of a good response.
func (m *Model) read(body []byte, p prompt) ([]string, *failure) {
	said, err := m.dialect.answer(body)
	if errors.Is(err, errShape) {
		return nil, &failure{text: err.Error(), again: true}
	}
	if err != nil {
		return nil, &failure{text: err.Error(), again: !errors.Is(err, errDeclined), spoken: true}
	}
	texts, err := p.read(said)
	if err != nil {
		return nil, &failure{text: err.Error(), again: true, spoken: true}
	}
	return texts, nil
}
