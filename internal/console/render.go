package console

import (
	"bytes"
	"encoding/hex"
	"hash/fnv"
	"html/template"
	"net/http"
)

// functions are what templates call.
func functions() template.FuncMap {
	return template.FuncMap{"number": number, "plural": plural, "size": func(list []faultView) int64 { return int64(len(list)) }, "count": count, "label": stateLabel, "tone": stateTone,
		"brief": brief}
}

// view is what a page with numbers shows.
type view interface {
	// setVersion tells a view what its numbers are known by, for the address that htmx asks.
	setVersion(version string)
}

// version is the part of a view that names its numbers.
type version struct{ Version string }

// setVersion keeps the name.
func (v *version) setVersion(name string) { v.Version = name }

// show answers with the page of that name, or only with its numbers, which are the template name-numbers. A page that already shows
// these numbers, as it says in the parameter v, is answered 204: htmx then leaves it alone.
func (c *console) show(w http.ResponseWriter, r *http.Request, name string, whole bool, v view) {
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
		c.write(w, r, http.StatusOK, name, v)
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
