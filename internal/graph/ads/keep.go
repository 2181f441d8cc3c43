package ads

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

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

// ready is a picture that was checked and scaled, and needs only to be written. One that the library has already has nothing but a hash.
type ready struct {
	hash    string
	picture media.Picture
	copies  []rendered
}

// rendered is one small copy of a picture.
type rendered struct {
	width       int
	contentType string
	data        []byte
}

// keep takes a picture into the account's library, with its small copies. The same bytes are the same image, whatever their name, also
// when it was deleted before.
func keep(ctx context.Context, call *graph.Call, tx store.Tx, name string, data []byte) (*store.Object, error) {
	r := ready{hash: media.Hash(data)}
	known, err := r.known(ctx, call, tx)
	if !known && err == nil {
		r, err = prepare(name, data)
	}
	if err != nil {
		return nil, err
	}
	return r.write(ctx, call, tx, name)
}

// known reports whether the library has the picture, deleted or not.
func (r ready) known(ctx context.Context, call *graph.Call, tx store.Tx) (bool, error) {
	found, err := tx.Objects(ctx, []string{imageID(call.Account, r.hash)})
	return len(found) > 0, err
}

// prepare checks and scales a picture.
func prepare(name string, data []byte) (r ready, err error) {
	r.hash = media.Hash(data)
	if r.picture, err = media.Prepare(data); err != nil {
		return r, unusable(name, err)
	}
	r.copies, err = smallCopies(r.picture)
	r.picture.Image = nil // the pixels take far more memory than the file
	return r, err
}

// write puts a picture and its copies into the library, or takes out of it the image that is there.
func (r ready) write(ctx context.Context, call *graph.Call, tx store.Tx, name string) (*store.Object, error) {
	kept, err := inLibrary(ctx, call, tx, r.hash)
	if kept != nil || err != nil {
		graph.Collapsed(ctx, "the library has this image already: "+imageID(call.Account, r.hash)+" was answered", name)
		return kept, err
	}
	if err := tx.PutBlob(ctx, r.hash, r.picture.Type, r.picture.Data); err != nil {
		return nil, err
	}
	for _, c := range r.copies {
		if err := tx.PutBlob(ctx, copyName(r.hash, c.width), c.contentType, c.data); err != nil {
			return nil, err
		}
	}
	width, height := int64(r.picture.Width), int64(r.picture.Height)
	return enter(ctx, call, tx, r.hash, map[string]any{
		"hash": r.hash, "name": shortName(name), "width": width, "height": height, "original_width": width, "original_height": height,
	})
}

// unusable says what is wrong with a picture.
func unusable(name string, err error) error {
	reason := media.Reason(err)
	if reason == "" {
		return err
	}
	f := object.Broken("image.file", 2446496, name+": "+reason, name)
	if errors.Is(err, media.ErrBytes) || errors.Is(err, media.ErrPixels) {
		f.Rule, f.Subcode = "image.size", 0
	}
	return f
}

// smallCopies makes the small copies, each of the next larger one; one that would be as large as the image is left out, and the image served in its place.
func smallCopies(p media.Picture) ([]rendered, error) {
	var list []rendered
	from := p.Image
	for _, width := range slices.Backward(widths()) {
		if p.Width <= width {
			continue
		}
		from = media.Scale(from, width)
		contentType, small, err := media.Encode(from)
		if err != nil {
			return nil, err
		}
		list = append(list, rendered{width, contentType, small})
	}
	return list, nil
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
	source, hash := strings.TrimPrefix(object.Text(from, "source_account_id"), "act_"), object.Text(from, "hash")
	id := source + ":" + hash
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	img := found[id]
	if img == nil || !live(img) || !call.Caller.Sees(img) {
		return nil, object.Broken("image.copy", 0, "there is no image "+hash+" in ad account "+source, "copy_from")
	}
	kept, err := inLibrary(ctx, call, tx, hash)
	if kept == nil && err == nil {
		kept, err = enter(ctx, call, tx, hash, img.Data)
	}
	if err != nil {
		return nil, err
	}
	name := object.Text(kept.Data, "name")
	return object.Ordered{{Name: "images", Value: object.Ordered{{Name: name, Value: uploaded(call, kept, name)}}}}, nil
}
