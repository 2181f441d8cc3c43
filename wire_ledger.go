package marquetry

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/marquetry/marquetry/internal/generate"
	"github.com/marquetry/marquetry/internal/store"
)

// LedgerRecord is one line of the record of how generated assets came about, and what became of them.
type LedgerRecord struct {
	Seq      int64           `json:"seq"`
	At       int64           `json:"at"`      // unix seconds
	Account  string          `json:"account"` // digits
	Creative string          `json:"creative"`
	Kind     string          `json:"kind"` // generated, approved, rejected, delivered or failed
	Body     json.RawMessage `json:"body"`
	Hash     string          `json:"hash"`
}

// LedgerVerdict is what a walk over the ledger found.
type LedgerVerdict struct {
	OK     bool   `json:"ok"`
	Count  int64  `json:"count"`            // of the records that fit, from the first on
	Head   string `json:"head"`             // count and hash of the last of them; noted elsewhere it proves later that nothing before it was changed
	Record int64  `json:"record,omitempty"` // the first that does not fit
	Why    string `json:"why,omitempty"`    // what is wrong with it
}

// VerifyLedger walks the ledger from its beginning to its end, and shows each record that fits. noted are heads of earlier verdicts.
func (s *Server) VerifyLedger(ctx context.Context, each func(LedgerRecord), noted ...string) (LedgerVerdict, error) {
	heads := make([]generate.Head, len(noted))
	for i, text := range noted {
		var err error
		if heads[i], err = generate.ParseHead(text); err != nil {
			return LedgerVerdict{}, fmt.Errorf("ledger: %w", err)
		}
	}
	var found generate.Verified
	err := s.db.Read(ctx, func(tx store.Tx) (err error) {
		found, err = generate.Verify(ctx, tx, func(r generate.Record) {
			each(LedgerRecord{r.Seq, r.At, r.Account, r.Creative, r.Kind, json.RawMessage(r.Body), r.Hash})
		}, heads...)
		return err
	})
	return LedgerVerdict{found.Why == "", found.Count, found.String(), found.Seq, found.Why}, err
}
