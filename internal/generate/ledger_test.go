package generate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// exec changes the database behind the service's back.
func (f *fixture) exec(sql string, args ...any) {
	f.Helper()
	f.write(func(tx store.Tx) error {
		_, err := tx.Exec(f.Context(), sql, args...)
		return err
	})
}

// damaged says what verification finds once the statements have run, and undoes them.
func (f *fixture) damaged(noted []Head, statements ...string) (v Verified) {
	f.Helper()
	undo := fmt.Errorf("undo")
	err := f.db.Write(f.Context(), func(tx store.Tx) error {
		for _, sql := range statements {
			if _, err := tx.Exec(f.Context(), sql); err != nil {
				return err
			}
		}
		var err error
		if v, err = Verify(f.Context(), tx, nil, noted...); err != nil {
			return err
		}
		return undo
	})
	if err != undo { //nolint:errorlint // the very error
		f.Fatal(statements, err)
	}
	return v
}

// One flipped byte in any column of any record, a record that is gone, doubled or in another's place, a lost tail and a changed head are
// found, and where they are.
func TestLedgerFindsDamage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, nil)
		id := f.made()
		if err := f.activate(author, id, "99"); err != nil {
			t.Fatal(err)
		}
		whole, _ := f.verified()
		if whole.Why != "" || whole.Count != 9 {
			t.Fatalf("%+v", whole)
		}
		for seq := int64(1); seq <= whole.Count; seq++ {
			for _, column := range []string{"account_id", "creative_id", "kind", "body", "prev", "hash"} {
				f.flipped(column, seq)
			}
			for _, column := range []string{"seq", "at"} {
				if v := f.damaged(nil, fmt.Sprintf("UPDATE ledger SET %s = %s + 256 WHERE seq = %d", column, column, seq)); v.Seq != seq {
					t.Errorf("%s of record %d: found %d, %s", column, seq, v.Seq, v.Why)
				}
			}
			if v := f.damaged(nil, fmt.Sprintf("DELETE FROM ledger WHERE seq = %d", seq)); v.Seq != seq {
				t.Errorf("record %d removed: found %d, %s", seq, v.Seq, v.Why)
			}
		}
		for name, test := range map[string]struct {
			noted      []Head
			statements string
			seq        int64
		}{
			"swapped":         {nil, "UPDATE ledger SET seq = 99 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 4; UPDATE ledger SET seq = 4 WHERE seq = 99", 3},
			"moved up":        {nil, "DELETE FROM ledger WHERE seq = 5; UPDATE ledger SET seq = seq + 92 WHERE seq > 5; UPDATE ledger SET seq = seq - 93 WHERE seq > 90", 5},
			"truncated":       {nil, "DELETE FROM ledger WHERE seq > 6", 7},
			"emptied":         {nil, "DELETE FROM ledger", 1},
			"head lost":       {nil, "DELETE FROM settings WHERE name = 'ledger.head'", 10},
			"rolled back":     {[]Head{whole.Head}, "DELETE FROM ledger; DELETE FROM settings WHERE name = 'ledger.head'", 1},
			"another history": {[]Head{{3, strings.Repeat("a", 64)}}, "", 3},
		} {
			if v := f.damaged(test.noted, strings.Split(test.statements, "; ")...); v.Seq != test.seq || v.Why == "" {
				t.Errorf("%s: found %d, %s", name, v.Seq, v.Why)
			}
		}
		if v, _ := f.verified(whole.Head, Head{Hash: noHash}); v != whole {
			t.Errorf("afterwards %+v", v)
		}
	})
}

// flipped changes the first, a middle and the last byte of a text column by one bit.
func (f *fixture) flipped(column string, seq int64) {
	f.Helper()
	var value string
	if err := f.db.Read(f.Context(), func(tx store.Tx) error {
		return tx.QueryRow(f.Context(), "SELECT "+column+" FROM ledger WHERE seq = ?", seq).Scan(&value)
	}); err != nil {
		f.Fatal(err)
	}
	for _, at := range []int{0, len(value) / 2, len(value) - 1} {
		changed := []byte(value)
		changed[at] ^= 1
		v := f.damaged(nil, fmt.Sprintf("UPDATE ledger SET %s = '%s' WHERE seq = %d", column, strings.ReplaceAll(string(changed), "'", "''"), seq))
		if v.Seq != seq {
			f.Errorf("byte %d of %s of record %d: found %d, %s", at, column, seq, v.Seq, v.Why)
		}
	}
}

// A ledger of several chunks is walked to its end.
func TestLongLedger(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	c := &store.Object{ID: "5", AccountID: "1"}
	f.write(func(tx store.Tx) error {
		for i := range 2*verifyChunk + 7 {
			if err := record(t.Context(), tx, c, recordFailed, int64(i), map[string]any{"error": "<none>", "job": ""}); err != nil {
				return err
			}
		}
		return nil
	})
	v, kinds := f.verified()
	if v.Why != "" || v.Count != 2*verifyChunk+7 || kinds[recordFailed] != int(v.Count) {
		t.Errorf("%+v %v", v, kinds)
	}
	f.exec("UPDATE ledger SET body = replace(body, '<none>', '<some>') WHERE seq = 1500")
	if v, _ := f.verified(); v.Seq != 1500 || v.Count != 1499 {
		t.Errorf("%+v", v)
	}
	if _, err := ParseHead("7"); err == nil {
		t.Error("7 is no head")
	}
}
