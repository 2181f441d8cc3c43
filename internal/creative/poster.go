package creative

import "cmp"

// Poster is the picture that a stored creative gives to stand for one of its videos, by hash or by address; none where it leaves that to the library.
func Poster(data map[string]any, videoID string) (hash, address string) {
	story := dig(data, "object_story_spec")
	holders := append([]any{dig(story, "video_data")}, elems(dig(data, "asset_feed_spec"), "videos")...)
	holders = append(holders, elems(dig(story, "link_data"), "child_attachments")...)
	for _, elem := range append(holders, elems(dig(story, "template_data"), "child_attachments")...) {
		holder, _ := elem.(map[string]any)
		if str(holder, "video_id") != videoID || videoID == "" {
			continue
		}
		hash = cmp.Or(str(holder, "image_hash"), str(holder, "thumbnail_hash"))
		address = cmp.Or(str(holder, "image_url"), str(holder, "thumbnail_url"), str(holder, "picture"))
		if hash != "" || address != "" {
			return hash, address
		}
	}
	return "", ""
}
