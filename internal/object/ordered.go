package object

import (
	"bytes"
	"encoding/json"
)

// Ordered is a JSON object that keeps the order of its members, as clients see fields in the order in which they asked for them.
type Ordered []Member

// Member is one name and value of an Ordered.
type Member struct {
	Name  string
	Value any
}

// MarshalJSON writes the members in order. It leaves <, > and & as they are: whether to escape them is up to whoever encodes the whole.
func (o Ordered) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	buf.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			buf.WriteByte(',')
		}
		if err := e.Encode(m.Name); err != nil {
			return nil, err
		}
		buf.Truncate(buf.Len() - 1) // Encode ends each value with a line feed
		buf.WriteByte(':')
		if err := e.Encode(m.Value); err != nil {
			return nil, err
		}
		buf.Truncate(buf.Len() - 1)
	}
	buf.WriteByte('}')
	return buf.Bytes(), nil
}
