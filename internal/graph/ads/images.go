package ads

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// imageID is the id of an account's image: digits, a colon and the hash.
func imageID(account *store.Object, hash string) string {
	if account == nil {
		return ":" + hash
	}
	return account.AccountID + ":" + hash
}

// mediaURL is where an image is served; width 0 is the image itself.
func mediaURL(base *url.URL, hash string, width int) string {
	path := "/media/" + hash
	if width > 0 {
		path += fmt.Sprintf("/%d", width)
	}
	return base.JoinPath(path).String()
}

// imageURL reads the address of an image.
func imageURL(width int) func(*graph.Call, *store.Object) any {
	return func(call *graph.Call, o *store.Object) any {
		return mediaURL(call.Base, object.Text(o.Data, "hash"), width)
	}
}

// accountImages lists the images of an account, narrowed by hash, name and size.
func accountImages(ctx context.Context, call *graph.Call, tx store.Tx, _ *graph.Selection) (*graph.Rows, error) {
	list, err := candidates(ctx, call, tx)
	if err != nil {
		return nil, err
	}
	name, minWidth, minHeight := object.Text(call.Args, "name"), object.Whole(call.Args, "minwidth"), object.Whole(call.Args, "minheight")
	list = slices.DeleteFunc(list, func(o *store.Object) bool {
		return name != "" && object.Text(o.Data, "name") != name || object.Whole(o.Data, "width") < minWidth || object.Whole(o.Data, "height") < minHeight
	})
	return &graph.Rows{Objects: list, Total: len(list)}, nil
}

// candidates are the images with the hashes that were asked for, or all.
func candidates(ctx context.Context, call *graph.Call, tx store.Tx) ([]*store.Object, error) {
	wanted := object.IDs(call.Args["hashes"])
	if wanted == nil {
		return children(ctx, tx, "adimage", "account_id", call.Node.ID)
	}
	for i, hash := range wanted {
		wanted[i] = imageID(call.Account, hash)
	}
	found, err := tx.Objects(ctx, wanted)
	var list []*store.Object
	for _, o := range found {
		if live(o) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *store.Object) int { return int(b.Seq - a.Seq) })
	return list, err
}

// removeImage answers DELETE on the account's images: the image with that hash, or that id, leaves the library if nothing shows it. Its file
// stays, because ads of other accounts and old reports may refer to it.
func removeImage(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	_, named, _ := strings.Cut(object.Text(call.Args, "image_id"), ":")
	hash := cmp.Or(object.Text(call.Args, "hash"), named)
	if hash == "" {
		return nil, object.Broken("image.hash", 0, "(#100) The parameter hash is required", "hash")
	}
	id := imageID(call.Account, hash)
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	img := found[id]
	if img == nil || !live(img) {
		return nil, object.Broken("image.hash", 0, "image "+hash+" is not in the account's library", "hash")
	}
	if err := deleteImage(ctx, call, tx, img); err != nil {
		return nil, err
	}
	return map[string]any{"success": true}, setStatus(ctx, call, tx, img, object.Deleted)
}

// deleteImage refuses to delete an image that a creative shows.
func deleteImage(ctx context.Context, _ *graph.Call, tx store.Tx, o *store.Object) error {
	n, err := tx.Count(ctx, store.Listing{Type: "adcreative", Field: "image_ids", To: o.ID})
	if err == nil && n > 0 {
		return object.Broken("image.used", 0, fmt.Sprintf("the image is shown by %d creatives; delete them first", n), "hash")
	}
	return err
}

// mostShown bounds the creatives that one image lists.
const mostShown = 100

// imageCreatives lists the creatives that show each image.
func imageCreatives(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	lists, err := showing(ctx, tx, objs, mostShown)
	values := make([]any, len(objs))
	for i, o := range objs {
		var list []any
		for _, c := range lists[o.ID] {
			list = append(list, c.ID)
		}
		if list != nil {
			values[i] = list
		}
	}
	return values, err
}

// imageUsed tells whether a creative shows each image.
func imageUsed(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	lists, err := showing(ctx, tx, objs, 1)
	values := make([]any, len(objs))
	for i, o := range objs {
		values[i] = len(lists[o.ID]) > 0
	}
	return values, err
}

// showing finds the creatives that refer to images, newest first.
func showing(ctx context.Context, tx store.Tx, images []*store.Object, limit int) (map[string][]*store.Object, error) {
	var to []string
	for _, o := range images {
		to = append(to, o.ID)
	}
	return tx.ListMany(ctx, store.Listing{Type: "adcreative", Field: "image_ids"}, to, limit)
}
