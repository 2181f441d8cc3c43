package remote

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
)

// form is a body of multipart/form-data. Its boundary is drawn at the end, so that nothing in it can hold it by design.
type form struct {
	random io.Reader
	parts  []part
}

// part is a field, or a file when it has a name.
type part struct {
	field, file string
	value       []byte
}

// field adds a text.
func (f *form) field(name, value string) { f.parts = append(f.parts, part{name, "", []byte(value)}) }

// file adds a PNG.
func (f *form) file(field, name string, data []byte) {
	f.parts = append(f.parts, part{field, name, data})
}

// post is the request that sends the form.
func (f *form) post(path, accept string) (request, *failure) {
	var drawn [16]byte
	if _, err := io.ReadFull(f.random, drawn[:]); err != nil {
		return request{}, &failure{text: "no randomness: " + err.Error()}
	}
	boundary := hex.EncodeToString(drawn[:])
	var body bytes.Buffer
	for _, p := range f.parts {
		fmt.Fprintf(&body, "--%s\r\nContent-Disposition: form-data; name=%q", boundary, p.field)
		if p.file != "" {
			fmt.Fprintf(&body, "; filename=%q\r\nContent-Type: image/png", p.file)
		}
		body.WriteString("\r\n\r\n")
		body.Write(p.value)
		body.WriteString("\r\n")
	}
	fmt.Fprintf(&body, "--%s--\r\n", boundary)
	return request{http.MethodPost, path, "multipart/form-data; boundary=" + boundary, body.Bytes(), accept}, nil
}
