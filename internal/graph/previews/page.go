package previews

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // for the page
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// The page and its style; the style has no comments, because the template drops them and its hash is in the policy.
var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string
)

// parsePage puts the style into the page and makes the policy that allows it and pictures, and nothing else. Any page may frame a
// preview, also one that was saved to a file, which frame-ancestors could not name.
func parsePage() (*template.Template, string, error) {
	style := strings.TrimSpace(pageStyle)
	page, err := template.New("page").Parse(strings.Replace(pageText, "STYLE", style, 1))
	sum := sha256.Sum256([]byte(style))
	policy := "default-src 'none'; img-src 'self' http: https:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
	return page, policy, err
}

// ServeHTTP serves a preview. Whoever has the link may see it, until it ends.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	made, err := unpack(s.config.Key, r.URL.Query().Get("d"))
	if err == nil && made.Until < s.config.Now().Unix() {
		http.Error(w, "this preview has ended, ask for a new one", http.StatusGone)
		return
	}
	if err == nil && made.Ad != "" {
		err = s.lookUp(r, &made)
	}
	switch {
	case errors.Is(err, errToken), errors.Is(err, store.ErrNotFound), errors.Is(err, creative.ErrNoAssets):
		http.Error(w, "there is no such preview", http.StatusNotFound)
	case err != nil:
		s.config.Logger.ErrorContext(r.Context(), "show preview", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
	default:
		s.show(w, r, made)
	}
}

// lookUp fills the scene of an ad that the link only names.
func (s *Service) lookUp(r *http.Request, made *scene) error {
	ctx := r.Context()
	return s.config.DB.Read(ctx, func(tx store.Tx) error {
		ad, err := tx.Object(ctx, made.Ad)
		if err != nil {
			return err
		}
		shown, err := tx.Object(ctx, object.Text(ad.Data, "creative_id"))
		if err == nil {
			shown, err = edition.Shown(ctx, tx, shown)
		}
		if err != nil {
			return err
		}
		spec, borrowed, err := told(ctx, tx, shown.Data, func(o *store.Object) bool { return o.AccountID == "" || o.AccountID == ad.AccountID })
		if err != nil {
			return err
		}
		account := ad.AccountID
		if borrowed {
			account = ""
		}
		format, _ := object.Preview(cmp.Or(made.Format, object.DefaultPlacement))
		if *made, err = compose(spec, format, s.config.Now().Unix(), nil); err != nil {
			return err
		}
		return made.complete(ctx, tx, spec, account, format)
	})
}

// show writes the page.
func (s *Service) show(w http.ResponseWriter, r *http.Request, made scene) {
	var b bytes.Buffer
	if err := s.page.Execute(&b, made.sheet()); err != nil {
		s.config.Logger.ErrorContext(r.Context(), "show preview", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", s.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, max-age=3600")
	_, _ = b.WriteTo(w) // the viewer has gone
}

// sheet is what the page's template sees.
type sheet struct {
	Layout, Platform, Name string
	Page, Initial          string
	Body, Display          string
	More                   bool // the text goes on
	Cards                  []shot
	Carousel               bool
}

// shot is a card with its picture placed.
type shot struct {
	card
	Src, View     string // address, and the part that shows: left, top, width and height
	Across, Along int    // size of the picture in the same units
}

// sheet prepares a scene for its layout.
func (s scene) sheet() sheet {
	format, _ := object.Preview(s.Format)
	body, more := opening(s.Body, format.Layout)
	out := sheet{
		Layout: format.Layout, Platform: format.Platform, Name: format.Name, Page: cmp.Or(s.Page, "Page"), Body: body, More: more,
		Display: strings.ToUpper(s.Display), Carousel: len(s.Cards) > 1,
	}
	out.Initial = strings.ToUpper(string([]rune(out.Page)[:1]))
	if out.Carousel && (format.Layout == "feed" || format.Layout == "post" || format.Layout == "tile") {
		format.Tallest, format.Widest = object.Ratio{Width: 1, Height: 1}, object.Ratio{Width: 1, Height: 1}
	}
	for _, c := range s.Cards {
		out.Cards = append(out.Cards, c.shot(format))
	}
	return out
}

// opening is the part of a text that a placement shows before "more", in characters: about what the platform's own do.
func opening(text, layout string) (string, bool) {
	most := map[string]int{"feed": 125, "post": 125, "tile": 125, "video": 60, "story": 72, "row": 40, "banner": 40, "side": 60}[layout]
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

// shot places a picture: the advertiser's box, or the middle of the picture in the ratio nearest to its own that the placement allows.
func (c card) shot(format object.PreviewFormat) shot {
	out := shot{card: c, Src: c.URL}
	if c.Hash != "" {
		out.Src = "media/" + c.Hash // beside the page, wherever that is
	}
	if c.Box != [4]int{} {
		out.View = fmt.Sprintf("%d %d %d %d", c.Box[0], c.Box[1], c.Box[2]-c.Box[0], c.Box[3]-c.Box[1])
		out.Across, out.Along = c.Width, c.Height
		return out
	}
	ratio := object.Ratio{Width: c.Width, Height: c.Height}
	switch {
	case c.Width == 0 || c.Height == 0 || c.Width*format.Widest.Height > c.Height*format.Widest.Width:
		ratio = format.Widest
	case c.Width*format.Tallest.Height < c.Height*format.Tallest.Width:
		ratio = format.Tallest
	}
	out.View = fmt.Sprintf("0 0 %d %d", ratio.Width, ratio.Height)
	out.Across, out.Along = ratio.Width, ratio.Height
	return out
}
