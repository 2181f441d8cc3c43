package graph

import (
	"mime"
	"net/http"
)

// Document is an answer that is a file instead of JSON.
type Document struct {
	ContentType string
	Name        string // under which a browser saves it
	Data        []byte
}

// Redirect is an answer that sends the client to another address.
type Redirect string

// describe sets the headers of a file.
func (d *Document) describe(head http.Header) {
	head.Set("Content-Type", d.ContentType)
	head.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name}))
}
