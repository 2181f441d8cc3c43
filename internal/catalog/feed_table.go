package catalog

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// readTable reads a first line of column names and a line for each item. Head is how the file begins.
func readTable(in *bufio.Reader, text *meter, format Format, head []byte, each func(Record) error) error {
	text.next()
	next, line := rows(in, delimiter(format.Delimiter, head), strings.ToUpper(format.Quotes))
	names, err := next()
	if err != nil {
		return unreadable(err)
	}
	if len(names) > maxColumns {
		return fmt.Errorf("the file has %d columns, at most %d are allowed", len(names), maxColumns)
	}
	for i, name := range names {
		names[i] = columnName(name)
	}
	for {
		text.next()
		cells, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		r := Record{Line: line(), Cells: map[string]any{}}
		for i, cell := range cells[:min(len(cells), len(names))] {
			if !utf8.ValidString(cell) {
				return fmt.Errorf("line %d is no UTF-8 text; name the feed's encoding", r.Line)
			}
			r.Cells[names[i]] = cell
		}
		if err := each(r); err != nil {
			return err
		}
	}
}

// unreadable says where a table went wrong.
func unreadable(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	if errors.Is(err, errRecord) {
		return errRecord
	}
	return fmt.Errorf("the table cannot be read: %w", err)
}

// rows gives the cells of one row after the other, and the line on which the last one began. With quotes ON a stray quote is an error,
// with OFF quotes are letters, otherwise a quote that opens a cell encloses it.
func rows(in *bufio.Reader, comma rune, quotes string) (next func() ([]string, error), line func() int) {
	if quotes == "OFF" {
		n := 0
		return func() ([]string, error) {
			for {
				text, err := in.ReadString('\n')
				n++
				if text = strings.TrimRight(text, "\r\n"); text != "" {
					return strings.Split(text, string(comma)), nil
				} else if err != nil {
					return nil, err
				}
			}
		}, func() int { return n }
	}
	table := csv.NewReader(in)
	table.Comma, table.LazyQuotes, table.FieldsPerRecord, table.ReuseRecord = comma, quotes != "ON", -1, false
	return table.Read, func() int {
		n, _ := table.FieldPos(0)
		return n
	}
}

// delimiter is the one that was named, or the one that stands most often in the first line.
func delimiter(name string, head []byte) rune {
	known := map[string]rune{"BAR": '|', "COMMA": ',', "SEMICOLON": ';', "TAB": '\t', "TILDE": '~'}
	if comma, ok := known[name]; ok {
		return comma
	}
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, comma := range []rune{'\t', ';', '|', '~'} {
		if n := bytes.Count(line, []byte(string(comma))); n > most {
			best, most = comma, n
		}
	}
	return best
}

// columnName is a column's name however it is written: with spaces, capital letters or the prefix of Google's namespace.
func columnName(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	name = strings.TrimPrefix(name, "g:")
	return strings.ReplaceAll(name, " ", "_")
}
