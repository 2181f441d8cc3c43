package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Object is one Graph object as the server answered it. Numbers are json.Number, so that ids and money keep every digit.
// The getters return a zero value for what is absent or of another kind.
type Object map[string]any

// ID is the object's id.
func (o Object) ID() string { return o.String("id") }

// String is a member as text; numbers in their own digits.
func (o Object) String(name string) string {
	switch v := o[name].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// Float is a member as a number; the protocol sends many numbers as strings.
func (o Object) Float(name string) float64 {
	f, err := strconv.ParseFloat(o.String(name), 64)
	if err != nil {
		return 0
	}
	return f
}

// Int is a member as a whole number.
func (o Object) Int(name string) int64 {
	n, err := strconv.ParseInt(o.String(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Object is a member that is an object itself.
func (o Object) Object(name string) Object {
	m, _ := o[name].(map[string]any)
	return m
}

// List is a member that is a list of objects; elements of other kinds are left out.
func (o Object) List(name string) []Object {
	list, _ := o[name].([]any)
	objects := make([]Object, 0, len(list))
	for _, element := range list {
		if m, ok := element.(map[string]any); ok {
			objects = append(objects, m)
		}
	}
	return objects
}

// Decode fills a struct from the object by its JSON tags.
func (o Object) Decode(into any) error {
	text, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("encoding the object: %w", err)
	}
	return decode(text, into)
}

// decode reads one JSON value and keeps the digits of its numbers.
func decode(body []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("decoding the answer: %w", err)
	}
	return nil
}
