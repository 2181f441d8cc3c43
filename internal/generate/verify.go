package generate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/marquetry/marquetry/internal/store"
)

// Verified is what a walk over the ledger found.
type Verified struct {
	Head
	Seq int64  // of the first record that does not fit, 0 when all do
	Why string // what is wrong with it, in words; "" when all fit
}

// verifyChunk is how many records are held at a time.
const verifyChunk = 1000

// Verify walks the ledger from its beginning to the head that the store keeps, and checks that it runs through the noted heads. each, which
// may be nil, is shown every record that fits.
func Verify(ctx context.Context, tx store.Tx, each func(Record), noted ...Head) (Verified, error) {
	w := walk{Verified: Verified{Head: Head{Hash: noHash}}, each: each, noted: noted}
	w.pass()
	for after := int64(math.MinInt64); w.Why == ""; after = w.Count {
		records, err := readLedger(ctx, tx, after, verifyChunk)
		if err != nil {
			return Verified{}, err
		}
		for _, r := range records {
			w.next(r)
		}
		if len(records) < verifyChunk {
			break
		}
	}
	return w.end(ctx, tx)
}

// walk is a verification under way.
type walk struct {
	Verified
	each  func(Record)
	noted []Head
}

// broken notes the first thing that is wrong.
func (w *walk) broken(why string, args ...any) {
	if w.Why == "" {
		w.Seq, w.Why = w.Count+1, fmt.Sprintf(why, args...)
	}
}

// next checks one record against the one before.
func (w *walk) next(r raw) {
	record, err := r.record()
	switch {
	case w.Why != "":
		return
	case err != nil:
		w.broken("its seq or its time is no number")
	case record.Seq != w.Count+1:
		w.broken("it is missing, or out of its place: record %d follows record %d", record.Seq, w.Count)
	case record.Prev != w.Hash:
		w.broken("it does not follow the record before it: that one's hash is %s, and it names %s", w.Hash, record.Prev)
	case record.digest() != record.Hash:
		w.broken("its hash is not that of its content: it was changed")
	default:
		w.Head = Head{record.Seq, record.Hash}
		if w.pass(); w.each != nil {
			w.each(record)
		}
	}
}

// pass checks the heads that were noted when the ledger had come just so far.
func (w *walk) pass() {
	for _, h := range w.noted {
		if h.Count == w.Count && h.Hash != w.Hash {
			w.Seq, w.Why = w.Count, "the head that was noted after it is "+h.Hash+", and it is "+w.Hash
		}
	}
}

// end checks where the ledger ends.
func (w *walk) end(ctx context.Context, tx store.Tx) (Verified, error) {
	if w.Why != "" {
		return w.Verified, nil
	}
	text, err := tx.Setting(ctx, headSetting)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return Verified{}, err
	}
	if text != w.String() && (err == nil || w.Count > 0) {
		w.broken("the ledger ends before it, and its head should be %q: the tail is missing, or the head was changed", text)
	}
	for _, h := range w.noted {
		if h.Count > w.Count {
			w.broken("it is missing: a head was noted after record %d", h.Count)
		}
	}
	return w.Verified, nil
}

// raw is a line as it is found: a database that somebody changed may have anything in it.
type raw struct{ seq, at, account, creative, kind, body, prev, hash string }

// record reads the numbers, which have to be spelled as we spell them.
func (r raw) record() (Record, error) {
	seq, err := strconv.ParseInt(r.seq, 10, 64)
	if err != nil {
		return Record{}, err
	}
	at, err := strconv.ParseInt(r.at, 10, 64)
	return Record{seq, at, r.account, r.creative, r.kind, r.body, r.prev, r.hash}, err
}

// readLedger reads the lines behind a position.
func readLedger(ctx context.Context, tx store.Tx, after int64, limit int) ([]raw, error) {
	rows, err := tx.Query(ctx, "SELECT seq, at, account_id, creative_id, kind, body, prev, hash FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?", after, limit)
	if err != nil {
		return nil, fmt.Errorf("generate: ledger: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var all []raw
	for rows.Next() {
		var r raw
		if err := rows.Scan(&r.seq, &r.at, &r.account, &r.creative, &r.kind, &r.body, &r.prev, &r.hash); err != nil {
			return nil, fmt.Errorf("generate: ledger: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
