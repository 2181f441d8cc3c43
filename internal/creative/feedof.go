package creative

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrNoAssets means that a creative shows something that is not part of it, such as an existing post or a catalog.
var ErrNoAssets = errors.New("the creative holds no assets of its own")

// maxPool is the most assets that one pool may hold, far above what Validate lets pass: positions are uint8.
const maxPool = 200

// FeedOf reads the pools of a stored creative: of its asset feed, of the one post that it describes or amounts to, or of both, where a feed offers
// variations of the post. A carousel's cards and images are one media pool: the learner chooses which comes first.
func FeedOf(data map[string]any) (Feed, error) {
	spec, story := dig(data, "asset_feed_spec"), storyAssets(data)
	feed := Feed{Format: cmp.Or(first(elems(spec, "ad_formats")), story.format())}
	for _, pool := range poolOrder() {
		var assets []Asset
		for _, asset := range story.assets {
			if slices.Contains(pool.slots, asset.Slot) {
				assets = append(assets, asset)
			}
		}
		for _, list := range pool.lists {
			assets = append(assets, listAssets(spec, list)...)
		}
		assets = distinct(assets)
		if len(assets) > maxPool {
			return Feed{}, fmt.Errorf("%d assets in the pool %s, at most %d are possible", len(assets), pool.name, maxPool)
		}
		if len(assets) > 0 {
			feed.Pools = append(feed.Pools, Pool{Name: pool.name, Assets: assets})
		}
	}
	if len(feed.Pools) == 0 {
		return Feed{}, ErrNoAssets
	}
	return feed, nil
}

// poolSource says which slots share a pool, and which lists of an asset feed fill it.
type poolSource struct {
	name  string
	slots []Slot
	lists []string
}

// poolOrder is the order of a feed's pools, which the slots of a combination follow.
func poolOrder() []poolSource {
	return []poolSource{
		{"image", []Slot{Image, Video}, []string{"images", "videos"}},
		{"title", []Slot{Title}, []string{"titles"}},
		{"body", []Slot{Body}, []string{"bodies"}},
		{"description", []Slot{Description}, []string{"descriptions"}},
		{"call_to_action", []Slot{CallToAction}, []string{"call_to_actions", "call_to_action_types"}},
		{"link", []Slot{Link}, []string{"link_urls"}},
		{"background", []Slot{Background}, []string{"backgrounds"}},
	}
}

// listAssets reads one list of an asset feed; elements without content are left out.
func listAssets(spec map[string]any, list string) []Asset {
	slot := map[string]Slot{
		"images": Image, "videos": Video, "titles": Title, "bodies": Body, "descriptions": Description,
		"call_to_actions": CallToAction, "call_to_action_types": CallToAction, "link_urls": Link, "backgrounds": Background,
	}[list]
	var assets []Asset
	for _, elem := range elems(spec, list) {
		object, _ := elem.(map[string]any)
		asset := newAsset(slot, content(list, elem))
		if slot == Image && str(object, "hash") == "" {
			asset = imageByURL(str(object, "url"))
		}
		asset.Tags = str(object, "url_tags")
		assets = append(assets, asset)
	}
	return assets
}

// newAsset is the asset with that content: a text, a hash, an id, a type or an address, by slot.
func newAsset(slot Slot, content string) Asset {
	asset := Asset{ID: AssetID(slot, content), Slot: slot}
	switch slot {
	case Image:
		asset.Hash = content
	case Video:
		asset.VideoID = content
	case CallToAction, Background:
		asset.Type = content
	case Link:
		asset.URL = content
	default:
		asset.Text = content
	}
	return asset
}

// imageByURL is an image that was given by its address.
func imageByURL(url string) Asset { return Asset{ID: AssetID(Image, url), Slot: Image, URL: url} }

// distinct drops assets without content and all but the first of equal ones.
func distinct(assets []Asset) []Asset {
	seen := map[string]bool{}
	return slices.DeleteFunc(assets, func(a Asset) bool {
		empty := a.Text+a.Hash+a.URL+a.VideoID+a.Type == ""
		again := seen[a.ID]
		seen[a.ID] = true
		return empty || again
	})
}

// first is the first element of a list of strings, "" when there is none.
func first(list []any) string {
	if len(list) == 0 {
		return ""
	}
	return id(list[0])
}

// post is what a creative's object_story_spec shows, one asset a slot.
type post struct {
	assets []Asset
	cards  bool
}

// format is the ad format of the post by itself.
func (p post) format() string {
	switch {
	case p.cards:
		return "CAROUSEL"
	case slices.ContainsFunc(p.assets, func(a Asset) bool { return a.Slot == Video }):
		return "SINGLE_VIDEO"
	}
	return "SINGLE_IMAGE"
}

// storyAssets reads the one post of a creative.
func storyAssets(data map[string]any) post {
	story := dig(data, "object_story_spec")
	for _, name := range []string{"link_data", "template_data"} {
		if link := dig(story, name); link != nil {
			return linkPost(link)
		}
	}
	if video := dig(story, "video_data"); video != nil {
		action := dig(video, "call_to_action")
		return post{assets: []Asset{
			newAsset(Video, str(video, "video_id")), newAsset(Title, str(video, "title")), newAsset(Body, str(video, "message")),
			newAsset(Description, str(video, "link_description")), newAsset(CallToAction, str(action, "type")),
			newAsset(Link, str(dig(action, "value"), "link")),
		}}
	}
	if photo := dig(story, "photo_data"); photo != nil {
		return post{assets: []Asset{picture(str(photo, "image_hash"), str(photo, "url")), newAsset(Body, str(photo, "caption"))}}
	}
	if story == nil {
		return plainPost(data)
	}
	return post{assets: []Asset{newAsset(Body, str(dig(story, "text_data"), "message"))}}
}

// plainPost reads a creative in the oldest form, which describes no post: its own title, body, image and link.
func plainPost(data map[string]any) post {
	link := cmp.Or(str(data, "object_url"), str(data, "link_url"))
	if link == "" || dig(data, "asset_feed_spec") != nil {
		return post{} // a title beside a feed or an existing post is no ad by itself
	}
	return post{assets: []Asset{
		picture(str(data, "image_hash"), str(data, "image_url")), newAsset(Title, str(data, "title")), newAsset(Body, str(data, "body")),
		newAsset(CallToAction, str(dig(data, "call_to_action"), "type")), newAsset(Link, link),
	}}
}

// linkPost reads link_data or template_data; of a carousel the images of all cards.
func linkPost(link map[string]any) post {
	p := post{assets: []Asset{picture(str(link, "image_hash"), str(link, "picture"))}}
	for _, card := range elems(link, "child_attachments") {
		card, _ := card.(map[string]any)
		p.assets = append(p.assets, picture(str(card, "image_hash"), str(card, "picture")))
		p.cards = true
	}
	p.assets = append(p.assets,
		newAsset(Title, str(link, "name")), newAsset(Body, str(link, "message")), newAsset(Description, str(link, "description")),
		newAsset(CallToAction, str(dig(link, "call_to_action"), "type")), newAsset(Link, str(link, "link")))
	return p
}

// picture is an image by its hash, or else by its address.
func picture(hash, url string) Asset {
	if hash != "" {
		return newAsset(Image, hash)
	}
	return imageByURL(url)
}
