package object

import "encoding/json"

// Ordered is a JSON object that keeps the order of its members, as clients see fields in the order in which they asked for them.
type Ordered []Member

// Member is one name and value of an Ordered.
type Member struct {
	Name  string
	Value any
}

// MarshalJSON writes the members in order.
func (o Ordered) MarshalJSON() ([]byte, error) {
	buf := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			buf = append(buf, ',')
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.Value)
		if err != nil {
			return nil, err
		}
		buf = append(append(append(buf, name...), ':'), value...)
	}
	return append(buf, '}'), nil
}
