package catalog

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
)

// readJSON reads a list of objects, or an object whose first list has them, as in {"data":[…]}.
func readJSON(in *bufio.Reader, text *meter, each func(Record) error) error {
	text.next()
	d := json.NewDecoder(in)
	d.UseNumber()
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return notJSON(err)
		}
		if token == json.Delim('[') {
			break
		}
		if token == json.Delim('{') {
			depth++
		}
		if depth > 1 || token == json.Delim('}') {
			return errors.New("the file must be a list of objects, or an object that holds one")
		}
	}
	for n := 1; d.More(); n++ {
		text.next()
		var item map[string]any
		if err := d.Decode(&item); err != nil {
			return notJSON(err)
		}
		cells := make(map[string]any, len(item))
		for name, value := range item {
			cells[columnName(name)] = value
		}
		if err := each(Record{Line: n, Cells: cells}); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return notJSON(err)
	}
	return nil
}

// notJSON says what is wrong with the file.
func notJSON(err error) error {
	if errors.Is(err, errRecord) {
		return errRecord
	}
	return fmt.Errorf("the file is no JSON list of objects: %w", err)
}
