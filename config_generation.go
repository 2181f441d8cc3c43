package marquetry

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

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
	Temperature float64 // of the model, 0 to 2; 0 is the server's own
	MaxTokens   int     // longest answer of the model, in its tokens; default 1024
	Fallback    string  // what fills in for a model that fails or falls short: "embedded", the default, or "none"

	Timeout  time.Duration // how long the model is waited for, with all its tries: 1 s to 5 min, default 20 s
	Patience time.Duration // how long a request waits for embedded texts that it orders, a batch for those of all its operations; default 2 s

	exposed string // the key's file, where others than its owner may read or change it: secrets are often mounted so
}

const (
	maxKey    = 4096 // bytes of a key's file
	modelTime = 20 * time.Second
	patience  = 2 * time.Second
	maxModel  = 5 * time.Minute
)

// complete fills in defaults, reads the key, and checks what the model's own configuration does not.
func (g Generation) complete() (Generation, error) {
	g.Generator, g.Fallback, g.MaxTokens = cmp.Or(g.Generator, "embedded"), cmp.Or(g.Fallback, "embedded"), cmp.Or(g.MaxTokens, 1024)
	g.Timeout, g.Patience = cmp.Or(g.Timeout, modelTime), cmp.Or(g.Patience, patience)
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("text generation: "+format, args...))
		}
	}
	check(g.Generator == "embedded" || g.Generator == "openai" || g.Generator == "anthropic", "the generator is %q, not embedded, openai or anthropic", g.Generator)
	check(g.Fallback == "embedded" || g.Fallback == "none", "the fallback is %q, not embedded or none", g.Fallback)
	check(g.MaxTokens >= 1 && g.MaxTokens <= 32768, "the longest answer is %d tokens, not 1 to 32768", g.MaxTokens)
	check(g.Timeout >= time.Second && g.Timeout <= maxModel, "the timeout is %s, not 1s to %s", g.Timeout, maxModel)
	check(g.Generator != "embedded" || g.BaseURL == "" && g.Model == "" && g.KeyFile == "",
		"a model, its address or its key is given, but the generator is embedded, which asks no model: choose openai or anthropic")
	check(g.Key == "" || g.KeyFile == "", "there is a key and a file with a key: one of them is too many")
	if g.KeyFile != "" {
		key, exposed, err := readKey(g.KeyFile)
		if exposed {
			g.exposed = g.KeyFile
		}
		g.Key, g.KeyFile = key, ""
		check(err == nil, "%w", err)
	}
	check(g.Generator == "embedded" || g.Model != "", "no model is named; --text-model does that")
	check(g.Generator == "embedded" || g.BaseURL != "" || g.Key != "" || len(errs) > 0, "the company's own server asks for a key, and there is none: --text-key-file and MARQUETRY_TEXT_KEY give it, --text-base-url another server")
	return g, errors.Join(errs...)
}

// readKey reads a file that holds a key and nothing else but white space around it, and reports whether others have access to it. The
// file may be a pipe.
func readKey(path string) (key string, exposed bool, err error) {
	file, err := os.Open(path) //nolint:gosec // the operator names it
	if err != nil {
		return "", false, fmt.Errorf("the key: %w", err)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return "", false, fmt.Errorf("the key: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(file, maxKey+1))
	key = strings.TrimSpace(string(data))
	switch {
	case err != nil:
		err = fmt.Errorf("the key: %w", err)
	case key == "":
		err = fmt.Errorf("the key: %s is empty", path)
	case len(data) > maxKey:
		err = fmt.Errorf("the key: %s is longer than %d bytes", path, maxKey)
	}
	return key, info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0, err
}

// model makes the generator that asks a model; nil for the embedded one, which asks nobody.
func (s settings) model() (text.Generator, error) {
	g := s.Generation
	c := remote.Config{BaseURL: g.BaseURL, Model: g.Model, Key: g.Key, Temperature: g.Temperature, MaxTokens: g.MaxTokens, Timeout: g.Timeout, Now: s.Now, Random: s.Random}
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

// lease is how long a job may take: a model is asked for three kinds of texts, and there is more to do than that.
func (g Generation) lease() time.Duration {
	if g.Generator == "embedded" {
		return 0 // the service's own
	}
	return 3*g.Timeout + 40*time.Second
}
