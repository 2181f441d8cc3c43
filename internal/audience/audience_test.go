package audience

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

func TestMemberOf(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("ada@example.com"))
	for _, same := range []string{"ada@example.com", " Ada@Example.com ", hex.EncodeToString(sum[:])} {
		if MemberOf(same) != MemberOf("ada@example.com") {
			t.Errorf("%q is somebody else", same)
		}
	}
	if MemberOf("ada") == MemberOf("bob") {
		t.Error("two people are one")
	}
}

// TestLists applies uploads at random and compares lists that were read anew, and after each upload, with a plain set.
func TestLists(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	number := 0
	rapid.Check(t, func(rt *rapid.T) {
		number++
		o := &store.Object{ID: strconv.Itoa(number), Type: Type, Data: map[string]any{}}
		want, followed := map[Member]bool{}, (*List)(nil)
		for range rapid.IntRange(1, 8).Draw(rt, "uploads") {
			change := rapid.SampledFrom([]Change{Add, Add, Remove, Replace}).Draw(rt, "change")
			var members []Member
			for _, i := range rapid.SliceOfN(rapid.IntRange(0, 20), 1, 10).Draw(rt, "members") {
				members = append(members, MemberOf(strconv.Itoa(i)))
			}
			if change == Replace {
				clear(want)
			}
			for _, m := range members {
				want[m] = change != Remove
			}
			err := db.Write(t.Context(), func(tx store.Tx) error { return Apply(t.Context(), tx, o, change, members) })
			if err != nil {
				rt.Fatal(err)
			}
			if rapid.Bool().Draw(rt, "read") {
				followed = compare(rt, db, o, followed, want)
			}
		}
		compare(rt, db, o, nil, want)
	})
}

// compare reads an audience, after an older list of it if there is one, and expects exactly some members of twenty.
func compare(t *rapid.T, db *store.DB, o *store.Object, old *List, want map[Member]bool) (l *List) {
	err := db.Read(t.Context(), func(tx store.Tx) (err error) {
		l, err = Read(t.Context(), tx, o, old)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(l.members) {
		t.Fatalf("not sorted: %v", l.members)
	}
	n := 0
	for i := range 21 {
		m := MemberOf(strconv.Itoa(i))
		if l.Holds(m) != want[m] {
			t.Fatalf("%d is in: %v, want %v", i, l.Holds(m), want[m])
		}
		if want[m] {
			n++
		}
	}
	if l.Len() != n {
		t.Fatalf("%d members, want %d", l.Len(), n)
	}
	return l
}

// BenchmarkHolds looks members of a million up, and others.
func BenchmarkHolds(b *testing.B) {
	l := &List{}
	for i := range Most {
		l.members = append(l.members, MemberOf(strconv.Itoa(i)))
	}
	slices.Sort(l.members)
	m := MemberOf("7")
	for b.Loop() {
		l.Holds(m)
		m = m*0x9e3779b97f4a7c15 + 1
	}
}
