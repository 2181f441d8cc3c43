package insights

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxSnapshot is the most bytes of rows that one report keeps, unpacked.
const maxSnapshot = 64 << 20

// anyBase stands in kept rows for the host of whoever reads them: it is not known when they are made. The name is reserved, so no
// address in an account begins so.
const anyBase = "http://host.invalid"

// Snapshot is the whole answer of one request, kept to be read in pages later.
type Snapshot struct {
	First, Last Day               // days that it covers
	Rows        []json.RawMessage // each an object
	Summary     json.RawMessage   `json:",omitempty"`
}

// Snapshot answers a request with all of its rows.
func (re *Reporter) Snapshot(ctx context.Context, tx store.Tx, q Request) (*Snapshot, error) {
	q.Base, q.Limit, q.After = anyBase, maxGroups, 0
	result, err := re.Query(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	s := &Snapshot{First: result.Days.Since, Last: result.Days.Until, Rows: make([]json.RawMessage, len(result.Rows))}
	for i, row := range result.Rows {
		if s.Rows[i], err = json.Marshal(row); err != nil {
			return nil, err
		}
	}
	if result.Summary != nil {
		s.Summary, err = json.Marshal(result.Summary)
	}
	return s, err
}

// Pack is the snapshot as it is kept.
func (s *Snapshot) Pack() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	if len(text) > maxSnapshot {
		return nil, tooMuch()
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(text)
	err = errors.Join(err, z.Close())
	return packed.Bytes(), err
}

// Unpack reads what Pack made, for a reader who uses the server at base.
func Unpack(packed []byte, base string) (*Snapshot, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("insights: kept rows: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(z, maxSnapshot+1))
	if err != nil {
		return nil, fmt.Errorf("insights: kept rows: %w", err)
	}
	s := new(Snapshot)
	return s, json.Unmarshal(bytes.ReplaceAll(text, []byte(anyBase), []byte(base)), s)
}

// Page cuts a page out of the rows; fields, if any, are the only members kept, beside the dates.
func (s *Snapshot) Page(params map[string]any) (*Result, error) {
	p := &parser{params: params}
	limit, after, fields := p.limit(), p.after(), p.names("fields")
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	out, from, to := pageOf(len(s.Rows), after, limit)
	for _, raw := range s.Rows[from:to] {
		row, err := members(raw)
		if err != nil {
			return nil, err
		}
		if fields != nil {
			row = slices.DeleteFunc(row, func(m object.Member) bool {
				return !slices.Contains(fields, m.Name) && m.Name != "date_start" && m.Name != "date_stop"
			})
		}
		out.Rows = append(out.Rows, row)
	}
	var err error
	if s.Summary != nil {
		out.Summary, err = members(s.Summary)
	}
	return out, err
}

// members reads a JSON object in the order in which it was written.
func members(raw json.RawMessage) (object.Ordered, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	var out object.Ordered
	if _, err := d.Token(); err != nil { // the opening brace
		return nil, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		out = append(out, object.Member{Name: fmt.Sprint(name), Value: value})
	}
	return out, nil
}

// CSV writes all rows as a table: a column for every member that any row has, lists and objects as JSON. A text that a spreadsheet
// would take for a formula gets an apostrophe in front.
func (s *Snapshot) CSV() ([]byte, error) {
	var columns []string
	rows := make([]map[string]json.RawMessage, len(s.Rows))
	for i, raw := range s.Rows {
		list, err := members(raw)
		if err != nil {
			return nil, err
		}
		rows[i] = map[string]json.RawMessage{}
		for _, m := range list {
			rows[i][m.Name], _ = m.Value.(json.RawMessage)
			if !slices.Contains(columns, m.Name) {
				columns = append(columns, m.Name)
			}
		}
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	err := w.Write(columns)
	for _, row := range rows {
		record := make([]string, len(columns))
		for i, name := range columns {
			record[i] = cell(row[name])
		}
		err = errors.Join(err, w.Write(record))
	}
	w.Flush()
	err = errors.Join(err, w.Error())
	return out.Bytes(), err
}

// cell is one value in a table.
func cell(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return string(raw)
	}
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
