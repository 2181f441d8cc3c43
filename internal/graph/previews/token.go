package previews

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/marquetry/marquetry/internal/store"
)

// Sizes of a token's parts, in bytes.
const (
	keySize       = 32
	signatureSize = 16
	mostPacked    = 16 << 10 // characters of a token
	mostUnpacked  = 64 << 10
)

// settingKey names the setting that holds the key of the signatures, in hex.
const settingKey = "previews.key"

// errToken is the answer to a link that this server did not make, or not like this.
var errToken = errors.New("not a preview of this server")

// Key reads the key that signs previews, and makes it on the first start.
func Key(ctx context.Context, tx store.Tx, random io.Reader) ([]byte, error) {
	kept, err := tx.Setting(ctx, settingKey)
	if err == nil {
		return hex.DecodeString(kept)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	key := make([]byte, keySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, fmt.Errorf("random source for the key of previews: %w", err)
	}
	return key, tx.SetSetting(ctx, settingKey, hex.EncodeToString(key))
}

// pack makes the token of a scene: signature and deflated JSON, in URL-safe base64.
func pack(key []byte, s scene) (string, error) {
	var b bytes.Buffer
	b.Write(make([]byte, signatureSize))
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err == nil {
		err = errors.Join(json.NewEncoder(w).Encode(s), w.Close())
	}
	if err != nil {
		return "", err
	}
	packed := b.Bytes()
	copy(packed, signature(key, packed[signatureSize:]))
	if token := base64.RawURLEncoding.EncodeToString(packed); len(token) <= mostPacked {
		return token, nil
	}
	return "", errTooMuch
}

// errTooMuch is for a scene that fits no link, which its limits should prevent.
var errTooMuch = errors.New("previews: the scene is too large for a link")

// unpack reads a token.
func unpack(key []byte, token string) (s scene, err error) {
	packed, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(token) > mostPacked || len(packed) < signatureSize {
		return s, errToken
	}
	if !hmac.Equal(packed[:signatureSize], signature(key, packed[signatureSize:])) {
		return s, errToken
	}
	r := io.LimitReader(flate.NewReader(bytes.NewReader(packed[signatureSize:])), mostUnpacked)
	if err := json.NewDecoder(r).Decode(&s); err != nil {
		return s, errToken
	}
	return s, nil
}

// signature is the truncated HMAC of a packed scene.
func signature(key, packed []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(packed)
	return mac.Sum(nil)[:signatureSize]
}
