package creative

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline writes a feed as text: the format, then each pool with what its assets hold.
func outline(f Feed) []string {
	lines := []string{f.Format}
	for _, pool := range f.Pools {
		var parts []string
		for _, a := range pool.Assets {
			part := a.Text + a.Hash + a.URL + a.VideoID + a.Type
			if a.Tags != "" {
				part += "?" + a.Tags
			}
			parts = append(parts, part)
		}
		lines = append(lines, pool.Name+": "+strings.Join(parts, ", "))
	}
	return lines
}

func TestFeedOf(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, doc string
		want      []string
	}{
		{"a classic feed has a pool per list", validClassic, []string{
			"SINGLE_IMAGE", "image: a, b, https://example.com/c.jpg", "title: One, Two, Three", "body: Body, Other body",
			"description: Fine print,  ", "call_to_action: SHOP_NOW, LEARN_MORE", "link: https://example.com/"}},
		{"images and videos share a pool", `{"asset_feed_spec": {"ad_formats": ["AUTOMATIC_FORMAT"],
			"videos": [{"video_id": 7}], "images": [{"hash": "a", "url_tags": "img=a"}], "titles": []}}`,
			[]string{"AUTOMATIC_FORMAT", "image: a?img=a, 7"}},
		{"a creative without a post amounts to one", `{"title": "T", "body": "B", "image_url": "https://e.com/x.png", "link_url": "https://e.com"}`,
			[]string{"SINGLE_IMAGE", "image: https://e.com/x.png", "title: T", "body: B", "link: https://e.com"}},
		{"buttons said twice stand once", `{"asset_feed_spec": {"call_to_action_types": ["SHOP_NOW", "BUY_NOW"],
			"call_to_actions": [{"type": "BUY_NOW"}, {"type": "SHOP_NOW"}]}}`,
			[]string{"SINGLE_IMAGE", "call_to_action: BUY_NOW, SHOP_NOW"}},
		{"a link post is a feed of one each", `{"object_story_spec": {"page_id": "1", "link_data": {"link": "https://example.com", "message": "Hi",
			"name": "Headline", "description": "Fine print", "image_hash": "a", "call_to_action": {"type": "SHOP_NOW"}}}}`,
			[]string{"SINGLE_IMAGE", "image: a", "title: Headline", "body: Hi", "description: Fine print", "call_to_action: SHOP_NOW", "link: https://example.com"}},
		{"variations join the post's own text, which stays first", `{"object_story_spec": {"link_data": {"link": "https://example.com", "message": "Hi", "name": "Headline"}},
			"asset_feed_spec": {"optimization_type": "DEGREES_OF_FREEDOM", "bodies": [{"text": "Hello"}, {"text": "Hi"}]}}`,
			[]string{"SINGLE_IMAGE", "title: Headline", "body: Hi, Hello", "link: https://example.com"}},
		{"a carousel's cards are its media", `{"object_story_spec": {"link_data": {"link": "https://example.com", "child_attachments": [
			{"image_hash": "a"}, {"picture": "https://example.com/b.jpg"}, {"image_hash": "a"}]}}}`,
			[]string{"CAROUSEL", "image: a, https://example.com/b.jpg", "link: https://example.com"}},
		{"a video post", `{"object_story_spec": {"video_data": {"video_id": "7", "title": "Headline", "message": "Hi",
			"call_to_action": {"type": "SHOP_NOW", "value": {"link": "https://example.com"}}}}}`,
			[]string{"SINGLE_VIDEO", "image: 7", "title: Headline", "body: Hi", "call_to_action: SHOP_NOW", "link: https://example.com"}},
		{"a photo post", `{"object_story_spec": {"photo_data": {"url": "https://example.com/a.jpg", "caption": "Hi"}}}`,
			[]string{"SINGLE_IMAGE", "image: https://example.com/a.jpg", "body: Hi"}},
		{"a text post", `{"object_story_spec": {"text_data": {"message": "Hi"}}}`, []string{"SINGLE_IMAGE", "body: Hi"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			feed, err := FeedOf(parse(t, []byte(tc.doc)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, outline(feed)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFeedOfNeedsAssetsOfItsOwn(t *testing.T) {
	t.Parallel()
	if _, err := FeedOf(map[string]any{"object_story_id": "1_2"}); !errors.Is(err, ErrNoAssets) {
		t.Errorf("got %v", err)
	}
	long := `{"asset_feed_spec": {"titles": ` + many(201, `{"text": "t%d"}`) + `}}`
	if _, err := FeedOf(parse(t, []byte(long))); err == nil {
		t.Error("a pool of 201 was taken")
	}
}

// TestIDsAreStable pins ids: they are stored with events, so a change would orphan what has been learnt.
func TestIDsAreStable(t *testing.T) {
	t.Parallel()
	feed, err := FeedOf(parse(t, []byte(validClassic)))
	if err != nil {
		t.Fatal(err)
	}
	slots := []uint8{2, 1, 0, 1, 0, 0}
	got := []string{AssetID(Title, "One"), AssetID(Body, "One"), feed.CombinationID(slots), feed.CombinationID(feed.Slots(0))}
	golden(t, "testdata/ids.golden.txt", strings.Join(got, "\n")+"\n")
	for _, pool := range feed.Pools {
		for _, asset := range pool.Assets {
			if !regexp.MustCompile(`^[1-9][0-9]{14,16}$`).MatchString(asset.ID) {
				t.Errorf("asset id %q", asset.ID)
			}
		}
	}
	if diff := cmp.Diff([]int{3, 3, 2, 2, 2, 1}, feed.Sizes()); diff != "" {
		t.Error(diff)
	}
	if chosen := feed.Assets(slots); chosen[0].URL != "https://example.com/c.jpg" || chosen[1].Text != "Two" || chosen[5].Slot != Link {
		t.Errorf("chose %+v", chosen)
	}
	if k, ok := feed.Find(feed.CombinationID(slots)); !ok || k != feed.Index(slots) {
		t.Errorf("found %d %v, want %d", k, ok, feed.Index(slots))
	}
	if _, ok := feed.Find("0123456789abcdef"); ok {
		t.Error("found a combination that does not exist")
	}
}

func TestEachIsLazyAndResumes(t *testing.T) {
	t.Parallel()
	feed := Feed{}
	for _, name := range []string{"image", "title", "body", "description", "call_to_action", "link"} {
		pool := Pool{Name: name}
		for i := range 10 {
			pool.Assets = append(pool.Assets, newAsset(Title, name+string(rune('0'+i))))
		}
		feed.Pools = append(feed.Pools, pool)
	}
	if feed.Combinations() != 1_000_000 {
		t.Fatal(feed.Combinations())
	}
	for k, slots := range feed.Each(999_998) {
		want := []uint8{9, 9, 9, 9, 9, uint8(k % 10)}
		if diff := cmp.Diff(want, slots); diff != "" {
			t.Error(diff)
		}
		if k == 999_999 {
			return
		}
	}
	t.Error("the last combination was not reached")
}
