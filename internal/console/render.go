package console

import (
	"bytes"
	"context"
	"encoding/hex"
	"hash/fnv"
	"html/template"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/store"
)

// functions are what templates call.
func functions() template.FuncMap {
	return template.FuncMap{"number": number, "plural": plural, "size": func(list []faultView) int64 { return int64(len(list)) }, "count": count, "label": stateLabel, "tone": stateTone,
		"brief": brief, "flag": flagWords, "lower": strings.ToLower, "next": func(i int) int { return i + 1 }, "decision": decisionOf, "effectAt": func(effect span, one float64) effectView { return effectView{effect, one} }}
}

// frame is what every page shows around its own.
type frame struct {
	Open    bool  // nobody is logged in, so nobody can log out
	Reads   bool  // the visitor may look at ads
	Waiting int64 // texts and pictures that wait for review
}

// put fills the frame.
func (f *frame) put(around frame) { *f = around }

// framed is what a page shows.
type framed interface{ put(around frame) }

// frame reads what stands around a visitor's pages.
func (c *console) frame(ctx context.Context, v visitor) (frame, error) {
	f := frame{Open: v.open, Reads: v.reads()}
	err := c.db.Read(ctx, func(tx store.Tx) error {
		_, ids, err := visible(ctx, tx, v)
		if err == nil {
			f.Waiting, err = generate.Pending(ctx, tx, ids)
		}
		return err
	})
	return f, err
}

// page answers a visitor with a page.
func (c *console) page(w http.ResponseWriter, r *http.Request, v visitor, status int, name string, out framed) {
	f, err := c.frame(r.Context(), v)
	if err != nil {
		c.fail(w, r, err)
		return
	}
	out.put(f)
	c.write(w, r, status, name, out)
}

// view is what a page with numbers shows.
type view interface {
	framed
	// setVersion tells a view what its numbers are known by, for the address that htmx asks.
	setVersion(version string)
}

// version is the part of a view that names its numbers.
type version struct{ Version string }

// setVersion keeps the name.
func (v *version) setVersion(name string) { v.Version = name }

// show answers with the page of that name, or only with its numbers, which are the template name-numbers. A page that already shows
// these numbers, as it says in the parameter v, is answered 204: htmx then leaves it alone.
func (c *console) show(w http.ResponseWriter, r *http.Request, who visitor, name string, whole bool, v view) {
	numbers := name + "-numbers"
	var out bytes.Buffer
	if err := c.pages.ExecuteTemplate(&out, numbers, v); err != nil {
		c.fail(w, r, err)
		return
	}
	h := fnv.New64a()
	_, _ = h.Write(out.Bytes())
	shown := hex.EncodeToString(h.Sum(nil))
	v.setVersion(shown)
	switch {
	case whole:
		c.page(w, r, who, http.StatusOK, name, v)
	case r.URL.Query().Get("v") == shown:
		w.WriteHeader(http.StatusNoContent)
	default:
		c.write(w, r, http.StatusOK, numbers, v)
	}
}

// write answers with a template.
func (c *console) write(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var out bytes.Buffer
	if err := c.pages.ExecuteTemplate(&out, name, data); err != nil {
		c.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// fail answers that the server could not, and logs why.
func (c *console) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the visitor has gone
	}
	c.Logger.ErrorContext(r.Context(), "console", "path", r.URL.Path, "error", err)
	http.Error(w, "Something went wrong on the server; its log says what.", http.StatusInternalServerError)
}
