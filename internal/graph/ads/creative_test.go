package ads_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
)

// places is a creative that shows one picture in feeds and another in stories.
func (s *site) places(feedHash, storyHash string) fields {
	label := func(name string) []any { return []any{fields{"name": name}} }
	return fields{"object_story_spec": fields{"page_id": s.PageID}, "asset_feed_spec": fields{
		"images":    []any{fields{"hash": feedHash, "adlabels": label("feed")}, fields{"hash": storyHash, "adlabels": label("story")}},
		"bodies":    []any{fields{"text": "Made to last."}},
		"link_urls": []any{fields{"website_url": "https://example.com/"}}, "ad_formats": "SINGLE_IMAGE",
		"asset_customization_rules": []any{
			fields{"customization_spec": fields{"publisher_platforms": []any{"facebook"}}, "image_label": fields{"name": "feed"}, "is_default": "true"},
			fields{"customization_spec": fields{"instagram_positions": []any{"story"}}, "image_label": fields{"name": "story"}, "priority": "2"},
		},
	}}
}

func TestFeedReadsBack(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	spec := with(s.places(s.image(1), s.image(2)), nil)
	spec["asset_feed_spec"] = with(spec["asset_feed_spec"].(fields), fields{"ad_formats": []any{"SINGLE_IMAGE"}})
	id := s.make("adcreatives", spec)
	feed := at(s.get(id, "asset_feed_spec"), "asset_feed_spec")
	label := s.make("adlabels", fields{"name": "story"})
	for path, want := range map[string]any{
		"type": at(feed, "optimization_type"), "label": at(feed, "images", 1, "adlabels", 0, "id"), "named": at(feed, "asset_customization_rules", 1, "image_label", "id"),
		"default": at(feed, "asset_customization_rules", 0, "is_default"), "priority": at(feed, "asset_customization_rules", 1, "priority"),
	} {
		if expected := (fields{"type": "PLACEMENT", "label": label, "named": label, "default": true, "priority": 2.0})[path]; want != expected {
			t.Errorf("%s reads back as %v, want %v", path, want, expected)
		}
	}
	if again := s.make("adcreatives", spec); again != id {
		t.Errorf("the same creative again is %s, not %s", again, id)
	}
}

func TestCreativeFitsAdSet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(fields{"promoted_object": fields{"pixel_id": s.PixelID, "page_id": s.PageID}})
	link := s.link(s.image(1))
	post := link["object_story_spec"].(fields)
	ad := fields{"name": "Ad", "adset_id": set}
	refuse(t, s, "ads", ad, map[string]refusal{
		"an app's page in a store": {fields{"creative": fields{"object_story_spec": with(post, fields{
			"link_data": with(post["link_data"].(fields), fields{"link": "https://apps.apple.com/app/id1"})})}}, 1487810, []string{"creative"}},
	})
	s.make("ads", with(ad, fields{"creative": link}))
	newest := s.id(s.post("v26.0/"+s.account("adcreatives"), with(link, fields{"creative_sourcing_spec": fields{"ncs_testimonial": "x"}})))
	s.id(s.post("v19.0/"+s.account("ads"), with(ad, fields{"creative": fields{"creative_id": newest}}))) // older versions show what they could not say
}

func TestCreativeNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	video := func(id any) fields {
		return fields{"object_story_spec": fields{"page_id": s.PageID, "video_data": fields{"video_id": id, "image_hash": s.image(1)}}}
	}
	broken := &store.Object{ID: "987654321012345", Type: "advideo", AccountID: strings.TrimPrefix(s.AccountID, "act_"), Data: fields{"problem": "the file is no video"}}
	if err := s.db.Write(t.Context(), func(tx store.Tx) error { return tx.Insert(t.Context(), broken) }); err != nil {
		t.Fatal(err)
	}
	if e, _ := s.post(s.account("adcreatives"), video(broken.ID))["error"].(fields); !strings.Contains(fmt.Sprint(e), "video 987654321012345 cannot be shown: the file is no video") {
		t.Error(e)
	}
	refuse(t, s, "adcreatives", fields{"name": "New"}, map[string]refusal{
		"a video that is none":             {video(broken.ID), 0, []string{"object_story_spec", "video_data", "video_id"}},
		"a video that is not there":        {video(123456789012345), 0, []string{"object_story_spec", "video_data", "video_id"}},
		"another object is no video":       {video(s.PageID), 0, []string{"object_story_spec", "video_data", "video_id"}},
		"a product set that is not there":  {fields{"product_set_id": "123456789012345"}, 1487831, []string{"product_set_id"}},
		"a post that is not there":         {fields{"object_story_id": s.PageID + "_1"}, 1885557, []string{"object_story_id"}},
		"an image that is not there":       {s.link("0123456789abcdef0123456789abcdef"), 1487212, []string{"object_story_spec", "link_data", "image_hash"}},
		"an address that is a file":        {with(s.link(s.image(1)), fields{"image_url": "file:///etc/passwd"}), 0, []string{"image_url"}},
		"a member that nobody knows":       {with(s.link(s.image(1)), fields{"portrait_customizations": fields{"x": 1}}), 0, []string{"portrait_customizations", "x"}},
		"an unknown member is by its path": {fields{"asset_feed_spec": fields{"headlines": []any{}}}, 0, []string{"asset_feed_spec", "headlines"}},
	})
}
