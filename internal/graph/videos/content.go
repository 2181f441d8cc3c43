package videos

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/marquetry/marquetry/internal/store"
)

// pieceSize is the most bytes of one piece. Serving any part of a video reads whole pieces.
const pieceSize = 4 << 20

// piece is a part of a file, kept as a blob.
type piece struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// manifest is what is kept under a video's hash: its pieces in order. The blob's content type is the video's.
type manifest struct {
	Pieces []piece `json:"pieces"`
}

// manifestName is the name of the manifest of a file with that hash.
func manifestName(hash string) string { return hash + "/video" }

// findManifest reads a video's manifest, or answers store.ErrNotFound.
func findManifest(ctx context.Context, tx store.Tx, hash string) (m manifest, contentType string, err error) {
	contentType, text, err := tx.Blob(ctx, manifestName(hash))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, contentType, err
}

// content reads a file in pieces. It remembers the last piece that it read.
type content struct {
	pieces []piece
	load   func(name string) ([]byte, error)
	name   string // of the piece in memory
	held   []byte
	err    error // first failure to load a piece
}

// size is the length of the file.
func (c *content) size() (n int64) {
	for _, p := range c.pieces {
		n += p.Size
	}
	return n
}

// ReadAt reads from a place on, over as many pieces as it takes.
func (c *content) ReadAt(b []byte, at int64) (n int, err error) {
	var start int64
	for _, p := range c.pieces {
		if from := at + int64(n) - start; n < len(b) && from >= 0 && from < p.Size {
			if err := c.hold(p); err != nil {
				return n, err
			}
			n += copy(b[n:], c.held[from:])
		}
		start += p.Size
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// hold loads a piece unless it is the one in memory.
func (c *content) hold(p piece) error {
	if c.name == p.Name {
		return nil
	}
	data, err := c.load(p.Name)
	if err == nil && int64(len(data)) != p.Size {
		err = errors.New("videos: piece " + p.Name + " has another size than noted")
	}
	if err != nil {
		c.err = errors.Join(c.err, err)
		return err
	}
	c.name, c.held = p.Name, data
	return nil
}

// loader loads pieces in a transaction.
func loader(ctx context.Context, tx store.Tx) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		_, data, err := tx.Blob(ctx, name)
		return data, err
	}
}
