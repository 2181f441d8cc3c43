package catalog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Limits of one feed, so that no file takes more than a few megabytes of memory however large it is.
const (
	MaxRecords  = 200_000   // items
	MaxUnpacked = 512 << 20 // bytes of a compressed file once it is not
	maxRecord   = 1 << 20   // bytes of one item
	maxColumns  = 500
)

// Format is what is known of a feed's file beside its bytes. The words are those of the declaration of a feed; empty ones and
// AUTODETECT are found out.
type Format struct {
	Delimiter string
	Encoding  string
	Quotes    string
}

// Record is one item of a file: cells by the name of their column, in lower case.
type Record struct {
	Line  int // of a table; elsewhere the number of the item, from 1
	Cells map[string]any
}

// errRecord is why an item is not read.
var errRecord = fmt.Errorf("an item is larger than %d bytes", maxRecord)

// Records reads the items of a file that may be compressed: a table, XML with RSS items or Atom entries, or JSON. An error ends
// the file; the items before it are good.
func Records(file io.Reader, format Format) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		n := 0
		err := records(file, format, func(r Record) error {
			if n++; n > MaxRecords {
				return fmt.Errorf("the file has more than %d items", MaxRecords)
			}
			if !yield(r, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(Record{}, err)
		}
	}
}

// errStop says that nobody wants more items.
var errStop = errors.New("no more is wanted")

// records unpacks, decodes and finds out which of the three a file is.
func records(file io.Reader, format Format, each func(Record) error) error {
	plain, err := unpack(file)
	if err != nil {
		return err
	}
	text := &meter{from: decoded(plain, format.Encoding)}
	peeked := bufio.NewReaderSize(text, 4096)
	text.left = 2 * maxRecord
	head, err := peeked.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch start := bytes.TrimLeft(head, " \t\r\n"); {
	case len(start) == 0:
		return errors.New("the file is empty")
	case start[0] == '<':
		return readXML(peeked, text, each)
	case start[0] == '[' || start[0] == '{':
		return readJSON(peeked, text, each)
	}
	return readTable(peeked, text, format, head, each)
}

// meter stops a reader that takes in more than one item may have. Whoever begins an item calls next.
type meter struct {
	from io.Reader
	left int
}

// next allows for another item.
func (m *meter) next() { m.left = 2 * maxRecord } // readers read ahead

// Read reads what is allowed.
func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errRecord
	}
	n, err := m.from.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}
