package marquetry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// lease is how long a worker may be silent that asks for the pictures of one feature: three shapes, each with all tries of the model.
func (i Images) lease() time.Duration {
	if i.Backend == "embedded" {
		return 0 // the service's own
	}
	return 3*i.Timeout + 40*time.Second
}

// name tells apart what makes other pictures of the same.
func (i Images) name() string {
	if i.Backend == "embedded" {
		return i.Backend
	}
	said := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %d %d %q %t", i.BaseURL, i.Model, i.Prompt, i.Steps, i.MaxPixels, i.workflow, i.Backgrounds))
	return i.Backend + " " + hex.EncodeToString(said[:8])
}

// fetchPicture reads what lies at the address of a picture: through the guarded fetcher, or where the address is one of this server's own, as the operator named
// it, from the store.
func (s *Server) fetchPicture(f *fetch.Fetcher) generate.Fetch {
	return func(ctx context.Context, address string) ([]byte, error) {
		if public := s.settings.PublicURL; public != "" {
			if hash, ours := strings.CutPrefix(address, strings.TrimSuffix(public, "/")+"/media/"); ours {
				return s.ownPicture(ctx, hash)
			}
		}
		got, err := f.Get(ctx, address, fetch.Want{Field: "image_url", MaxBytes: media.MaxBytes, Types: []string{"image/"}})
		return got.Data, err
	}
}

// ownPicture reads a file that this server serves.
func (s *Server) ownPicture(ctx context.Context, hash string) (data []byte, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) (err error) {
		_, data, err = tx.Blob(ctx, hash)
		return err
	})
	if err != nil {
		return nil, object.Broken("fetch.status", 0, "there is no picture of this server at the address", "image_url")
	}
	return data, nil
}

// leastSure is the confidence below which a picture of an item is flagged for people to look at.
const leastSure = 0.5

// generatedBackgrounds are the pictures with new backgrounds of catalog items.
func generatedBackgrounds(ctx context.Context, call *graph.Call, tx store.Tx, items []*store.Object, _ *graph.Selection) ([]any, error) {
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	all, err := edition.Generated(ctx, tx, ids)
	values := make([]any, len(items))
	for i, id := range ids {
		var list []any
		for _, b := range all[id] {
			if b.Style == edition.PlainStyle {
				continue // the same background
			}
			list = append(list, object.Ordered{{Name: "transformed_image_url", Value: call.Base.String() + "/media/" + b.Hash}, {Name: "flagged_for_manual_review", Value: b.Confidence < leastSure}})
		}
		if list != nil {
			values[i] = list
		}
	}
	return values, err
}
