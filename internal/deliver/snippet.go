package deliver

import (
	"crypto/sha256"
	_ "embed" // frame.js
	"encoding/base64"
	"html"
	"net/http"
)

// frameScript measures in a frame what [tagScript] measures in a page.
//
//go:embed frame.js
var frameScript string

// frameStyle lets the page around a frame shine through where there is no ad.
const frameStyle = "html,body{margin:0;background:transparent}"

// chosen decides for a GET request whose answer is markup.
func (s *Service) chosen(w http.ResponseWriter, r *http.Request) (answer reply, ok bool) {
	noStore(w)
	now := s.sources.Now()
	caller, err := s.callerOf(r, now)
	if err == nil {
		req, wrong := requestOfQuery(r.URL.Query())
		if err = wrong; err == nil {
			answer, err = s.chooseFresh(r.Context(), &req, caller, now)
		}
	}
	if err != nil {
		writeFailure(w, r, s.log, err)
		return answer, false
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if answer.why != eligible {
		h.Set("X-Marquetry-Reason", answer.why.String())
	}
	return answer, true
}

// snippet answers GET /v1/snippet: ads as markup without script for a server that puts it into its page, each with the picture that counts its
// impression. Without an ad there is nothing, and a header with the reason. Nobody is meant to open it by itself.
func (s *Service) snippet(w http.ResponseWriter, r *http.Request) {
	answer, ok := s.chosen(w, r)
	if !ok {
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; sandbox")
	for i := range answer.made {
		d := answer.made[i].wire()
		w.Write([]byte(d.HTML + beacon(d.ImpressionURL)))
	}
}

// beacon is a picture that nobody sees, whose loading reports something.
func beacon(address string) string {
	return `<img src="` + html.EscapeString(address) + `" alt="" width="1" height="1" style="position:absolute;visibility:hidden"/>`
}

// frame answers GET /v1/frame: a page with one ad for an iframe, transparent when there is none.
func (s *Service) frame(w http.ResponseWriter, r *http.Request) {
	answer, ok := s.chosen(w, r)
	if !ok {
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src http: https:; media-src http: https:; style-src-attr 'unsafe-inline'; style-src-elem "+
		source(frameStyle)+"; script-src "+source(frameScript)+"; base-uri 'none'; form-action 'none'")
	w.Header().Set("Referrer-Policy", "no-referrer")
	page := `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">` +
		"<title>Advertisement</title><style>" + frameStyle + "</style></head><body"
	if len(answer.made) > 0 {
		d := answer.made[0].wire()
		page += ` data-impression="` + html.EscapeString(d.ImpressionURL) + `" data-viewable="` + html.EscapeString(d.ViewableURL) + `">` + d.HTML +
			"<noscript>" + beacon(d.ImpressionURL) + "</noscript"
	}
	w.Write([]byte(page + "><script>" + frameScript + "</script></body></html>\n"))
}

// source allows one inline text in a content security policy, by its hash.
func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
