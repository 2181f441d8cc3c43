package graph

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// compressFrom is the size in bytes from which an answer is compressed for clients that ask for it.
const compressFrom = 1024

// respond writes an answer with the headers that every answer has. An answer that cannot be encoded becomes an internal
// error; failing to send is not an error of the server.
func respond(w http.ResponseWriter, r *http.Request, status int, answer any, trace string) error {
	head := w.Header()
	head.Set("Content-Type", "application/json; charset=UTF-8")
	body, err := encoded(answer)
	if err != nil {
		status, answer = envelope(err, trace)
		body, _ = marshal(answer) // strings and numbers only
	} else if file, ok := answer.(*Document); ok {
		file.describe(head)
	}
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cache-Control", "private, no-store")
	head.Set("Vary", "Accept-Encoding")
	head.Set("x-fb-trace-id", trace)
	head.Set("x-fb-request-id", trace)
	if len(body) >= compressFrom && wantsGzip(r.Header.Get("Accept-Encoding")) {
		head.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client is gone
	return err
}

// encoded is the body of an answer: a file as it is, anything else as JSON.
func encoded(answer any) ([]byte, error) {
	if file, ok := answer.(*Document); ok {
		return file.Data, nil
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
