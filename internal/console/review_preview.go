package console

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// What stands around an ad in its preview. The ad is as light as in a feed, also on a dark page.
const (
	previewHead = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Preview of the ad</title></head>` +
		`<body style="margin:0">`
	previewFoot = `</body></html>`
)

// styleAttribute finds the styles of a card.
var styleAttribute = regexp.MustCompile(` style="([^"]*)"`)

// cardStyles is the part of a policy that allows exactly the styles that cards are drawn with, by their hashes.
func cardStyles() string {
	whole := creative.Render(creative.View{PageName: "p", Body: "b", Image: "/i", Title: "t", Description: "d", Button: "SHOP_NOW", Display: "d", Link: "/l"})
	var hashes []string
	for _, found := range styleAttribute.FindAllStringSubmatch(previewHead+whole, -1) {
		sum := sha256.Sum256([]byte(found[1]))
		hashes = append(hashes, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return "style-src 'unsafe-hashes' " + strings.Join(slices.Compact(slices.Sorted(slices.Values(hashes))), " ")
}

// preview is the ad with one of its texts, as a document of its own that can do nothing but load pictures of this server.
func (c *console) preview(w http.ResponseWriter, r *http.Request, v visitor) {
	var view creative.View
	err := c.db.Read(r.Context(), func(tx store.Tx) (err error) {
		view, err = readPreview(r.Context(), tx, v, r.PathValue("id"), r.PathValue("asset"))
		return err
	})
	switch {
	case errors.Is(err, errNothing):
		http.Error(w, "There is no such text.", http.StatusNotFound)
	case err != nil:
		c.fail(w, r, err)
	default:
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; "+c.styles+"; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
		h.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(previewHead + creative.Render(view) + previewFoot)) // the visitor has gone
	}
}

// readPreview lays out the ad of a creative with one of its generated texts.
func readPreview(ctx context.Context, tx store.Tx, v visitor, id, asset string) (creative.View, error) {
	made, _, err := reviewed(ctx, tx, v, id)
	if err != nil {
		return creative.View{}, err
	}
	found, err := tx.Objects(ctx, []string{asset, pageOf(made)})
	if err != nil {
		return creative.View{}, err
	}
	text := found[asset]
	if text == nil || text.Type != edition.AssetType || text.Text("creative_id") != id {
		return creative.View{}, errNothing
	}
	view := adOf(edition.Own(made.Data))
	view.PageName = found[pageOf(made)].Text("name")
	shownIn(&view, text.Text("kind"), text.Text("text"))
	return view, nil
}

// adOf lays out the first combination of a creative's own content.
func adOf(content map[string]any) creative.View {
	feed, _ := creative.FeedOf(content) // what has no assets of its own is an empty card
	var view creative.View
	if len(feed.Pools) == 0 {
		return view
	}
	for _, a := range feed.Assets(feed.Slots(0)) {
		switch a.Slot {
		case creative.Image:
			view.Image = address(a.Hash)
		case creative.Video:
			view.Image = address(object.Text(object.Members(content, "object_story_spec", "video_data"), "image_hash"))
		case creative.Title:
			view.Title = a.Text
		case creative.Body:
			view.Body = a.Text
		case creative.Description:
			view.Description = a.Text
		case creative.CallToAction:
			view.Button = a.Type
		case creative.Link:
			view.Display = strings.TrimPrefix(host(a.URL), "www.")
		}
	}
	return view
}

// address is where this server has an image, "" for none.
func address(hash string) string {
	if hash == "" {
		return ""
	}
	return "/media/" + hash
}

// shownIn is the place of a kind of text in a card.
func shownIn(v *creative.View, kind, text string) {
	switch kind {
	case "headline":
		v.Title = text
	case "description":
		v.Description = text
	default:
		v.Body = text
	}
}

// pageOf is the id of the Page that a creative speaks for.
func pageOf(c *store.Object) string {
	return object.Text(object.Members(edition.Own(c.Data), "object_story_spec"), "page_id")
}
