package store_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// Bytes read back as they are, and the first of equal hash stay.
func TestBlob(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		want := bytes.Repeat([]byte{0, 1, 0xff, '\''}, 1<<18) // a megabyte
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			return errors.Join(tx.PutBlob(ctx, "h", "image/png", want), tx.PutBlob(ctx, "h", "text/plain", []byte("x")), tx.PutBlob(ctx, "e", "", []byte{}))
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			kind, data, err := tx.Blob(ctx, "h")
			if kind != "image/png" || !bytes.Equal(data, want) {
				t.Errorf("%s of %d bytes", kind, len(data))
			}
			_, data, err2 := tx.Blob(ctx, "e")
			if len(data) != 0 {
				t.Errorf("an empty blob has %d bytes", len(data))
			}
			return errors.Join(err, err2)
		})
	})
}

// A setting is what it was last set to.
func TestSetting(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, want := range []string{"one", "two ?", ""} {
			write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.SetSetting(ctx, "key", want) })
			read(t, db, func(ctx context.Context, tx store.Tx) error {
				got, err := tx.Setting(ctx, "key")
				if got != want {
					t.Errorf("setting is %q, want %q", got, want)
				}
				return err
			})
		}
	})
}

// A token reads back by its hash, empty lists as empty, and can be replaced.
func TestToken(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		secret := store.NewToken(strings.NewReader(strings.Repeat("r", 32)))
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			if got, err := tx.TokenByHash(ctx, store.HashToken(secret)); got != nil || !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a token that nobody put: %v, %v", got, err)
			}
			return nil
		})
		for _, want := range []*store.Token{
			{Hash: store.HashToken(secret), Label: "bare", Kind: store.UserToken},
			{Hash: store.HashToken(secret), Label: "the shop's", Kind: store.PageToken, UserID: "7", AppID: "8", Scopes: []string{"ads_read", "sandbox"},
				Accounts: []string{"1", "2"}, Created: 5, Expires: 6, Revoked: 4, Reason: store.RoleLost},
		} {
			write(t, db, func(ctx context.Context, tx store.Tx) error { return tx.PutToken(ctx, want) })
			read(t, db, func(ctx context.Context, tx store.Tx) error {
				got, err := tx.TokenByHash(ctx, want.Hash)
				list, err2 := tx.Tokens(ctx)
				if diff := cmp.Diff([]*store.Token{want, want}, append(list, got), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				return errors.Join(err, err2)
			})
		}
	})
}

// A token is good until it expires or is taken back.
func TestTokenGood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		token store.Token
		want  bool
	}{{store.Token{}, true}, {store.Token{Expires: 11}, true}, {store.Token{Expires: 10}, false}, {store.Token{Revoked: 5, Expires: 11}, false}} {
		if got := c.token.Good(10); got != c.want {
			t.Errorf("%+v: %v", c.token, got)
		}
	}
}

// Tokens differ, are recognisable, and need their randomness.
func TestNewToken(t *testing.T) {
	t.Parallel()
	a, b := store.NewToken(strings.NewReader(strings.Repeat("a", 32))), store.NewToken(strings.NewReader(strings.Repeat("b", 32)))
	if a == b || !strings.HasPrefix(a, "mq_") || len(a) != 46 {
		t.Errorf("tokens %q and %q", a, b)
	}
	if got := store.HashToken("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" { // FIPS 180-2, B.1
		t.Errorf("hash %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("made a token of too little randomness")
		}
	}()
	store.NewToken(strings.NewReader("short"))
}

// The record of an account is paged like any list.
func TestAudits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var lines []*store.Audit // newest first
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			for i := range 5 {
				a := &store.Audit{At: int64(i), AccountID: "1", Actor: "shop", Object: "o", Type: "ad", Action: "update", Changes: `{"name":"?"}`, Before: `{"name":"!"}`, ActorID: "7"}
				lines = append([]*store.Audit{a}, lines...)
				if err := errors.Join(tx.Audit(ctx, a), tx.Audit(ctx, &store.Audit{AccountID: "2"})); err != nil {
					return err
				}
			}
			return nil
		})
		for name, c := range map[string]struct {
			page store.Page
			want []*store.Audit
		}{
			"all":    {store.Page{}, lines},
			"first":  {store.Page{Limit: 2}, lines[:2]},
			"after":  {store.Page{After: lines[1].Seq, Limit: 2}, lines[2:4]},
			"before": {store.Page{Before: lines[4].Seq, Limit: 2}, lines[2:4]},
			"end":    {store.Page{After: lines[4].Seq, Limit: 2}, nil},
		} {
			read(t, db, func(ctx context.Context, tx store.Tx) error {
				got, err := tx.Audits(ctx, store.AuditQuery{AccountID: "1", Objects: []string{"o", "p"}, Types: []string{"ad"}, ActorID: "7", Since: 0, Until: 9}, c.page)
				if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
				return err
			})
		}
	})
}

// A fold that never ran stands at 0; each has its own checkpoint.
func TestCheckpoint(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			return errors.Join(tx.SetCheckpoint(ctx, "a", 3), tx.SetCheckpoint(ctx, "a", 9), tx.SetCheckpoint(ctx, "b", 4))
		})
		read(t, db, func(ctx context.Context, tx store.Tx) error {
			for fold, want := range map[string]int64{"a": 9, "b": 4, "never": 0} {
				if got, err := tx.Checkpoint(ctx, fold); got != want || err != nil {
					t.Errorf("%s stands at %d, %v; want %d", fold, got, err, want)
				}
			}
			return nil
		})
	})
}
