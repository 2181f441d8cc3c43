package marquetry

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/generate/text/remote"
)

// Generation is what writes texts for creatives that opt in to it. The zero value is the embedded generator, which needs no network.
type Generation struct {
	Generator   string  // "embedded", "openai" for any server that speaks its chat completions, or "anthropic"; default embedded
	BaseURL     string  // of the model's server, such as http://127.0.0.1:8000/v1; empty for that of the company
	Model       string  // which of the server's models; required but for embedded
	Key         string  // of the model's server; never logged
	KeyFile     string  // a file that holds the key instead
	Temperature float64 // of the model, 0 to 2
	MaxTokens   int     // longest answer of the model, in its tokens; default 1024
	Fallback    string  // what fills in for a model that fails or falls short: "embedded", the default, or "none"
}

// maxKey bounds a key's file, in bytes.
const maxKey = 4096

// complete fills in defaults, reads the key, and checks what the model's own configuration does not.
func (g Generation) complete() (Generation, error) {
	g.Generator, g.Fallback, g.MaxTokens = cmp.Or(g.Generator, "embedded"), cmp.Or(g.Fallback, "embedded"), cmp.Or(g.MaxTokens, 1024)
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("text generation: "+format, args...))
		}
	}
	check(g.Generator == "embedded" || g.Generator == "openai" || g.Generator == "anthropic", "the generator is %q, not embedded, openai or anthropic", g.Generator)
	check(g.Fallback == "embedded" || g.Fallback == "none", "the fallback is %q, not embedded or none", g.Fallback)
	check(g.MaxTokens >= 1 && g.MaxTokens <= 32768, "the longest answer is %d tokens, not 1 to 32768", g.MaxTokens)
	check(g.Key == "" || g.KeyFile == "", "there is a key and a file with a key: one of them is too many")
	if g.KeyFile != "" {
		key, err := readKey(g.KeyFile)
		g.Key, g.KeyFile = key, ""
		check(err == nil, "%w", err)
	}
	return g, errors.Join(errs...)
}

// readKey reads a file that holds a key and nothing else.
func readKey(path string) (string, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the operator names it
	key := strings.TrimSpace(string(data))
	if err == nil && (key == "" || len(key) > maxKey) {
		err = fmt.Errorf("%s holds no key", path)
	}
	return key, err
}

// model makes the generator that asks a model; nil for the embedded one, which asks nobody.
func (s settings) model() (text.Generator, error) {
	g := s.Generation
	c := remote.Config{BaseURL: g.BaseURL, Model: g.Model, Key: g.Key, Temperature: g.Temperature, MaxTokens: g.MaxTokens, Now: s.Now, Random: s.Random}
	switch g.Generator {
	case "openai":
		c.BaseURL = cmp.Or(c.BaseURL, "https://api.openai.com/v1")
		return remote.OpenAI(c)
	case "anthropic":
		c.BaseURL = cmp.Or(c.BaseURL, "https://api.anthropic.com")
		return remote.Anthropic(c)
	}
	return nil, nil
}
