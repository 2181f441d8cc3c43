package graph

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// compressFrom is the size in bytes from which an answer is compressed for clients that ask for it.
const compressFrom = 1024

// reply is an answer that only needs to be sent.
type reply struct {
	status int
	head   http.Header
	body   []byte
}

// send writes the answer to HTTP, compressed for clients that ask for it.
func (rep *reply) send(w http.ResponseWriter, r *http.Request) {
	head, body := w.Header(), rep.body
	maps.Copy(head, rep.head)
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Vary", "Accept-Encoding")
	if len(body) >= compressFrom && wantsGzip(r.Header.Get("Accept-Encoding")) {
		head.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(rep.status)
	_, _ = w.Write(body) // the client is gone
}

// preflight says what may be sent, to browsers that ask before they send it.
func preflight(w http.ResponseWriter, r *http.Request) {
	const verbs = "GET, HEAD, POST, DELETE, OPTIONS"
	w.Header().Set("Allow", verbs)
	w.Header().Set("Access-Control-Allow-Methods", verbs)
	w.Header().Set("Access-Control-Allow-Headers", r.Header.Get("Access-Control-Request-Headers"))
	w.WriteHeader(http.StatusNoContent)
}

// encoded is the body of an answer: a file as it is, anything else as JSON.
func encoded(answer any) ([]byte, error) {
	switch v := answer.(type) {
	case *Document:
		return v.Data, nil
	case Redirect:
		return nil, nil
	}
	return marshal(answer)
}

// marshal encodes without escaping <, > and &: answers are full of links that people paste into a shell, and nosniff keeps
// browsers from reading them as HTML.
func marshal(answer any) ([]byte, error) {
	var body bytes.Buffer
	e := json.NewEncoder(&body)
	e.SetEscapeHTML(false)
	err := e.Encode(answer)
	return body.Bytes(), err
}

// compress packs bytes with gzip; writing to memory cannot fail.
func compress(body []byte) []byte {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(body)
	_ = z.Close()
	return packed.Bytes()
}

// wantsGzip reads an Accept-Encoding header; "*" is gzip too, and a quality of zero is a refusal.
func wantsGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, options, _ := strings.Cut(strings.TrimSpace(part), ";")
		quality := strings.TrimPrefix(strings.ReplaceAll(options, " ", ""), "q=")
		if name = strings.TrimSpace(name); name != "gzip" && name != "*" {
			continue
		}
		q, err := strconv.ParseFloat(quality, 64)
		return quality == "" || err == nil && q > 0
	}
	return false
}
