package client

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client is safe for concurrent use. Make one per server and keep it: its connections are reused.
type Client struct {
	base    *url.URL
	token   string
	http    *http.Client
	agent   string
	maxBody int64         // bytes of an answer that are read; more is an error
	retries int           // further attempts after the first
	pause   time.Duration // before the first retry; doubles with each
}

// Limits of a client that was made without options.
const (
	defaultMaxBody = 32 << 20 // bytes
	defaultRetries = 3
	defaultPause   = 100 * time.Millisecond
	defaultTimeout = 30 * time.Second // of one attempt, answer included
	idlePerHost    = 128              // connections kept open, so that many workers do not reconnect for each request
	idleTimeout    = 90 * time.Second
)

// Option changes one setting of a new client.
type Option func(*Client)

// WithHTTPClient sends requests through another HTTP client. It must not follow redirects if [Client.Click] is used.
func WithHTTPClient(h *http.Client) Option { return func(c *Client) { c.http = h } }

// WithRetries sets how many times a request is repeated and how long to wait before the first time; the wait doubles.
func WithRetries(n int, pause time.Duration) Option {
	return func(c *Client) { c.retries, c.pause = n, pause }
}

// WithMaxBody limits the bytes of an answer.
func WithMaxBody(n int64) Option { return func(c *Client) { c.maxBody = n } }

// WithUserAgent names the program to the server.
func WithUserAgent(name string) Option { return func(c *Client) { c.agent = name } }

// New makes a client of the server at base, such as http://127.0.0.1:8080 or https://ads.example.com/v25.0. The token may be empty for
// servers that ask for none; it is sent in a header, never in an address.
func New(base, token string, options ...Option) (*Client, error) {
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil {
		return nil, fmt.Errorf("base address: %w", err)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("base address %q: want http:// or https:// and a host", base)
	}
	c := &Client{
		base: u, token: token, agent: "marquetry-client",
		maxBody: defaultMaxBody, retries: defaultRetries, pause: defaultPause,
	}
	for _, set := range options {
		set(c)
	}
	if c.http == nil {
		c.http = defaultHTTP()
	}
	return c, nil
}

// defaultHTTP keeps enough connections for many workers and leaves redirects to the caller: where a click leads is the answer.
func defaultHTTP() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0 // no bound over all hosts
	transport.MaxIdleConnsPerHost = idlePerHost
	transport.IdleConnTimeout = idleTimeout
	return &http.Client{
		Transport:     transport,
		Timeout:       defaultTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Close lets go of idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// address joins the base and a path such as "act_1/ads"; a complete address of the same server is taken as it is.
func (c *Client) address(path string) (string, error) {
	if !strings.Contains(path, "://") {
		return c.base.String() + "/" + strings.TrimLeft(path, "/"), nil
	}
	u, err := url.Parse(path)
	if err != nil {
		return "", fmt.Errorf("address: %w", err)
	}
	if u.Scheme != c.base.Scheme || u.Host != c.base.Host {
		return "", fmt.Errorf("address on %s: the client belongs to %s", u.Host, c.base.Host)
	}
	return path, nil
}

// root joins the server's root, without any version in the base, and a path such as "/v1/decisions".
func (c *Client) root(path string) string {
	return (&url.URL{Scheme: c.base.Scheme, Host: c.base.Host}).String() + path
}

// readBody reads an answer up to the limit and drains nothing more: an answer over it is not worth the connection.
func (c *Client) readBody(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, c.maxBody+1))
	if err != nil {
		return nil, &transportError{fmt.Errorf("reading the answer: %w", err)}
	}
	if int64(len(body)) > c.maxBody {
		return nil, fmt.Errorf("the answer is over %d bytes", c.maxBody)
	}
	return body, nil
}
