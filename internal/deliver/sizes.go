package deliver

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/openrtb"
	"github.com/marquetry/marquetry/internal/store"
)

// unmeasured is a picture or video in the library of an account of which a new creative wants to know.
type unmeasured struct {
	creative *shown
	hash     string // of a picture; "" for a video
	account  string
	id       string // of the object
}

// wants notes the pictures and videos of a new creative of an account, given by its digits.
func (b *builder) wants(c *shown, account string) {
	for _, pool := range c.feed.Pools {
		for _, a := range pool.Assets {
			if a.Slot == creative.Image && a.Hash != "" {
				b.unmeasured = append(b.unmeasured, unmeasured{c, a.Hash, account, account + ":" + a.Hash})
			}
		}
	}
	for _, id := range c.filmed() {
		b.unmeasured = append(b.unmeasured, unmeasured{c, "", account, id})
	}
}

// measure looks all those pictures and videos up. A picture that is not in the library any more has no size; a video that is not there yet is looked
// for again when objects change.
func (b *builder) measure(ctx context.Context, tx store.Tx) error {
	ids := make([]string, len(b.unmeasured))
	for i, u := range b.unmeasured {
		ids[i] = u.id
	}
	found, err := tx.Objects(ctx, ids)
	if err != nil {
		return fmt.Errorf("deliver: read the sizes of pictures: %w", err)
	}
	for _, u := range b.unmeasured {
		if u.hash == "" {
			f, ok := filmOf(found[u.id], u.account)
			if u.creative.films[u.id] = f; !ok {
				u.creative.waits = true
			}
		} else if o := found[u.id]; o != nil {
			u.creative.sizes[u.hash] = openrtb.Picture{W: int(whole(o.Data, "width")), H: int(whole(o.Data, "height"))}
		}
	}
	return nil
}

// size is how large a picture of the creative is in a placement, in pixels, without its address; zero where that is not known. What was made for the
// placement is delivered at most edition.LightWidth pixels wide.
func (c *shown) size(hash, url, placement string) openrtb.Picture {
	if c.formed[placement] {
		if form, ok := edition.Rendition(c.data, cmp.Or(hash, url), placement); ok {
			return openrtb.Picture{W: int(form.Width), H: int(form.Height)}.Within(edition.LightWidth)
		}
	}
	return c.sizes[hash]
}

// variants are the widths in which a picture is served that lies here and whose size is known; none where it has but one. The picture itself is among
// them unless it is far larger than any page shows it.
func variants(a client.Asset) (list []creative.Variant) {
	if a.Hash == "" && a.Rendition == "" || a.VideoID != "" {
		return nil
	}
	root := strings.TrimSuffix(a.URL, edition.Light(""))
	for _, width := range media.Widths() {
		if width < a.Width {
			list = append(list, creative.Variant{URL: root + "/" + strconv.Itoa(width), Width: width})
		}
	}
	if len(list) == 0 || len(list) == len(media.Widths()) {
		return list
	}
	return append(list, creative.Variant{URL: a.URL, Width: a.Width})
}

// smallest is the least width and height of the pictures that a creative may show in a placement, with some address; zero if one of them is none.
func (c *shown) smallest(placement string) openrtb.Picture {
	least := openrtb.Picture{W: math.MaxInt, H: math.MaxInt}
	for _, pool := range c.feed.Pools {
		if pool.Name != "image" {
			continue
		}
		for _, a := range pool.Assets {
			address, p := a.Hash+a.URL, c.size(a.Hash, a.URL, placement)
			if a.VideoID != "" {
				var poster client.Asset // how large it is nobody knows
				c.play(&poster, a.VideoID)
				address, p = poster.URL, openrtb.Picture{}
			}
			if address == "" {
				return openrtb.Picture{}
			}
			least = openrtb.Picture{URL: "/", W: min(least.W, p.W), H: min(least.H, p.H)}
		}
	}
	if least.URL == "" {
		return openrtb.Picture{}
	}
	return least
}

// iconWidth is the width of the copies that stand for icons, in pixels.
const iconWidth = 256

// iconOf is a small copy of a picture, by the hash of an uploaded one; a picture from elsewhere has no copies. Base is where they are.
func iconOf(p openrtb.Picture, base, hash string) openrtb.Picture {
	if hash == "" {
		return p
	}
	p = p.Within(iconWidth)
	p.URL = base + "/media/" + hash + "/" + strconv.Itoa(iconWidth)
	return p
}
