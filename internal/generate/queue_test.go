package generate

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// The queue has what is PENDING, the creative that has waited longest first, without deleted creatives; what was decided is in the ledger's words.
func TestQueue(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, nil)
		first, second, gone := f.made(), f.made(), f.made()
		f.change(gone, func(o *store.Object) { o.Status = object.Deleted })
		_, assets, _ := f.read(first)
		for i, action := range []Action{Approve, Reject} {
			if _, err := f.review(reviewer, first, Verdict{assets[i].ID, action}); err != nil {
				t.Fatal(err)
			}
		}
		f.change(assets[2].ID, func(o *store.Object) { o.Data["kind"], o.Data["text"] = "background", `"kind":"image"` })
		f.write(func(tx store.Tx) error {
			waiting, err := Queue(t.Context(), tx, []string{"act_1", "act_2"})
			now := epoch / int64(1000)
			if diff := cmp.Diff([]Waiting{{"act_1", first, 2, 1, now}, {"act_1", second, 4, 0, now}}, waiting); diff != "" || err != nil {
				t.Error(err, diff)
			}
			n, err := Pending(t.Context(), tx, []string{"act_1"})
			other, bad := Pending(t.Context(), tx, []string{"act_2"})
			if n != 6 || other != 0 || err != nil || bad != nil {
				t.Errorf("%d and %d wait: %v %v", n, other, err, bad)
			}
			decided, err := Decisions(t.Context(), tx, []string{"act_1"}, 10)
			want := []Event{{At: now, Account: "1", Creative: first, Kind: recordRejected, Asset: assets[1].ID, By: byReview, Reviewer: "reviewer", ReviewerID: "8"},
				{At: now, Account: "1", Creative: first, Kind: recordApproved, Asset: assets[0].ID, By: byReview, Reviewer: "reviewer", ReviewerID: "8"}}
			if diff := cmp.Diff(want, decided); diff != "" || err != nil {
				t.Error(err, diff)
			}
			all, err := Events(t.Context(), tx, first, 3)
			kinds := []string{}
			for _, e := range all {
				kinds = append(kinds, e.Kind)
			}
			if !slices.Equal(kinds, []string{recordRejected, recordApproved, recordGenerated}) {
				t.Error(kinds)
			}
			return err
		})
	})
}
