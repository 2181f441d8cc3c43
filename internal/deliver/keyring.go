package deliver

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/marquetry/marquetry/internal/store"
)

// Names of the settings that hold secrets, and the size of a secret.
const (
	settingTokenKeys = "deliver.token_keys" // JSON list of storedKey, oldest first
	settingViewerKey = "deliver.viewer_key" // hex
	secretSize       = 32                   // bytes
)

// storedKey is a signing key as the settings keep it.
type storedKey struct {
	ID      byte   `json:"id"`
	Bytes   []byte `json:"bytes"`
	Created int64  `json:"created"` // unix seconds
}

// signingKey computes signatures; the pool saves deriving the key's state for each token.
type signingKey struct {
	id   byte
	macs sync.Pool // of *mac
}

// newSigningKey prepares a key.
func newSigningKey(id byte, secret []byte) *signingKey {
	return &signingKey{id: id, macs: sync.Pool{New: func() any { return &mac{hash: hmac.New(sha256.New, secret)} }}}
}

// mac computes HMACs. What goes in and out is copied, so that callers can have theirs on the stack.
type mac struct {
	hash    hash.Hash
	in, out []byte
}

// appendSignature appends the truncated HMAC of msg to dst.
func (k *signingKey) appendSignature(dst, msg []byte) []byte {
	m := k.macs.Get().(*mac)
	m.in = append(m.in[:0], msg...)
	m.hash.Reset()
	m.hash.Write(m.in)
	m.out = m.hash.Sum(m.out[:0])
	dst = append(dst, m.out[:signatureSize]...)
	k.macs.Put(m)
	return dst
}

// fits reports, in constant time, whether a signature is that of msg.
func (k *signingKey) fits(msg, signature []byte) bool {
	return hmac.Equal(k.appendSignature(make([]byte, 0, sha256.Size), msg), signature)
}

// rotate returns the keys that hold at a moment, oldest first, and whether they differ from what was there: a new one is made
// when there is none or the newest is older than life; one whose successor is older than ttl verifies nothing any more and goes.
func rotate(keys []storedKey, now time.Time, life, ttl time.Duration, random io.Reader) ([]storedKey, bool, error) {
	changed := false
	for len(keys) > 1 && now.Sub(time.Unix(keys[1].Created, 0)) > ttl {
		keys, changed = keys[1:], true
	}
	if len(keys) > 0 && now.Sub(time.Unix(keys[len(keys)-1].Created, 0)) <= life {
		return keys, changed, nil
	}
	fresh := storedKey{ID: 1, Bytes: make([]byte, secretSize), Created: now.Unix()}
	if len(keys) > 0 {
		fresh.ID = keys[len(keys)-1].ID + 1 // wraps after 256 rotations, long after its namesake is gone
	}
	if _, err := io.ReadFull(random, fresh.Bytes); err != nil {
		return nil, false, fmt.Errorf("random source for token keys: %w", err)
	}
	return append(keys[:len(keys):len(keys)], fresh), true, nil
}

// Processes that share a database read the keys again so often, and sign with a new one only once all have read it.
const (
	reread = 20 * time.Second
	settle = time.Minute
)

// newSigner makes the signer of a key ring that was read now.
func newSigner(keys []storedKey, ttl time.Duration, now time.Time) *Signer {
	s := &Signer{ttl: ttl, read: now}
	for i, k := range keys {
		s.keys = append(s.keys, newSigningKey(k.ID, k.Bytes))
		s.newest = time.Unix(k.Created, 0)
		if i == 0 || now.Sub(s.newest) >= settle {
			s.signing = i
		}
	}
	return s
}

// readKeys reads the keys from the settings; there are none at first.
func readKeys(ctx context.Context, tx store.Tx) (keys []storedKey, err error) {
	text, err := tx.Setting(ctx, settingTokenKeys)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &keys)
	}
	if err != nil {
		return nil, fmt.Errorf("setting %s: %w", settingTokenKeys, err)
	}
	return keys, nil
}

// openKeyring reads the keys, rotates them when it is time, and stores what changed.
func openKeyring(ctx context.Context, tx store.Tx, now time.Time, cfg Config, random io.Reader) (*Signer, error) {
	keys, err := readKeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	keys, changed, err := rotate(keys, now, cfg.KeyLife, max(cfg.TokenTTL+maxOnlineAge, counterLife*time.Millisecond), random) // conversions are reported so much later
	if err != nil {
		return nil, err
	}
	if changed {
		kept, err := json.Marshal(keys)
		if err != nil {
			return nil, err
		}
		if err := tx.SetSetting(ctx, settingTokenKeys, string(kept)); err != nil {
			return nil, err
		}
	}
	return newSigner(keys, cfg.TokenTTL, now), nil
}

// viewerHasher turns opaque viewer ids into numbers that mean nothing outside this instance.
type viewerHasher struct{ key *signingKey }

// openViewerHasher reads the key from the settings, or makes it. It never rotates: reach counts viewers over years.
func openViewerHasher(ctx context.Context, tx store.Tx, random io.Reader) (*viewerHasher, error) {
	text, err := tx.Setting(ctx, settingViewerKey)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	secret, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("setting %s: %w", settingViewerKey, err)
	}
	if len(secret) == 0 {
		secret = make([]byte, secretSize)
		if _, err := io.ReadFull(random, secret); err != nil {
			return nil, fmt.Errorf("random source for the viewer key: %w", err)
		}
		if err := tx.SetSetting(ctx, settingViewerKey, hex.EncodeToString(secret)); err != nil {
			return nil, err
		}
	}
	return &viewerHasher{key: newSigningKey(0, secret)}, nil
}

// hash maps an id to a number, "" to 0. An id that is already a SHA-256 in hex counts as the hash of the id itself, because Meta's SDKs
// hash external_id on the way and the decision had it plain.
func (h *viewerHasher) hash(id string) uint64 {
	if id = strings.TrimSpace(id); id == "" {
		return 0
	}
	var digest, out [sha256.Size]byte
	if n, err := hex.Decode(digest[:], []byte(id[:min(len(id), 2*sha256.Size)])); err != nil || n != sha256.Size || len(id) != 2*sha256.Size {
		digest = sha256.Sum256([]byte(strings.ToLower(id)))
	}
	return max(1, binary.BigEndian.Uint64(h.key.appendSignature(out[:0], digest[:])))
}
