package generate

import (
	"bytes"
	"context"
	"errors"
	stdimage "image"
	"image/png"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// drawing is a black PNG.
func drawing(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, stdimage.NewGray(stdimage.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is tried is pending until Run has made it; then it is answered for the placements that it is for, and not made again.
func TestTry(t *testing.T) {
	t.Parallel()
	source, made := drawing(t, 100, 100), drawing(t, 9, 16)
	calls := 0
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Paint = func(_ context.Context, r image.Request) ([]image.Made, error) {
			if calls++; calls == 1 {
				return nil, errors.New("busy")
			}
			var all []image.Made
			for _, target := range r.Targets {
				all = append(all, image.Made{Target: target, Data: made, Type: "image/png", Width: 9, Height: 16, Generator: "embedded"})
			}
			return all, nil
		}
	})
	hash := media.Hash(source)
	f.write(func(tx store.Tx) error { return tx.PutBlob(t.Context(), hash, "image/png", source) })
	content := map[string]any{"object_story_spec": map[string]any{"link_data": map[string]any{"link": "https://example.com", "image_hash": hash}}}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { _ = f.Run(ctx) }()
	try := func() []edition.Transformation { return f.Try("1", content, "image_uncrop", "INSTAGRAM_STORY") }
	got := try()
	if len(got) != 1 || got[0].Status != edition.Pending {
		t.Fatalf("at first %+v", got)
	}
	for range 500 {
		if got = try(); got[0].Status != edition.Pending {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if len(got) != 1 || got[0].Status != edition.Eligible || got[0].Source != hash || got[0].Hash != media.Hash(made) || got[0].Ratio != "9:16" {
		t.Fatalf("then %+v", got)
	}
	if got := f.Try("1", content, "image_uncrop", "RIGHT_COLUMN_STANDARD"); got != nil || calls != 2 {
		t.Errorf("elsewhere %+v after %d calls", got, calls)
	}
	if got := f.Try("2", content, "image_uncrop", "INSTAGRAM_STORY"); got[0].Status != edition.Pending {
		t.Errorf("another account has %+v", got)
	}
}

// One account cannot keep the others from their turn.
func TestTrialsOfManyAccounts(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Paint = func(context.Context, image.Request) ([]image.Made, error) { return nil, nil }
	})
	for i := range 2 * trialWaiting {
		f.Try("1", map[string]any{"name": i}, "image_uncrop", "INSTAGRAM_STORY")
	}
	f.Try("2", map[string]any{}, "image_uncrop", "INSTAGRAM_STORY")
	if len(f.trials.queue) != trialShare+1 {
		t.Errorf("%d wait", len(f.trials.queue))
	}
}

// A feature is shown where its pictures are for: backgrounds in one place, prices on pictures everywhere, and what is not performed nowhere.
func TestIsShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		feature, placement string
		want               bool
	}{
		{"image_background_gen", "MOBILE_FEED_STANDARD", true}, {"image_background_gen", "INSTAGRAM_STORY", false},
		{"add_text_overlay", "MOBILE_FEED_STANDARD", true}, {"add_text_overlay", "INSTAGRAM_STORY", true},
		{"image_uncrop", "INSTAGRAM_REELS", true}, {"image_uncrop", "RIGHT_COLUMN_STANDARD", false}, {"image_templates", "RIGHT_COLUMN_STANDARD", true},
		{"image_animation", "MOBILE_FEED_STANDARD", false},
	} {
		if got := IsShown(c.feature, c.placement); got != c.want {
			t.Errorf("%s in %s: %t", c.feature, c.placement, got)
		}
	}
}
