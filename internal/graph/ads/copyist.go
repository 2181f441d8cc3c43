package ads

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// Bounds on making copies: how many are made at once, each in one thread, and how long somebody waits for one.
const (
	mostMaking  = 2
	longestWait = 30 * time.Second
)

// copyist finds copies of pictures, and makes those that are missing when they are first asked for. What it made is kept for all processes.
type copyist struct {
	db     *store.DB
	memory *media.Budget
	log    *slog.Logger
	flying singleflight.Group
	making *semaphore.Weighted
}

// newCopyist makes copies in that memory.
func newCopyist(db *store.DB, memory *media.Budget, log *slog.Logger) *copyist {
	return &copyist{db: db, memory: memory, log: log, making: semaphore.NewWeighted(mostMaking)}
}

// blob is a picture, or a copy of one.
type blob struct {
	name        string // of its blob; "" while it stands for another, which may be there the next time
	contentType string
	data        []byte
}

// sought is a copy of a picture that nobody has made yet: of a width in pixels, 0 for the whole picture as WebP. The zero value is none.
type sought struct {
	hash  string
	width int
}

// name is the name of the blob.
func (s sought) name() string {
	if s.width == 0 {
		return s.hash
	}
	return copyName(s.hash, s.width)
}

// webpName is the name under which the same picture as WebP is kept.
func webpName(name string) string { return name + ".webp" }

// find answers a picture of that width, 0 for whole, or the whole one if it has no more pixels. A copy that cannot be made now is stood for by the
// picture itself.
func (c *copyist) find(ctx context.Context, hash string, width int, webp bool) (blob, error) {
	found, missing, err := c.kept(ctx, hash, width, webp)
	if err != nil || missing == (sought{}) {
		return found, err
	}
	_, err, _ = c.flying.Do(missing.name(), func() (any, error) { // for others, too, so it goes on when the first one leaves
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestWait)
		defer cancel()
		return nil, c.make(ctx, missing)
	})
	if err != nil {
		c.log.ErrorContext(ctx, "copy picture", "name", missing.name(), "error", err)
		found.name = ""
		return found, nil
	}
	found, _, err = c.kept(ctx, hash, width, webp)
	return found, err
}

// kept looks for a copy. While that is missing, what is found stands for it.
func (c *copyist) kept(ctx context.Context, hash string, width int, webp bool) (found blob, missing sought, err error) {
	err = c.db.Read(ctx, func(tx store.Tx) (err error) {
		tried := false
		if width > 0 {
			found, missing, err = lookUp(ctx, tx, sought{hash, width}, webp)
			if tried = err == nil; len(found.data) > 0 || !tried && !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		found, missing, err = lookUp(ctx, tx, sought{hash: hash}, webp)
		if found.contentType != "image/png" {
			missing = sought{} // whole pictures of other kinds are small as they are, or more than one frame
		}
		if info, bad := media.Inspect(found.data); err == nil && bad == nil && !tried && 0 < width && width < info.Width {
			missing = sought{hash, width}
		}
		return err
	})
	return found, missing, err
}

// lookUp reads a copy, as WebP where that is wanted and smaller. It is missing while nobody has tried whether it is.
func lookUp(ctx context.Context, tx store.Tx, s sought, webp bool) (found blob, missing sought, err error) {
	if webp {
		found.name = webpName(s.name())
		found.contentType, found.data, err = tx.Blob(ctx, found.name)
		switch {
		case err == nil && len(found.data) > 0:
			return found, sought{}, nil
		case errors.Is(err, store.ErrNotFound):
			missing = s
		case err != nil:
			return blob{}, sought{}, err
		}
	}
	found.name = s.name()
	found.contentType, found.data, err = tx.Blob(ctx, found.name)
	return found, missing, err
}

// make makes a copy, and its WebP. Of either nothing is kept where that is not smaller: than the whole picture, which then stands for the copy, and than
// the copy.
func (c *copyist) make(ctx context.Context, s sought) error {
	if err := c.making.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.making.Release(1)
	whole, plain, err := c.sources(ctx, s)
	if err != nil {
		return err
	}
	info, err := media.Inspect(whole.data)
	if err != nil {
		return err
	}
	giveBack, err := c.memory.Take(ctx, info.Cost+media.CopyCost(info, s.width))
	if err != nil {
		return err
	}
	defer giveBack()
	v, err := media.Copy(whole.data, s.width)
	if err != nil {
		return err
	}
	made, most := plain.data == nil, len(whole.data)
	if made {
		plain.data = []byte{}
		if len(v.Data) < most {
			plain.contentType, plain.data = v.Type, v.Data
		}
	}
	if len(plain.data) > 0 {
		most = len(plain.data)
	}
	webp := blob{name: webpName(s.name()), data: []byte{}}
	if len(v.WebP) > 0 && len(v.WebP) < most {
		webp.contentType, webp.data = "image/webp", v.WebP
	}
	return c.db.Write(ctx, func(tx store.Tx) error {
		if made {
			err = tx.PutBlob(ctx, plain.name, plain.contentType, plain.data)
		}
		return errors.Join(err, tx.PutBlob(ctx, webp.name, webp.contentType, webp.data))
	})
}

// sources reads the picture, and the copy if that was made without WebP.
func (c *copyist) sources(ctx context.Context, s sought) (whole, plain blob, err error) {
	err = c.db.Read(ctx, func(tx store.Tx) error {
		if whole, _, err = lookUp(ctx, tx, sought{hash: s.hash}, false); err != nil {
			return err
		}
		if plain, _, err = lookUp(ctx, tx, s, false); errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	return whole, plain, err
}
