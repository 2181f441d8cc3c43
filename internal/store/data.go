package store

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// encodeData writes Data as JSON; nil is the empty object.
func encodeData(data map[string]any) (string, error) {
	if data == nil {
		return "{}", nil
	}
	text, err := json.Marshal(data)
	return string(text), err
}

// decodeData reads Data as Object documents it.
func decodeData(text string) (map[string]any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var data map[string]any
	if err := d.Decode(&data); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	for name, value := range data {
		data[name] = object.Exact(value)
	}
	return data, nil
}
