package remote

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// Config is the operator's choice of a model. Nobody else can set any of it.
type Config struct {
	BaseURL     string // up to and without the method's path: https://api.openai.com/v1, http://127.0.0.1:7860, http://127.0.0.1:8188, https://api.stability.ai
	Model       string // as the server names it; "" for servers that have but one
	Key         string // "" for servers that ask for none, user:password for Automatic1111 behind --api-auth; never logged, never in an error
	Steps       int    // of the diffusion, where the protocol has them; default 24
	MaxPixels   int    // of a picture that is sent, 65536 to 4194304; default what models of the protocol take
	Concurrency int    // questions that one server is asked at once; default 1
	Workflow    []byte // of ComfyUI, in its API form

	Connect time.Duration // default 5 s
	Timeout time.Duration // of one picture with all its tries; default 2 min
	Pause   time.Duration // before the second try, doubled before the third, and between questions whether ComfyUI is done; default 500 ms

	Now    func() time.Time // for the breaker
	Random io.Reader        // of boundaries and of the jitter between tries
}

// Bounds of Config.MaxPixels.
const (
	LeastPixels = 1 << 16
	MostPixels  = 1 << 22
)

// complete fills in defaults and reports what is missing.
func (c Config) complete() (Config, error) {
	base, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		return c, errors.New("remote: the base URL of the image model's server must begin with http:// or https:// and name a host")
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return c, errors.New("remote: the base URL may hold no user, query or fragment; a key belongs in the key file")
	case strings.ContainsFunc(c.Key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return c, errors.New("remote: the key holds spaces, line breaks or letters beyond ASCII, which no key has")
	case c.MaxPixels != 0 && (c.MaxPixels < LeastPixels || c.MaxPixels > MostPixels):
		return c, fmt.Errorf("remote: %d pixels are outside of %d to %d", c.MaxPixels, LeastPixels, MostPixels)
	case c.Now == nil || c.Random == nil:
		return c, errors.New("remote: no clock or no source of randomness")
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	c.Steps, c.Concurrency = cmp.Or(c.Steps, 24), cmp.Or(c.Concurrency, 1)
	c.Connect, c.Timeout, c.Pause = cmp.Or(c.Connect, 5*time.Second), cmp.Or(c.Timeout, 2*time.Minute), cmp.Or(c.Pause, 500*time.Millisecond)
	return c, nil
}
