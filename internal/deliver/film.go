package deliver

import (
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// film is a video of an account's library. Addresses are paths on this server.
type film struct {
	path          string // of the file
	still         string // of the picture that stands for it in the library
	width, height int
}

// filmOf reads a stored video; none while it is not whole, or when it cannot be played.
func filmOf(o *store.Object, account string) (film, bool) {
	if o == nil || o.Type != "advideo" || o.AccountID != account || text(o.Data, "hash") == "" || text(o.Data, "upload_session") != "" || text(o.Data, "problem") != "" {
		return film{}, false
	}
	f := film{path: "/media/video/" + text(o.Data, "hash"), width: int(whole(o.Data, "width")), height: int(whole(o.Data, "height"))}
	for _, elem := range object.Listed(o.Data, "thumbnails") {
		thumb, _ := elem.(map[string]any)
		if preferred, _ := thumb["is_preferred"].(bool); preferred || f.still == "" {
			f.still = "/media/" + text(thumb, "hash")
		}
	}
	return f, true
}

// play makes an asset a video: its file, and the picture that the creative gives to stand for it, else the library's.
func (c *shown) play(a *client.Asset, videoID string) {
	f := c.films[videoID]
	a.VideoID, a.VideoURL, a.Width, a.Height = videoID, f.path, f.width, f.height
	hash, address := creative.Poster(c.data, videoID)
	switch {
	case hash != "":
		a.URL = "/media/" + hash
	case address != "":
		a.URL = address
	default:
		a.URL = f.still
	}
}

// absolute makes the paths of an asset addresses.
func absolute(a *client.Asset, base string) {
	for _, address := range []*string{&a.URL, &a.VideoURL} {
		if strings.HasPrefix(*address, "/") {
			*address = base + *address
		}
	}
}

// filmed are the ids of the videos that a creative shows, in its feed and in the cards of its carousels.
func (c *shown) filmed() []string {
	var ids []string
	for _, pool := range c.feed.Pools {
		for _, a := range pool.Assets {
			if a.VideoID != "" {
				ids = append(ids, a.VideoID)
			}
		}
	}
	for _, carousel := range c.carousels {
		if carousel == nil {
			continue
		}
		for _, card := range carousel.Cards {
			if card.VideoID != "" {
				ids = append(ids, card.VideoID)
			}
		}
	}
	return ids
}
