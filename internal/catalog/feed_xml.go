package catalog

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readXML reads the items of RSS and the entries of Atom, wherever they stand.
func readXML(in *bufio.Reader, text *meter, each func(Record) error) error {
	d := xml.NewDecoder(in)
	d.CharsetReader = charset
	found := 0
	for {
		text.next()
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && found > 0:
			return nil
		case errors.Is(err, io.EOF):
			return errors.New("the file has neither RSS items nor Atom entries")
		case err != nil:
			return notXML(err)
		}
		start, isStart := token.(xml.StartElement)
		if !isStart || start.Name.Local != "item" && start.Name.Local != "entry" {
			continue
		}
		cells, err := elements(d)
		if err != nil {
			return notXML(err)
		}
		found++
		if err := each(Record{Line: found, Cells: cells}); err != nil {
			return err
		}
	}
}

// notXML says what is wrong with the file.
func notXML(err error) error {
	if errors.Is(err, errRecord) {
		return errRecord
	}
	return fmt.Errorf("the file is no XML: %w", err)
}

// elements reads the children of an item: the name of each is a column, whatever its namespace, and one that stands several times is a
// list. What children have below them is no column and passed over.
func elements(d *xml.Decoder) (map[string]any, error) {
	cells := map[string]any{}
	for {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return cells, nil
		case xml.StartElement:
			content, err := contentOf(d)
			if err != nil {
				return nil, err
			}
			if content == "" {
				content = attribute(t, "href") // Atom's link
			}
			put(cells, columnName(t.Name.Local), content)
		}
	}
}

// put adds a value to a cell.
func put(cells map[string]any, name, value string) {
	switch had := cells[name].(type) {
	case nil:
		cells[name] = value
	case []any:
		cells[name] = append(had, value)
	default:
		cells[name] = []any{had, value}
	}
}

// contentOf is an element's own text, up to its end.
func contentOf(d *xml.Decoder) (string, error) {
	var text strings.Builder
	for depth := 1; ; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth == 0 {
				return strings.TrimSpace(text.String()), nil
			}
		case xml.CharData:
			if depth == 1 {
				text.Write(t)
			}
		}
	}
}

// attribute is an attribute's value, or "".
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// charset reads what an XML declaration names. UTF-16 was decoded before anyone could read the declaration.
func charset(name string, in io.Reader) (io.Reader, error) {
	switch name = strings.ToLower(name); name {
	case "iso-8859-1", "latin1", "us-ascii":
		return &runes{in: in, width: 1}, nil
	case "utf-16", "utf-16le", "utf-16be", "utf-32":
		return in, nil
	}
	return nil, fmt.Errorf("the encoding %q is not known", cut(name))
}
