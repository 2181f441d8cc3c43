package ads

import (
	"context"
	"errors"
	"path"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// widths are those of the small copies that are made of each image, in pixels, in ascending order.
func widths() []int { return []int{128, 256, 512} }

// copyName is the name under which a small copy of an image is kept.
func copyName(hash string, width int) string { return hash + "/" + digits(width) }

// longestFile is the most characters of an image's name.
const longestFile = 100

// keep checks a picture and puts it into the account's library, with its small copies. The same bytes are the same image, whatever
// their name, also when it was deleted before.
func keep(ctx context.Context, call *graph.Call, tx store.Tx, name string, data []byte) (*store.Object, error) {
	hash := media.Hash(data)
	kept, err := inLibrary(ctx, call, tx, hash)
	if kept != nil || err != nil {
		return kept, err
	}
	p, err := media.Prepare(data)
	if err != nil {
		return nil, unusable(name, err)
	}
	if err := tx.PutBlob(ctx, hash, p.Type, p.Data); err != nil {
		return nil, err
	}
	if err := keepCopies(ctx, tx, hash, p); err != nil {
		return nil, err
	}
	return enter(ctx, call, tx, hash, map[string]any{
		"hash": hash, "name": shortName(name), "width": int64(p.Width), "height": int64(p.Height),
		"original_width": int64(p.Width), "original_height": int64(p.Height),
	})
}

// unusable says what is wrong with a picture.
func unusable(name string, err error) error {
	for _, rule := range []error{media.ErrFormat, media.ErrDamaged, media.ErrBytes, media.ErrPixels} {
		if !errors.Is(err, rule) {
			continue
		}
		f := broken("image.file", 2446496, name+": "+rule.Error(), name)
		if errors.Is(rule, media.ErrBytes) || errors.Is(rule, media.ErrPixels) {
			f.Rule, f.Subcode = "image.size", 0
		}
		return f
	}
	return err
}

// keepCopies makes the small copies; one that would be as large as the image is left out, and the image served in its place.
func keepCopies(ctx context.Context, tx store.Tx, hash string, p media.Picture) error {
	for _, width := range widths() {
		if p.Width <= width {
			continue
		}
		contentType, small, err := media.Encode(media.Scale(p.Image, width))
		if err != nil {
			return err
		}
		if err := tx.PutBlob(ctx, copyName(hash, width), contentType, small); err != nil {
			return err
		}
	}
	return nil
}

// inLibrary finds an image of the account by its hash, and takes a deleted one back.
func inLibrary(ctx context.Context, call *graph.Call, tx store.Tx, hash string) (*store.Object, error) {
	found, err := tx.Objects(ctx, []string{imageID(call.Account, hash)})
	if err != nil {
		return nil, err
	}
	img := found[imageID(call.Account, hash)]
	if img == nil || live(img) {
		return img, nil
	}
	return img, setStatus(ctx, call, tx, img, object.Active)
}

// enter adds an image to the account's library.
func enter(ctx context.Context, call *graph.Call, tx store.Tx, hash string, data map[string]any) (*store.Object, error) {
	img := &store.Object{ID: imageID(call.Account, hash), Type: "adimage", AccountID: call.Account.AccountID, Hash: hash, Data: data}
	return img, setStatus(ctx, call, tx, img, object.Active)
}

// shortName is a file's name without its folder, cut to the longest that an image may have.
func shortName(name string) string {
	r := []rune(path.Base(name))
	return string(r[:min(len(r), longestFile)])
}

// copyImage takes an image of another account into this one's library, if the caller may see that account.
func copyImage(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	from, _ := call.Args["copy_from"].(map[string]any)
	source, hash := digitsOf(text(from, "source_account_id")), text(from, "hash")
	id := source + ":" + hash
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	img := found[id]
	if img == nil || !live(img) || !call.Caller.Sees(img) {
		return nil, broken("image.copy", 0, "there is no image "+hash+" in ad account "+source, "copy_from")
	}
	kept, err := inLibrary(ctx, call, tx, hash)
	if kept == nil && err == nil {
		kept, err = enter(ctx, call, tx, hash, img.Data)
	}
	if err != nil {
		return nil, err
	}
	name := text(kept.Data, "name")
	return object.Ordered{{Name: "images", Value: object.Ordered{{Name: name, Value: uploaded(call, kept, name)}}}}, nil
}
