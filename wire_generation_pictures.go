package marquetry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostAskers is how many requests wait for one painter at once: two items of each of two workers, and a preview.
const mostAskers = 5

// patience is how long the pictures of one feature may take: four backgrounds, each with all tries of the model, and those of others before them.
func (i Images) patience() time.Duration {
	if i.Backend == "embedded" {
		return 0 // the service's own
	}
	return 4*i.Timeout*max(1, mostAskers/time.Duration(i.Concurrency)) + 40*time.Second
}

// name tells apart what makes other pictures of the same.
func (i Images) name() string {
	if i.Backend == "embedded" {
		return i.Backend
	}
	said := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %d %d %q %t", i.BaseURL, i.Model, i.Prompt, i.Steps, i.MaxPixels, i.workflow, i.Backgrounds))
	return i.Backend + " " + hex.EncodeToString(said[:8])
}

// pictureTime is how long the file of a picture may take: an address that hangs holds up a worker.
const pictureTime = 15 * time.Second

// pictureSilence is how long a host is left alone that hangs: the ten thousand items of a shop that is down would hold up a worker for a day.
const pictureSilence = 10 * time.Minute

// fetchPicture reads what lies at the address of a picture.
func (s *Server) fetchPicture() generate.Fetch {
	f := fetch.New(fetch.Config{Allow: s.settings.FetchAllow, Timeout: pictureTime, Silence: pictureSilence})
	return func(ctx context.Context, address string) ([]byte, error) {
		got, err := f.Get(ctx, address, fetch.Want{Field: "image_url", MaxBytes: media.MaxBytes, Types: []string{"image/"}})
		return got.Data, err
	}
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
