package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of every fetch.
const (
	maxRedirects = 5
	maxAddress   = 4096 // bytes of an address
	maxHeader    = 64 << 10
	dialTimeout  = 10 * time.Second
	atOnce       = 16 // fetches of one Fetcher; further ones wait
)

// Config is what an operator decides about fetching.
type Config struct {
	Allow   []netip.Prefix // addresses that may be fetched from although they are not public, such as those of a test server
	Timeout time.Duration  // of one fetch from beginning to end; 0 is 30 seconds
	Silence time.Duration  // how long a host is left alone that let three addresses in a row wait for nothing; 0 for not at all
}

// Fetcher fetches. It may be used by many at once and needs no closing.
type Fetcher struct {
	client  *http.Client
	timeout time.Duration
	slots   chan struct{} // holds one for each fetch under way
	silent  silences
}

// New makes a fetcher. Connections are not kept: two fetches from one host are rare.
func New(c Config) *Fetcher {
	f := &Fetcher{timeout: c.Timeout, slots: make(chan struct{}, atOnce), silent: silences{lasts: c.Silence, hosts: map[string]silence{}}}
	if f.timeout <= 0 {
		f.timeout = 30 * time.Second
	}
	dialer := &net.Dialer{Timeout: dialTimeout, Control: guard(c.Allow).control}
	f.client = &http.Client{
		CheckRedirect: redirect,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableKeepAlives: true, MaxResponseHeaderBytes: maxHeader, TLSHandshakeTimeout: dialTimeout,
		},
	}
	return f
}

// Want says what a caller expects at an address.
type Want struct {
	Field    string   // parameter that held the address, which faults blame
	MaxBytes int64    // most bytes of the answer, unpacked
	Types    []string // content types, or beginnings of some such as "image/"; none for any. What names no type passes: whoever asked looks at the content
	Code     int      // the platform's code and subcode for an address that cannot be fetched; 0 is 100 and none
	Subcode  int
}

// Got is what lay at an address.
type Got struct {
	Name string // last part of the path, as a file's name; may be empty
	Type string // content type without parameters; may be empty
	Data []byte // all of it
}

// Get fetches an address into memory.
func (f *Fetcher) Get(ctx context.Context, address string, want Want) (Got, error) {
	from := host(address)
	if f.silent.now(from) {
		return Got{}, want.broken("fetch.timeout", "the host has let other fetches wait for nothing, and is left alone for %v", f.silent.lasts)
	}
	got, err := f.get(ctx, address, want)
	f.silent.note(from, err)
	return got, err
}

// get is Get, whichever the host.
func (f *Fetcher) get(ctx context.Context, address string, want Want) (Got, error) {
	got, body, err := f.open(ctx, address, want)
	if err != nil {
		return Got{}, err
	}
	got.Data, err = io.ReadAll(body)
	return got, errors.Join(err, body.Close())
}

// open fetches an address and leaves its content to be read. Reading past want.MaxBytes or past the time fails with a fault.
func (f *Fetcher) open(ctx context.Context, address string, want Want) (Got, io.ReadCloser, error) {
	if err := permitted(address); err != nil {
		return Got{}, nil, want.broken("fetch.address", "%v", err)
	}
	ctx, end, err := f.begin(ctx)
	if err != nil {
		return Got{}, nil, f.failed(want, err)
	}
	got, body, err := f.request(ctx, address, want)
	if err != nil {
		end()
		return Got{}, nil, err
	}
	return got, &content{body, f, want, want.MaxBytes, end}, nil
}

// begin waits until fewer than atOnce fetches are under way. End gives the place back.
func (f *Fetcher) begin(ctx context.Context) (_ context.Context, end func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	select {
	case f.slots <- struct{}{}:
		return ctx, sync.OnceFunc(func() { cancel(); <-f.slots }), nil
	case <-ctx.Done():
		cancel()
		return nil, nil, ctx.Err()
	}
}

// request asks for an address and looks at the header of the answer.
func (f *Fetcher) request(ctx context.Context, address string, want Want) (Got, io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return Got{}, nil, want.broken("fetch.address", "the address cannot be read")
	}
	request.Header.Set("User-Agent", "marquetry")
	response, err := f.client.Do(request)
	if err != nil {
		return Got{}, nil, f.failed(want, err)
	}
	got, err := check(response, want)
	if err != nil {
		return Got{}, nil, errors.Join(err, response.Body.Close())
	}
	return got, response.Body, nil
}

// check refuses an answer by its header.
func check(response *http.Response, want Want) (Got, error) {
	got := Got{Name: path.Base(response.Request.URL.Path)}
	got.Type, _, _ = mime.ParseMediaType(response.Header.Get("Content-Type")) // an unreadable type is no type
	if got.Name == "/" || got.Name == "." {
		got.Name = ""
	}
	switch {
	case response.StatusCode != http.StatusOK:
		return got, want.broken("fetch.status", "%s answered %d, not 200", response.Request.URL.Hostname(), response.StatusCode)
	case response.ContentLength > want.MaxBytes:
		return got, tooLarge(want)
	case !want.takes(got.Type):
		return got, want.broken("fetch.type", "the content is %s, wanted is %s", got.Type, strings.Join(want.Types, " or "))
	}
	return got, nil
}

// takes reports whether a content type is wanted. Servers that do not know what a file is say that it is a stream of bytes.
func (w Want) takes(contentType string) bool {
	if len(w.Types) == 0 || contentType == "" || contentType == "application/octet-stream" || contentType == "binary/octet-stream" {
		return true
	}
	for _, t := range w.Types {
		if strings.HasPrefix(contentType, t) {
			return true
		}
	}
	return false
}

// content is the body of an answer up to the limit.
type content struct {
	body io.ReadCloser
	from *Fetcher
	want Want
	left int64 // bytes that may still come
	end  func()
}

// Read reads what has come.
func (c *content) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.body.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, tooLarge(c.want)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = c.from.failed(c.want, err)
	}
	return n, err
}

// Close ends the fetch.
func (c *content) Close() error {
	defer c.end()
	return c.body.Close()
}

// redirect checks where an answer leads; the host is checked when it is dialled.
func redirect(next *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return errRedirects
	}
	return permitted(next.URL.String())
}

// errRedirects ends a chain of redirects.
var errRedirects = fmt.Errorf("there were more than %d redirects", maxRedirects)

// permitted refuses what is no http or https address of a host, and one that carries a password.
func permitted(address string) error {
	if len(address) > maxAddress {
		return refusal(fmt.Sprintf("the address is longer than %d bytes", maxAddress))
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return refusal("the address cannot be read")
	case u.Scheme != "http" && u.Scheme != "https":
		return refusal("the address must begin with http:// or https://")
	case u.Hostname() == "":
		return refusal("the address names no host")
	case u.User != nil:
		return refusal("the address must not carry a name or password")
	}
	return nil
}

// refusal is why an address is not fetched.
type refusal string

// Error is the reason.
func (r refusal) Error() string { return string(r) }

// failed makes a fault of what the client gave up with. A cancelled request is nobody's fault.
func (f *Fetcher) failed(want Want, err error) error {
	var refused refusal
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &refused):
		return want.broken("fetch.address", "%s", string(refused))
	case errors.Is(err, errRedirects):
		return want.broken("fetch.status", "%v", errRedirects)
	case errors.As(err, &timeout) && timeout.Timeout():
		return want.broken("fetch.timeout", "the content did not come within %v", f.timeout)
	case errors.As(err, &name):
		return want.broken("fetch.address", "%s", notPublic)
	}
	return want.broken("fetch.reach", "the host did not answer, or broke off")
}

// tooLarge is the fault of content over the limit.
func tooLarge(want Want) *object.Fault {
	return want.broken("fetch.size", "the content is larger than %d bytes", want.MaxBytes)
}

// broken makes a fault that blames the parameter with the address.
func (w Want) broken(rule, format string, args ...any) *object.Fault {
	f := object.Broken(rule, w.Subcode, fmt.Sprintf(format, args...), w.Field)
	f.Code = w.Code
	return f
}
