package previews

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

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
		c, err := tx.Object(ctx, object.Text(ad.Data, "creative_id"))
		if err != nil {
			return err
		}
		sub, err := subjectOf(ctx, tx, c)
		if err != nil {
			return err
		}
		now := s.config.Now().Unix()
		st := staging{which: choice{turn: now / day}, account: ad.AccountID, now: now, sees: func(o *store.Object) bool { return o.AccountID == "" || o.AccountID == ad.AccountID }}
		st.format, _ = object.Preview(cmp.Or(made.Format, object.DefaultPlacement))
		if *made, err = st.scene(ctx, tx, sub.spec); err != nil {
			return err
		}
		return made.mark(ctx, tx, sub)
	})
}

// policy allows pictures and one style sheet, and nothing else. Any page may frame a preview, also one that was saved to a file, which
// frame-ancestors could not name.
const policy = "default-src 'none'; img-src 'self' http: https:; style-src %s; base-uri 'none'; form-action 'none'"

// show writes the page, or the picture of it.
func (s *Service) show(w http.ResponseWriter, r *http.Request, made scene) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "private, max-age=3600")
	if made.Wide == 0 {
		document, style := made.page().HTML()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", fmt.Sprintf(policy, style))
		_, _ = io.WriteString(w, document) // the viewer has gone
		return
	}
	data, err := s.picture(r.Context(), made)
	if err != nil {
		s.config.Logger.ErrorContext(r.Context(), "paint preview", "error", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "image/png")
	_, _ = w.Write(data)
}
