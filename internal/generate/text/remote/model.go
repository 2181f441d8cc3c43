package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/marquetry/marquetry/internal/generate/server"
	"github.com/marquetry/marquetry/internal/generate/text"
)

// Model is a model behind a server. It is a text.Generator, safe for concurrent use.
type Model struct {
	config  Config
	dialect dialect
	client  *http.Client
	breaker *server.Breaker
	habits  *habits
	places  chan struct{} // one for each question that is under way
}

// mostAtOnce is how many questions one server is asked at once; more wait.
const mostAtOnce = 4

// errRests is the answer for a server that is left alone.
var errRests = errors.New("the model's server is left alone for a while: it failed, or asked for that")

// dialect is how one kind of server is asked.
type dialect interface {
	name() string
	path() string
	header(key string) http.Header
	// body is what is sent, as a JSON object, for a prompt and what is known of the server's habits.
	body(c Config, p prompt, seed uint64, h habit) map[string]any
	// answer reads the text out of a good response. An answer that was cut off or refused is an error.
	answer(body []byte) (string, error)
}

// OpenAI asks any server that speaks chat completions: OpenAI, vLLM, llama.cpp, Ollama, and gateways of others.
func OpenAI(c Config) (*Model, error) { return connect(c, openAI{}) }

// Anthropic asks Anthropic's Messages.
func Anthropic(c Config) (*Model, error) { return connect(c, anthropic{}) }

// connect checks the configuration. It sends nothing.
func connect(c Config, d dialect) (*Model, error) {
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	return &Model{config: c, dialect: d, client: server.Client(c.Connect, mostAtOnce), breaker: &server.Breaker{Now: c.Now}, habits: &habits{}, places: make(chan struct{}, mostAtOnce)}, nil
}

// Name implements text.Generator.
func (m *Model) Name() string { return m.dialect.name() }

// Candidates implements text.Generator. Its errors are for the operator's eyes: they name what went wrong and hold neither key nor texts.
func (m *Model) Candidates(ctx context.Context, r text.Request, kind text.Kind) (text.Proposal, error) {
	p, err := newPrompt(r, kind, m.config.Random)
	if err != nil || p.empty {
		return text.Proposal{}, err
	}
	if !m.breaker.Allows() {
		return text.Proposal{}, errRests
	}
	texts, sent, failed := m.ask(ctx, p, r.Seed)
	switch {
	case failed == nil || failed.spoken:
		m.breaker.Good() // what one advertiser's text makes a model say is no reason to leave it alone for others
	case ctx.Err() == nil || !errors.Is(ctx.Err(), context.Canceled):
		m.breaker.Bad(failed.after)
	}
	if failed != nil {
		return text.Proposal{}, failed
	}
	sum := sha256.Sum256(sent)
	proposal := text.Proposal{Model: m.config.Model, PromptHash: hex.EncodeToString(sum[:])}
	for _, t := range texts {
		proposal.Candidates = append(proposal.Candidates, text.Candidate{Text: t, Moves: []string{"model"}})
	}
	return proposal, nil
}
