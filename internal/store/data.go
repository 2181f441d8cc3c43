package store

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
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
		data[name] = exact(value)
	}
	return data, nil
}

// exact replaces the numbers inside a decoded value by int64 where that loses nothing, else by float64.
func exact(value any) any {
	switch v := value.(type) {
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v // beyond a float64: kept as it is, so that nothing is lost; json.Marshal writes no such number
	case map[string]any:
		for name, member := range v {
			v[name] = exact(member)
		}
	case []any:
		for i, member := range v {
			v[i] = exact(member)
		}
	}
	return value
}
