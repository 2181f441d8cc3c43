package console

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// maxForm bounds the body of a login, in bytes.
const maxForm = 4 << 10

// page handles a request of a known visitor.
type page func(w http.ResponseWriter, r *http.Request, v visitor)

// private lets only visitors in who have logged in; into an open console, others may look as well. They are sent to the login page; htmx
// is told to load the page anew, which leads there.
func (c *console) private(next page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		one, ok := c.sessions.find(r, c.Now())
		v, err := visitor{}, errRefused
		if ok {
			v, err = c.visitorOf(r.Context(), one.tokenHash)
		}
		switch {
		case err == nil:
			next(w, r, v)
		case !errors.Is(err, errRefused):
			c.fail(w, r, err)
		case c.Open:
			next(w, r, visitor{open: true})
		case r.Header.Get("HX-Request") != "":
			w.Header().Set("HX-Refresh", "true")
			w.WriteHeader(http.StatusUnauthorized)
		default:
			http.Redirect(w, r, "/console/login?to="+url.QueryEscape(r.URL.Path), http.StatusSeeOther)
		}
	}
}

// reading keeps visitors who may only review texts to the pages for that.
func reading(next page) page {
	return func(w http.ResponseWriter, r *http.Request, v visitor) {
		if !v.reads() {
			http.Redirect(w, r, reviewPath, http.StatusSeeOther)
			return
		}
		next(w, r, v)
	}
}

// loginView is what the login page shows.
type loginView struct {
	To    string // page to go to afterwards
	Error string
}

// loginPage shows the form.
func (c *console) loginPage(w http.ResponseWriter, r *http.Request) {
	c.write(w, r, http.StatusOK, "login", loginView{To: ownPath(r.URL.Query().Get("to"))})
}

// login begins a session for whoever has a token that may read ads.
func (c *console) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		c.write(w, r, http.StatusBadRequest, "login", loginView{To: "/", Error: "The form could not be read."})
		return
	}
	to, hash := ownPath(r.PostForm.Get("to")), store.HashToken(strings.TrimSpace(r.PostForm.Get("token")))
	if _, err := c.visitorOf(r.Context(), hash); err != nil {
		if !errors.Is(err, errRefused) {
			c.fail(w, r, err)
			return
		}
		c.write(w, r, http.StatusUnauthorized, "login", loginView{To: to, Error: "This token is unknown, has expired, or lacks the scope ads_read or creative_review."})
		return
	}
	now := c.Now()
	id, err := c.sessions.start(c.Random, hash, now, now.Add(c.Session))
	if err != nil {
		c.fail(w, r, err)
		return
	}
	setCookie(w, r, id, int(c.Session.Seconds()))
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // ownPath lets only this console's pages through
}

// logout ends the session.
func (c *console) logout(w http.ResponseWriter, r *http.Request) {
	c.sessions.end(r)
	setCookie(w, r, "", -1)
	http.Redirect(w, r, "/console/login", http.StatusSeeOther)
}

// setCookie gives the browser a session for so many seconds, or takes it away. It is as secure as the connection: a server on
// loopback has no certificate.
func setCookie(w http.ResponseWriter, r *http.Request, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: cookie, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, //nolint:gosec // see above
		Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
}

// ownPath is a path of the console to go to, "/" for anything that is not one: a login leads to no other site.
func ownPath(to string) string {
	own := func(prefix string) bool { return strings.HasPrefix(to, prefix) }
	if slices.ContainsFunc([]string{"/console/ads/", "/console/requests", reviewPath}, own) && !strings.ContainsAny(to, "\\\r\n") {
		return to
	}
	return "/"
}
