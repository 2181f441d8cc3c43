package inspect

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"
)

// Limits of a ring as the server makes it.
const (
	MostRecords = 10_000
	MostBytes   = 64 << 20 // of all records as JSON
)

// Ring keeps the newest records. It is safe for concurrent use.
type Ring struct {
	records int
	bytes   int

	mu      sync.RWMutex
	entries []entry // oldest first
	size    int     // bytes of all entries
	next    int64   // number of the next record
}

// entry is one record as JSON, with what it can be found by.
type entry struct {
	number  int64
	trace   string
	account string
	holder  string
	method  string
	status  int
	at      time.Time
	objects []string // the parts of the path, and what was written
	text    []byte
}

// NewRing makes an empty ring for so many records of so many bytes in all.
func NewRing(records, bytes int) *Ring { return &Ring{records: records, bytes: bytes, next: 1} }

// Add keeps a record, and lets go of the oldest ones that there is no more room for. One that is too large loses its details.
func (r *Ring) Add(record Record) {
	text, err := encode(record)
	if err != nil {
		return // only values that came as JSON are in it
	}
	e := entry{trace: record.TraceID, account: record.Account, holder: record.Holder, method: record.Method, status: record.Status, at: record.Time, text: text}
	e.objects = strings.Split(strings.Trim(record.Path, "/"), "/")
	for _, s := range record.Stored {
		e.objects = append(e.objects, s.ID)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	e.number = r.next
	r.next++
	r.entries, r.size = append(r.entries, e), r.size+len(text)
	for len(r.entries) > r.records || r.size > r.bytes && len(r.entries) > 1 {
		r.size -= len(r.entries[0].text)
		r.entries[0] = entry{} // for the garbage collector, as the array stays
		r.entries = r.entries[1:]
	}
}

// Filter narrows a list; a zero member does not.
type Filter struct {
	Trace  string
	Object string // id of a node that was asked for or written
	Method string
	Status int
	Errors bool      // only what was refused or failed
	Since  time.Time // inclusive
	Before int64     // only records older than the one with this number
	Limit  int
	Sees   Viewer
}

// Viewer is who looks.
type Viewer struct {
	All      bool     // may see every record
	Accounts []string // digits of the accounts whose records it may see; empty means all, if Reads
	Reads    bool     // may see records of accounts at all; its own it always may
	Holder   string   // hash of its token
}

// sees reports whether a viewer may look at a record.
func (v Viewer) sees(e *entry) bool {
	mine := v.Holder != "" && v.Holder == e.holder
	return v.All || mine || v.Reads && e.account != "" && (len(v.Accounts) == 0 || slices.Contains(v.Accounts, e.account))
}

// matches reports whether a filter lets an entry through.
func (f *Filter) matches(e *entry) bool {
	switch {
	case f.Before > 0 && e.number >= f.Before,
		f.Trace != "" && f.Trace != e.trace,
		f.Method != "" && f.Method != e.method,
		f.Status != 0 && f.Status != e.status,
		f.Errors && e.status < 400,
		e.at.Before(f.Since),
		f.Object != "" && !slices.Contains(e.objects, f.Object):
		return false
	}
	return f.Sees.sees(e)
}

// List returns the newest records that match as JSON, and the number to give as Before for those after them, zero when there are no more.
func (r *Ring) List(f Filter) (page []json.RawMessage, before int64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var last int64
	for i := len(r.entries) - 1; i >= 0; i-- {
		e := &r.entries[i]
		if !f.matches(e) {
			continue
		}
		if len(page) == f.Limit {
			return page, last
		}
		page, last = append(page, e.text), e.number
	}
	return page, 0
}

// Records is List, decoded.
func (r *Ring) Records(f Filter) (page []Record, before int64, err error) {
	texts, before := r.List(f)
	page = make([]Record, len(texts))
	for i, text := range texts {
		if err := json.Unmarshal(text, &page[i]); err != nil {
			return nil, 0, err
		}
	}
	return page, before, nil
}
