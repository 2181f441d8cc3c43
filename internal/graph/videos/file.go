package videos

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// file is a video that was looked at and needs only to be written.
type file struct {
	hash    string // of its content; the same content is kept once
	pieces  []piece
	data    [][]byte // content of the pieces; nil when they are kept already
	size    int64
	video   media.Video
	problem string  // why it cannot be shown; then it is not kept
	stills  []still // the last one is preferred
}

// newFile looks at a video that is in memory.
func newFile(data []byte, title string, thumb *still) (*file, error) {
	f := &file{data: slices.Collect(slices.Chunk(data, pieceSize))}
	hash := media.Hash(data)
	byName := map[string][]byte{}
	for i, part := range f.data {
		p := piece{fmt.Sprintf("%s/video/%d", hash, i), int64(len(part))}
		f.pieces, byName[p.Name] = append(f.pieces, p), part
	}
	load := func(name string) ([]byte, error) { return byName[name], nil }
	return f, f.look(&content{pieces: f.pieces, load: load}, title, thumb)
}

// look reads the header and makes the thumbnails.
func (f *file) look(c *content, title string, thumb *still) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(c, 0, c.size())); err != nil {
		return err
	}
	f.hash, f.size = hex.EncodeToString(sum.Sum(nil)[:16]), c.size()
	video, err := media.InspectVideo(c, f.size)
	if c.err != nil {
		return c.err
	}
	if f.video = video; err != nil {
		f.problem = err.Error()
	}
	first, err := firstStill(video, title)
	if err != nil {
		return err
	}
	f.stills = []still{first}
	if thumb != nil {
		f.stills = append(f.stills, *thumb)
	}
	return nil
}

// keep writes the content, unless the same content is kept already or nobody could show it; pieces that are not needed are dropped.
func (f *file) keep(ctx context.Context, tx store.Tx) error {
	_, _, err := findManifest(ctx, tx, f.hash)
	if f.problem != "" || err == nil {
		if f.data != nil {
			return nil
		}
		return dropPieces(ctx, tx, f.pieces)
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	for i, data := range f.data {
		if err := tx.PutBlob(ctx, f.pieces[i].Name, "application/octet-stream", data); err != nil {
			return err
		}
	}
	text, err := json.Marshal(manifest{f.pieces})
	if err != nil {
		return err
	}
	return tx.PutBlob(ctx, manifestName(f.hash), f.video.Type, text)
}

// dropPieces forgets parts of a file.
func dropPieces(ctx context.Context, tx store.Tx, pieces []piece) error {
	for _, p := range pieces {
		if err := tx.DropBlob(ctx, p.Name); err != nil {
			return err
		}
	}
	return nil
}

// place puts what is known of the file into a video's data, and writes what it consists of.
func (f *file) place(ctx context.Context, w *graph.Write) error {
	w.Data["hash"], w.Data["size"], w.Data["uploaded"] = f.hash, f.size, w.Now
	w.Data["width"], w.Data["height"] = int64(f.video.Width), int64(f.video.Height)
	if w.Data["problem"] = f.problem; f.problem == "" {
		w.Data["length"] = f.video.Length
	}
	var list []any
	for i, s := range f.stills {
		row, err := s.keep(ctx, w.Tx, i == len(f.stills)-1)
		if err != nil {
			return err
		}
		list = append(list, row)
	}
	w.Data["thumbnails"] = list
	return f.keep(ctx, w.Tx)
}
