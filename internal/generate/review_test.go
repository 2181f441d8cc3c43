package generate

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// rule is the rule that an error says was broken; "" for no error.
func rule(t testing.TB, err error) string {
	t.Helper()
	var fault *object.Fault
	if err != nil && !errors.As(err, &fault) {
		t.Fatal(err)
	}
	if fault == nil {
		return ""
	}
	return fault.Rule
}

// Each verdict does what it says, once, and is recorded; what is approved is delivered, and nothing else.
func TestReview(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, nil)
		id := f.made()
		_, assets, _ := f.read(id)
		a, b, c := assets[0], assets[1], assets[2]
		for range 2 { // asking twice changes nothing more
			for asset, action := range map[*store.Object]Action{a: Approve, b: Reject, c: Regenerate} {
				if _, err := f.review(reviewer, id, Verdict{asset.ID, action}); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Await(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff([]string{message, a.Text("text")}, f.delivered(id)); diff != "" {
			t.Error(diff)
		}
		made, assets, e := f.read(id)
		bodies := textsOf(made.Data, "bodies")
		if len(assets) != 5 || len(bodies) != 4 || slices.Contains(bodies, b.Text("text")) || slices.Contains(bodies, c.Text("text")) || made.Status != object.Active {
			t.Errorf("%d assets, bodies %q", len(assets), bodies)
		}
		if last := assets[4]; last.Text("previous") != c.ID || last.Text("requested_by") != "8" || last.Status != object.AssetPending {
			t.Errorf("the one made anew: %v", last.Data)
		}
		if got := assets[0]; got.Text("reviewer") != "reviewer" || got.Text("reviewer_id") != "8" || got.Text("reviewed_by") != byReview || object.Whole(got.Data, "reviewed_time") == 0 {
			t.Errorf("the approved one: %v", got.Data)
		}
		if _, kinds := f.verified(); cmp.Diff(map[string]int{recordGenerated: 5, recordApproved: 1, recordRejected: 2}, kinds) != "" || !slices.Equal(edition.AssetIDs(e), []string{a.ID}) {
			t.Error(kinds, e.Data)
		}
		if _, err := f.review(reviewer, id, Verdict{a.ID, Reject}); err != nil || !slices.Equal(f.delivered(id), []string(nil)) {
			t.Error("a text that was rejected after all is still delivered", err)
		}
	})
}

// Who may not, and what cannot be, is refused by name, and nothing changes.
func TestReviewFaults(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	id, other := f.made(), f.made()
	_, assets, _ := f.read(id)
	_, foreign, _ := f.read(other)
	if _, err := f.review(reviewer, id, Verdict{assets[0].ID, Reject}); err != nil {
		t.Fatal(err)
	}
	f.change(assets[1].ID, func(o *store.Object) { o.Data["text"] = o.Text("text") + "!" })
	f.setting("review_gate", "required")
	f.setting("four_eyes", true)
	before, _ := f.verified()
	for _, test := range []struct {
		actor   Actor
		verdict Verdict
		rule    string
	}{
		{reviewer, Verdict{"99", Approve}, "generation.asset"},
		{reviewer, Verdict{foreign[0].ID, Approve}, "generation.asset"},
		{reviewer, Verdict{assets[2].ID, "praise"}, "generation.action"},
		{reviewer, Verdict{assets[0].ID, Approve}, "generation.state"},
		{reviewer, Verdict{assets[1].ID, Approve}, "generation.changed"},
		{author, Verdict{assets[2].ID, Approve}, "generation.reviewer"},
		{Actor{ID: author.ID, Person: true, Reviewer: true}, Verdict{assets[2].ID, Approve}, "generation.four_eyes"},
		{Actor{ID: "9", Name: "a Page", Reviewer: true}, Verdict{assets[2].ID, Approve}, "generation.four_eyes"},
	} {
		if _, err := f.review(test.actor, id, test.verdict); rule(t, err) != test.rule {
			t.Errorf("%s %s: %v, want %s", test.actor.Name, test.verdict.Action, err, test.rule)
		}
	}
	err := f.activate(reviewer, id, "99")
	if rule(t, err) != "generation.pending" || !strings.Contains(err.Error(), assets[2].ID) || !strings.Contains(err.Error(), ReviewPath+id) {
		t.Errorf("activation: %v", err)
	}
	f.setting("review_gate", "activation")
	for _, actor := range []Actor{author, {Name: "an application"}} {
		if err := f.activate(actor, id, "99"); rule(t, err) != "generation.pending" {
			t.Errorf("activation by %s, who may have ordered the texts: %v", actor.Name, err)
		}
	}
	if after, _ := f.verified(); after != before {
		t.Errorf("refusals left records: %v, %v", before, after)
	}
	if err := f.activate(reviewer, id, "99"); err != nil || !slices.Equal(f.delivered(id), []string{message, assets[2].Text("text"), assets[3].Text("text")}) {
		t.Errorf("activation by somebody else: %v, delivers %q", err, f.delivered(id))
	}
}

// What a Page's token ordered may be anybody's own: with four eyes nobody approves it, but a person who has it made anew has another approve that.
func TestNobodyApprovesUnknownOrders(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	id := f.made()
	_, assets, _ := f.read(id)
	if _, err := f.review(Actor{ID: "9", Name: "a Page"}, id, Verdict{assets[0].ID, Regenerate}); err != nil {
		t.Fatal(err)
	}
	if err := f.Await(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	f.setting("four_eyes", true)
	_, assets, _ = f.read(id)
	last := assets[len(assets)-1].ID
	if _, err := f.review(reviewer, id, Verdict{last, Approve}); rule(t, err) != "generation.four_eyes" {
		t.Errorf("what a Page ordered: %v", err)
	}
	if _, err := f.review(author, id, Verdict{last, Regenerate}); err != nil {
		t.Fatal(err)
	}
	if err := f.Await(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	_, assets, _ = f.read(id)
	if _, err := f.review(reviewer, id, Verdict{assets[len(assets)-1].ID, Approve}); err != nil {
		t.Error(err)
	}
}

// change alters a row behind the service's back.
func (f *fixture) change(id string, alter func(*store.Object)) {
	f.Helper()
	f.write(func(tx store.Tx) error {
		o, err := tx.Object(f.Context(), id)
		if err != nil {
			return err
		}
		alter(o)
		if o.Refs = belongs(o); o.Type == "adcreative" {
			o.Refs = refs(o)
		}
		return tx.Update(f.Context(), o)
	})
}

// One byte that changed, in a text or in the edition, and nothing generated that it touches is delivered; the rest of the texts is, and
// activating the ad again does not bring it back.
func TestChangedByteWithdrawsApproval(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	id := f.made()
	if err := f.activate(author, id, "99"); err != nil {
		t.Fatal(err)
	}
	_, assets, e := f.read(id)
	f.change(assets[1].ID, func(o *store.Object) { o.Data["text"] = strings.Replace(o.Text("text"), "Oak", "Oal", 1) })
	want := []string{message, assets[0].Text("text"), assets[2].Text("text"), assets[3].Text("text")}
	if diff := cmp.Diff(want, f.delivered(id)); diff != "" {
		t.Error(diff)
	}
	if err := f.activate(author, id, "99"); err != nil {
		t.Fatal(err)
	}
	_, assets, renewed := f.read(id)
	if diff := cmp.Diff(want, f.delivered(id)); diff != "" || renewed.ID == e.ID || edition.State(assets[1]) != object.AssetPending {
		t.Error(diff)
	}
	f.change(renewed.ID, func(o *store.Object) {
		o.Data["asset_feed_spec"].(map[string]any)["bodies"].([]any)[1].(map[string]any)["text"] = "Unbeatable oak."
	})
	c, assets, renewed := f.read(id)
	byID := map[string]*store.Object{}
	for _, a := range assets {
		byID[a.ID] = a
	}
	if f.delivered(id) != nil || edition.Intact(c, renewed, byID) || edition.Intact(c, e, byID) {
		t.Errorf("an altered edition delivers %q", f.delivered(id))
	}
}

// Whatever people do in whatever order: an edition holds the advertiser's own texts and exactly the approved ones, a rejected text is in no
// feed, and the ledger fits.
func TestAnySequenceOfReviews(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	rapid.Check(t, func(r *rapid.T) {
		f.setting("review_gate", rapid.SampledFrom([]any{"activation", "required"}).Draw(r, "gate"))
		f.setting("four_eyes", rapid.Bool().Draw(r, "four eyes"))
		id := f.made()
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			_, assets, _ := f.read(id)
			a := rapid.SampledFrom(assets).Draw(r, "asset")
			actor := rapid.SampledFrom([]Actor{author, reviewer}).Draw(r, "actor")
			var err error
			switch action := rapid.SampledFrom([]Action{Approve, Approve, Reject, Regenerate, "activate", "tamper", "finish"}).Draw(r, "action"); action {
			case "activate":
				err = f.activate(actor, id, "99")
			case "tamper":
				f.change(a.ID, func(o *store.Object) { o.Data["text"] = o.Text("text") + " " })
			case "finish":
				err = f.Await(t.Context(), id)
			default:
				_, err = f.review(actor, id, Verdict{a.ID, action})
			}
			if err != nil && rule(t, err) == "" {
				r.Fatal(err)
			}
			f.consistent(r, id)
		}
	})
}

// consistent checks what has to be so at any time.
func (f *fixture) consistent(r *rapid.T, id string) {
	c, assets, e := f.read(id)
	allowed, rejected, byID := []string{message}, map[string]bool{}, map[string]*store.Object{}
	for _, a := range assets {
		byID[a.ID] = a
		switch {
		case a.Status == object.AssetRejected:
			rejected[a.Text("text")] = true
		case a.Status == object.AssetApproved && edition.Unaltered(a):
			allowed = append(allowed, a.Text("text"))
		}
	}
	if delivered := textsOf(edition.Deliverable(c, e, byID), "bodies"); delivered != nil {
		for i, body := range delivered {
			if !slices.Contains(allowed, body) || i == 0 && body != message {
				r.Fatalf("%q is delivered; approved are %q", body, allowed)
			}
		}
		if edition.Intact(c, e, byID) && cmp.Diff(delivered, textsOf(e.Data, "bodies")) != "" {
			r.Fatalf("an edition that is intact holds %q and delivers %q", textsOf(e.Data, "bodies"), delivered)
		}
	}
	bodies := textsOf(c.Data, "bodies")
	if len(bodies) > mostTexts || bodies[0] != message || slices.ContainsFunc(bodies, func(b string) bool { return rejected[b] }) {
		r.Fatalf("bodies %q; rejected %v", bodies, rejected)
	}
}
