package generate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// Kinds of the ledger's records.
const (
	recordGenerated = "generated" // a text came about: by what, from what, with which seed
	recordApproved  = "approved"
	recordRejected  = "rejected"
	recordDelivered = "delivered" // an edition with generated texts is shown in these ads from now on
	recordFailed    = "failed"    // a job ended without texts
)

// headSetting is where the store keeps the ledger's Head.
const headSetting = "ledger.head"

// Head is the end of the ledger. Noted elsewhere, it proves later that nothing before it was changed.
type Head struct {
	Count int64  // of records
	Hash  string // of the last one, lower-case hex; 64 zeros for an empty ledger
}

// String is the head in one word, count and hash, as ParseHead reads it.
func (h Head) String() string { return strconv.FormatInt(h.Count, 10) + ":" + h.Hash }

// ParseHead reads a head that was noted.
func ParseHead(text string) (Head, error) {
	count, hash, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || n < 0 || len(hash) != len(noHash) {
		return Head{}, fmt.Errorf("%q is no head of a ledger: a count, a colon and 64 hex digits", text)
	}
	return Head{n, hash}, nil
}

// noHash is what the first record has before it.
const noHash = "0000000000000000000000000000000000000000000000000000000000000000"

// headOf reads where the ledger ends.
func headOf(ctx context.Context, tx store.Tx) (Head, error) {
	text, err := tx.Setting(ctx, headSetting)
	if errors.Is(err, store.ErrNotFound) {
		return Head{Hash: noHash}, nil
	}
	if err != nil {
		return Head{}, err
	}
	return ParseHead(text)
}

// Record is one line of the ledger, as the columns hold it.
type Record struct {
	Seq      int64
	At       int64  // unix seconds
	Account  string // digits
	Creative string // id
	Kind     string
	Body     string // JSON, members sorted
	Prev     string // hash of the record before
	Hash     string
}

// digest is what a record's hash has to be: SHA-256 of its other columns, each with its length before it, so that nothing can be moved from
// one to the next.
func (r Record) digest() string {
	h := sha256.New()
	for _, column := range []string{strconv.FormatInt(r.Seq, 10), strconv.FormatInt(r.At, 10), r.Account, r.Creative, r.Kind, r.Body, r.Prev} {
		fmt.Fprintf(h, "%d:%s,", len(column), column)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// canonical is JSON with sorted members and nothing escaped that need not be.
func canonical(body map[string]any) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(body)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// record adds a line about a creative, in the transaction of what it tells. Empty members of the body are left out.
func record(ctx context.Context, tx store.Tx, c *store.Object, kind string, now int64, body map[string]any) error {
	for name, value := range body {
		if value == "" || value == nil {
			delete(body, name)
		}
	}
	head, err := headOf(ctx, tx)
	if err != nil {
		return err
	}
	r := Record{Seq: head.Count + 1, At: now, Account: c.AccountID, Creative: c.ID, Kind: kind, Prev: head.Hash}
	if r.Body, err = canonical(body); err != nil {
		return err
	}
	r.Hash = r.digest()
	_, err = tx.Exec(ctx, "INSERT INTO ledger (seq, at, account_id, creative_id, kind, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		r.Seq, r.At, r.Account, r.Creative, r.Kind, r.Body, r.Prev, r.Hash)
	if err != nil {
		return fmt.Errorf("generate: ledger: %w", err)
	}
	return tx.SetSetting(ctx, headSetting, Head{r.Seq, r.Hash}.String())
}
