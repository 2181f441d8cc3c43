package previews

import (
	"cmp"
	"strings"

	"github.com/marquetry/marquetry/internal/graph/previews/place"
	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
	"github.com/marquetry/marquetry/internal/object"
)

// page draws a scene in the layout of its format.
func (s scene) page() sketch.Page {
	format, _ := object.Preview(s.Format)
	s.stress()
	ad := place.Ad{Page: cmp.Or(s.Page, "Page"), Display: s.Display, AI: s.AI}
	ad.Body, ad.More = opening(s.Body, format.Layout)
	if format.Nearest != "" {
		ad.Note = s.Format + " is drawn as " + format.Nearest
	}
	for _, c := range s.Cards {
		shot := c.shot(format)
		if shot.Sample = s.Sample; s.Sample {
			shot.Picture, shot.Shape = sketch.Picture{}, [2]int{1, 1}
		}
		ad.Cards = append(ad.Cards, shot)
	}
	page := place.Draw(format.Layout, ad, place.View{Dark: s.Dark, Mirrored: s.Stress == "rtl", Safe: s.Safe})
	page.Title += ": " + s.Format
	return page
}

// opening is the part of a text that a placement shows before "more", in characters: about what the platform's own do.
func opening(text, layout string) (string, bool) {
	most := map[string]int{"mobile_feed": 125, "desktop_feed": 125, "instagram_feed": 125, "instagram_explore": 125, "facebook_reels": 72, "instagram_reels": 72}[layout]
	runes := []rune(text)
	if most == 0 || len(runes) <= most {
		return text, false
	}
	cut := string(runes[:most])
	if space := strings.LastIndexAny(cut, " \n"); space > len(cut)/2 {
		cut = cut[:space]
	}
	return strings.TrimSpace(cut), true
}

// shot places a picture: the advertiser's box, or the middle of the picture in the ratio nearest to its own that the placement allows. Of a
// picture elsewhere the size is not known; it is taken to be as wide as a link's picture, but for a full screen, where it can stand whole.
func (c card) shot(format object.PreviewFormat) place.Card {
	out := place.Card{Video: c.Video, Title: c.Title, Description: c.Description, Button: c.Button, Link: c.Link}
	if c.Hash != "" {
		out.Picture.Src, out.Picture.Hash = "media/"+c.Hash, c.Hash // beside the page, wherever that is
	} else {
		out.Picture.Src = c.URL
	}
	if c.Box != [4]int{} {
		out.Picture.Part = [4]int{c.Box[0], c.Box[1], c.Box[2] - c.Box[0], c.Box[3] - c.Box[1]}
		out.Picture.Width, out.Picture.Height = c.Width, c.Height
		out.Shape = [2]int{out.Picture.Part[2], out.Picture.Part[3]}
		return out
	}
	ratio := object.Ratio{Width: c.Width, Height: c.Height}
	switch {
	case (c.Width == 0 || c.Height == 0) && place.Full(format.Layout):
		return out
	case c.Width == 0 || c.Height == 0 || c.Width*format.Widest.Height > c.Height*format.Widest.Width:
		ratio = format.Widest
	case c.Width*format.Tallest.Height < c.Height*format.Tallest.Width:
		ratio = format.Tallest
	}
	out.Picture.Width, out.Picture.Height, out.Shape = ratio.Width, ratio.Height, [2]int{ratio.Width, ratio.Height}
	return out
}
