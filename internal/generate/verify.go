package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/marquetry/marquetry/internal/edition"
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

// Verify walks the ledger from its beginning to the head that the store keeps, and checks that it runs through the noted heads and that the
// files of pictures are those that it tells of. each, which may be nil, is shown every record that fits.
func Verify(ctx context.Context, tx store.Tx, each func(Record), noted ...Head) (Verified, error) {
	w := walk{Verified: Verified{Head: Head{Hash: noHash}}, each: each, noted: noted, files: map[string]bool{}}
	w.pass()
	for after := int64(math.MinInt64); w.Why == ""; after = w.Count {
		records, err := readLedger(ctx, tx, after, verifyChunk)
		if err != nil {
			return Verified{}, err
		}
		for _, r := range records {
			if err := w.pictures(ctx, tx, r.body); err != nil {
				return Verified{}, err
			}
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
	files map[string]bool // those that were looked at, by name
	lost  string          // what is wrong with a file that the next record tells of
}

// pictures looks at the files of the pictures whose making a record tells of: they lie under the first half of their hash.
func (w *walk) pictures(ctx context.Context, tx store.Tx, body string) error {
	var told struct {
		Kind, SHA256 string
		Light        string `json:"light_sha256"`
		Pictures     []struct{ SHA256 []string }
	}
	_ = json.Unmarshal([]byte(body), &told) // what somebody wrote over does not fit anyway
	w.lost = ""
	if told.Kind == edition.Image {
		if err := w.file(ctx, tx, name(told.SHA256), told.SHA256); err != nil {
			return err
		}
		if told.Light != "" {
			if err := w.file(ctx, tx, edition.Light(name(told.SHA256)), told.Light); err != nil {
				return err
			}
		}
	}
	for _, p := range told.Pictures {
		for _, sum := range p.SHA256 {
			if err := w.file(ctx, tx, name(sum), sum); err != nil {
				return err
			}
		}
	}
	return nil
}

// name is what a picture's file is kept under.
func name(sum string) string { return sum[:min(len(sum), len(noHash)/2)] }

// file looks at one, once.
func (w *walk) file(ctx context.Context, tx store.Tx, name, sum string) error {
	if len(sum) != len(noHash) || w.files[name] {
		return nil
	}
	w.files[name] = true
	_, data, err := tx.Blob(ctx, name)
	switch {
	case errors.Is(err, store.ErrNotFound):
		w.lost = "the file of its picture " + name + " is gone"
	case err != nil:
		return fmt.Errorf("generate: picture %s: %w", name, err)
	case edition.Sum(string(data)) != sum:
		w.lost = "the file of its picture " + name + " was changed"
	}
	return nil
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
	case w.lost != "":
		w.broken("%s", w.lost)
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
