package remote

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// Config is the operator's choice of a model. Nobody else can set any of it.
type Config struct {
	BaseURL     string  // up to and without the method's path: https://api.openai.com/v1, http://127.0.0.1:11434/v1, https://api.anthropic.com
	Model       string  // as the server names it
	Key         string  // "" for servers that ask for none; never logged, never in an error
	Temperature float64 // 0 for the server's own
	MaxTokens   int     // of an answer; default 1024

	Connect time.Duration // default 5 s
	Timeout time.Duration // of one question with all its tries; default 20 s
	Pause   time.Duration // before the second try, doubled before the third; default 500 ms

	Now    func() time.Time // for the breaker
	Random io.Reader        // of boundaries and of the jitter between tries
}

// complete fills in defaults and reports what is missing.
func (c Config) complete() (Config, error) {
	base, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		return c, errors.New("remote: the base URL of the model's server must begin with http:// or https:// and name a host")
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return c, errors.New("remote: the base URL may hold no user, query or fragment; a key belongs in the key file")
	case c.Model == "":
		return c, errors.New("remote: no model is named")
	case strings.ContainsFunc(c.Key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return c, errors.New("remote: the key holds spaces, line breaks or letters beyond ASCII, which no key has")
	case c.Temperature < 0 || c.Temperature > 2:
		return c, fmt.Errorf("remote: temperature %g is outside of 0 to 2", c.Temperature)
	case c.Now == nil || c.Random == nil:
		return c, errors.New("remote: no clock or no source of randomness")
	}
	c.MaxTokens = orDefault(c.MaxTokens, 1024)
	c.Connect, c.Timeout, c.Pause = orDefault(c.Connect, 5*time.Second), orDefault(c.Timeout, 20*time.Second), orDefault(c.Pause, 500*time.Millisecond)
	return c, nil
}

// orDefault is v, or what stands for it where it is not above zero.
func orDefault[T int | time.Duration](v, preset T) T {
	if v <= 0 {
		return preset
	}
	return v
}
