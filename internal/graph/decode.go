package graph

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of a request's parameters, beside the size of the body.
const (
	maxParams   = 1000 // parameters of one source
	maxName     = 256  // bytes of a parameter's name
	maxBrackets = 8    // levels of a[b][c]
)

// sent is the parameters of one request by where they came from.
type sent struct {
	query Params
	body  Params
}

// decode reads the parameters of any method from the query and from a body of any kind.
func decode(r *http.Request, maxBody int64) (s sent, err error) {
	pairs, err := parsePairs(r.URL.RawQuery)
	if err != nil {
		return s, err
	}
	if s.query, err = nest(pairs); err != nil {
		return s, err
	}
	s.body, err = decodeBody(r, maxBody)
	return s, err
}

// merged is one parameter map: the body goes over the query. An empty `fields` is no fields, as one SDK sends it.
func (s sent) merged() Params {
	p := Params{}
	maps.Copy(p, s.query)
	maps.Copy(p, s.body)
	if text, ok := p["fields"].(string); ok && strings.TrimSpace(text) == "" {
		delete(p, "fields")
	}
	return p
}

// verb is the method after a POST's `method` parameter had its say, in lower case.
func (s sent) verb(method string) string {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if method == http.MethodPost {
		for _, source := range []Params{s.body, s.query} {
			if text, ok := source["method"].(string); ok && text != "" {
				return strings.ToLower(text)
			}
		}
	}
	return strings.ToLower(method)
}

// decodeBody reads the body by its content type. One that is not named, or is named a form, may still be JSON: that is what
// curl -d sends.
func decodeBody(r *http.Request, maxBody int64) (Params, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	body, err := unpacked(r, maxBody)
	if err != nil {
		return nil, err
	}
	kind, options, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // an unreadable type is no type
	if kind == "multipart/form-data" {
		return decodeMultipart(body, options["boundary"])
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, bodyFault(err)
	}
	if kind == "application/json" || strings.HasPrefix(strings.TrimLeft(string(text[:min(len(text), 64)]), " \t\r\n"), "{") {
		params, err := decodeJSON(string(text))
		if err != nil {
			err = &unread{err, string(text)}
		}
		return params, err
	}
	pairs, err := parsePairs(string(text))
	if err != nil {
		return nil, err
	}
	return nest(pairs)
}

// unpacked is the body without its compression; both its sizes are limited.
func unpacked(r *http.Request, maxBody int64) (io.Reader, error) {
	body := http.MaxBytesReader(nil, r.Body, maxBody)
	switch encoding := r.Header.Get("Content-Encoding"); encoding {
	case "", "identity":
		return body, nil
	case "gzip":
		z, err := gzip.NewReader(body)
		if err != nil {
			return nil, bodyFault(err)
		}
		return http.MaxBytesReader(nil, z, maxBody), nil
	default:
		return nil, fault(codeParameter, fmt.Sprintf("(#100) Content-Encoding %.40q is not supported", encoding))
	}
}

// decodeJSON reads a body that is one JSON object; nothing and null are an empty one.
func decodeJSON(text string) (Params, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	value, err := object.DecodeJSON(text)
	if err != nil {
		return nil, fault(codeParameter, "(#100) The request body cannot be read: "+err.Error())
	}
	members, ok := value.(map[string]any)
	if !ok && value != nil {
		return nil, fault(codeParameter, "(#100) The request body must be a JSON object")
	}
	if len(members) > maxParams {
		return nil, tooMany(len(members))
	}
	return members, nil
}

// pair is one parameter as it was written, unescaped. The value is a string or a *File.
type pair struct {
	name  string
	value any
}

// parsePairs reads name=value&name=value. Semicolons are plain characters, as clients send them unescaped.
func parsePairs(text string) ([]pair, error) {
	var pairs []pair
	for part := range strings.SplitSeq(text, "&") {
		if part == "" {
			continue
		}
		if len(pairs) == maxParams {
			return nil, tooMany(maxParams + 1)
		}
		name, value, _ := strings.Cut(part, "=")
		n, err1 := url.QueryUnescape(name)
		v, err2 := url.QueryUnescape(value)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fault(codeParameter, fmt.Sprintf("(#100) Parameter %.60q is not percent-encoded correctly", name))
		}
		pairs = append(pairs, pair{n, v})
	}
	return pairs, nil
}

// bodyFault tells a body that is too large or broken off from a failure of the server.
func bodyFault(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault(codeParameter, fmt.Sprintf("(#100) The request body is larger than %d bytes", large.Limit))
	}
	return fault(codeParameter, "(#100) The request body cannot be read to its end")
}

// tooMany refuses a request with more parameters than any client sends; n is how many were counted.
func tooMany(n int) error {
	return fault(codeParameter, fmt.Sprintf("(#100) Too many parameters: %d, at most %d are read", n, maxParams))
}
