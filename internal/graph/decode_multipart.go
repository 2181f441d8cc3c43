package graph

import (
	"errors"
	"io"
	"mime/multipart"
)

// decodeMultipart reads a multipart body: parts with a file name are files, the others parameters like a form's. The body
// is limited already, so a part needs no limit of its own.
func decodeMultipart(body io.Reader, boundary string) (Params, error) {
	if boundary == "" {
		return nil, fault(codeParameter, "(#100) The multipart body has no boundary")
	}
	var pairs []pair
	reader := multipart.NewReader(body, boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nest(pairs)
		}
		if err != nil {
			return nil, bodyFault(err)
		}
		if len(pairs) == maxParams {
			return nil, tooMany(maxParams + 1)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, bodyFault(err)
		}
		p := pair{name: part.FormName(), value: string(data)}
		if file := part.FileName(); file != "" {
			p.value = &File{Param: p.name, Name: file, Data: data}
		}
		pairs = append(pairs, p)
	}
}
