package deliver

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/eventlog"
)

// Why a token is refused. Each is counted on its own.
var (
	ErrMalformed = errors.New("this is not a decision token")
	ErrForged    = errors.New("the token's signature does not fit")
	ErrStale     = errors.New("the token is too old")
)

// Sizes of the envelope. The bytes of a token are version, key id, exposure, signature; it travels as unpadded base64url.
const (
	tokenVersion  = 1    // first byte; a change of the layout takes the next number
	tokenHeader   = 2    // version and key id
	signatureSize = 16   // bytes of HMAC-SHA256 that are kept
	maxTokenText  = 1024 // characters; a longer string is refused unread
	maxFutureSkew = 5 * time.Minute
)

// Flags of an exposure.
const (
	flagSandbox  = 1 << iota // the decision was made at a time that its caller named
	flagItem                 // the id of a catalog item follows
	flagControl              // the decision is of the control slice
	flagExposure             // how often the viewer has been shown the ad follows
	flagWindows              // the ad set's attribution windows follow, which are not the usual ones
	flagProcess              // the number of the process that decided follows
	flagBid                  // the decision was a bid to an exchange
)

// Signer turns exposures into tokens and back. It is immutable and safe for concurrent use: a rotated key makes a new one.
type Signer struct {
	keys    []*signingKey // oldest first
	signing int           // index of the one that signs
	ttl     time.Duration // how long a token is believed after its decision

	newest time.Time // when the last key was made
	read   time.Time // when the keys were read
}

// Sign appends the token of an exposure to dst.
func (s *Signer) Sign(dst []byte, e *eventlog.Exposure) []byte {
	var scratch [256]byte
	return s.seal(dst, appendExposure(s.header(scratch[:0], tokenVersion), e))
}

// header begins a text that seal is to sign.
func (s *Signer) header(raw []byte, version byte) []byte {
	return append(raw, version, s.keys[s.signing].id)
}

// seal appends a text that begins with a header to dst, signed.
func (s *Signer) seal(dst, raw []byte) []byte {
	return base64.RawURLEncoding.AppendEncode(dst, s.keys[s.signing].appendSignature(raw, raw))
}

// unseal is what seal was given behind the header, or ErrMalformed or ErrForged.
func (s *Signer) unseal(text string, version byte) ([]byte, error) {
	raw, err := decodeSealed(text, version)
	if err != nil {
		return nil, err
	}
	body := raw[:len(raw)-signatureSize]
	key := s.key(raw[1])
	if key == nil || !key.fits(body, raw[len(body):]) {
		return nil, ErrForged
	}
	return body[tokenHeader:], nil
}

// Verify returns the exposure that a token was signed for, or ErrMalformed, ErrForged or ErrStale. A decision of the sandbox never
// goes stale: it was made at a time of its caller's choice, which says nothing about the clock on the wall.
func (s *Signer) Verify(token string, now time.Time) (*eventlog.Exposure, error) {
	e, err := s.open(token)
	if err != nil {
		return nil, err
	}
	age := now.Sub(time.UnixMilli(e.At))
	if !e.Sandbox && (age > s.ttl || age < -maxFutureSkew) {
		return nil, ErrStale
	}
	return e, nil
}

// open is Verify whatever the token's age.
func (s *Signer) open(token string) (*eventlog.Exposure, error) {
	body, err := s.unseal(token, tokenVersion)
	if err != nil {
		return nil, err
	}
	e, ok := readExposure(body)
	if !ok {
		return nil, ErrMalformed
	}
	return e, nil
}

// due reports whether the newest key is older than life.
func (s *Signer) due(now time.Time, life time.Duration) bool { return now.Sub(s.newest) > life }

// key returns the key with that id, or nil.
func (s *Signer) key(id byte) *signingKey {
	for _, k := range s.keys {
		if k.id == id {
			return k
		}
	}
	return nil
}

// decodeToken is decodeSealed of a token.
func decodeToken(token string) ([]byte, error) { return decodeSealed(token, tokenVersion) }

// decodeSealed undoes base64url strictly, so that one content has exactly one spelling, and checks the envelope.
func decodeSealed(text string, version byte) ([]byte, error) {
	if len(text) > maxTokenText || strings.ContainsAny(text, "\r\n") { // the decoder would skip line ends
		return nil, ErrMalformed
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) < tokenHeader+signatureSize || raw[0] != version {
		return nil, ErrMalformed
	}
	return raw, nil
}

// appendExposure writes an exposure in the order in which readExposure reads it.
func appendExposure(b []byte, e *eventlog.Exposure) []byte {
	var flags byte
	if e.Sandbox {
		flags |= flagSandbox
	}
	if e.Item != "" {
		flags |= flagItem
	}
	if e.Control {
		flags |= flagControl
	}
	if e.Context.Exposure != "" {
		flags |= flagExposure
	}
	if e.Windows != 0 {
		flags |= flagWindows
	}
	if e.Process != 0 {
		flags |= flagProcess
	}
	if e.Bid {
		flags |= flagBid
	}
	b = append(b, flags)
	b = binary.BigEndian.AppendUint64(b, e.Decision)
	b = binary.AppendVarint(b, e.At)
	b = appendID(b, e.AdID)
	b = appendID(b, e.CreativeID)
	b = append(binary.AppendUvarint(b, uint64(len(e.Slots))), e.Slots...)
	b = binary.BigEndian.AppendUint64(b, e.Viewer)
	for _, word := range []string{e.Context.Age, e.Context.Gender, e.Context.Country, e.Context.Region, e.Context.Placement, e.Context.Device, e.Policy} {
		b = appendText(b, word)
	}
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(e.Propensity))
	b = binary.AppendVarint(b, e.Price)
	if e.Item != "" {
		b = appendID(b, e.Item)
	}
	if e.Context.Exposure != "" {
		b = appendText(b, e.Context.Exposure)
	}
	if e.Windows != 0 {
		b = append(b, byte(e.Windows))
	}
	if e.Process != 0 {
		b = append(b, e.Process)
	}
	return b
}

// readExposure reads what appendExposure wrote; not ok when anything is missing or left over.
func readExposure(b []byte) (*eventlog.Exposure, bool) {
	r := reader{b: b}
	e := &eventlog.Exposure{}
	flags := r.byte()
	e.Sandbox, e.Control, e.Bid = flags&flagSandbox != 0, flags&flagControl != 0, flags&flagBid != 0
	e.Decision = r.uint64()
	e.At = r.varint()
	e.AdID = r.id()
	e.CreativeID = r.id()
	e.Slots = append([]uint8(nil), r.bytes(r.uvarint())...)
	e.Viewer = r.uint64()
	for _, word := range []*string{&e.Context.Age, &e.Context.Gender, &e.Context.Country, &e.Context.Region, &e.Context.Placement, &e.Context.Device, &e.Policy} {
		*word = string(r.bytes(r.uvarint()))
	}
	e.Propensity = math.Float64frombits(r.uint64())
	e.Price = r.varint()
	if flags&flagItem != 0 {
		e.Item = r.id()
	}
	if flags&flagExposure != 0 {
		e.Context.Exposure = string(r.bytes(r.uvarint()))
	}
	if flags&flagWindows != 0 {
		e.Windows = eventlog.Windows(r.byte())
	}
	if flags&flagProcess != 0 {
		e.Process = r.byte()
	}
	return e, !r.bad && len(r.b) == 0
}

// appendID writes an id of digits as a number, which takes half the bytes, and any other id as 0 and its text.
func appendID(b []byte, id string) []byte {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || id[0] == '0' {
		return appendText(append(b, 0), id)
	}
	return binary.AppendUvarint(b, n)
}

// appendText writes a length and the text.
func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes values off the front of b; after the first one that is not there, bad is set and all further values are zero.
type reader struct {
	b   []byte
	bad bool
}

// bytes takes n bytes; they alias b.
func (r *reader) bytes(n uint64) []byte {
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

// byte takes one byte.
func (r *reader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// uint64 takes eight bytes, big endian.
func (r *reader) uint64() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

// uvarint takes an unsigned number of variable length.
func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.skip(n)
	return v
}

// varint takes a signed number of variable length.
func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	r.skip(n)
	return v
}

// skip moves on by what a variable-length number took; 0 and less mean that there was none.
func (r *reader) skip(n int) {
	if n <= 0 {
		r.bad, n = true, 0
	}
	r.b = r.b[n:]
}

// id takes what appendID wrote.
func (r *reader) id() string {
	if n := r.uvarint(); n != 0 {
		return strconv.FormatUint(n, 10)
	}
	return string(r.bytes(r.uvarint()))
}
