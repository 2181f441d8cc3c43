package generate

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// A creative that opts in has its texts with the next read, the original first; nothing of them is delivered before the ad is activated.
func TestTextsAreThereAfterTheRequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, nil)
		id := f.create("text_generation")
		if c, _, _ := f.read(id); c.Status != edition.InProcess || c.Text("status") != edition.InProcess {
			t.Errorf("before: %s", c.Status)
		}
		if err := f.Await(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		c, assets, _ := f.read(id)
		bodies := textsOf(c.Data, "bodies")
		feed := c.Data["asset_feed_spec"].(map[string]any)
		if c.Status != object.Active || len(bodies) != 5 || bodies[0] != message || feed["optimization_type"] != "DEGREES_OF_FREEDOM" || feed["titles"] != nil {
			t.Errorf("after: %s %v", c.Status, feed)
		}
		if got := f.delivered(id); got != nil {
			t.Errorf("%v is delivered before anybody approved it", got)
		}
		if a := assets[0]; a.Status != object.AssetPending || a.Text("requested_by") != "7" || a.Text("seed") == "0" || a.Text("digital_source_type") != byRules || a.Text("language") != "en" {
			t.Errorf("asset %+v", a)
		}
		if err := f.activate(author, id, "99"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(bodies, f.delivered(id)); diff != "" {
			t.Error(diff)
		}
		v, kinds := f.verified()
		if diff := cmp.Diff(map[string]int{recordGenerated: 4, recordApproved: 4, recordDelivered: 1}, kinds); diff != "" || v.Why != "" {
			t.Error(v.Why, diff)
		}
	})
}

// Headlines and descriptions come with their own features only, and without the opt-in there is nothing at all.
func TestOnlyWhatWasOptedInTo(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), nil)
	c, _, _ := f.read(f.made("text_optimizations", "description_automation"))
	titles, descriptions := textsOf(c.Data, "titles"), textsOf(c.Data, "descriptions")
	if len(titles) != 5 || titles[0] != "Oak" || len(descriptions) != 5 || descriptions[0] != "Solid" {
		t.Errorf("%q %q", titles, descriptions)
	}
	id := f.create("text_optimizations")
	if err := f.Await(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if c, assets, _ := f.read(id); c.Data["asset_feed_spec"] != nil || c.Data[edition.Mark] != nil || len(assets) > 0 || c.Status != object.Active {
		t.Errorf("without the opt-in: %v", c.Data)
	}
	if err := f.activate(author, id, "99"); err != nil {
		t.Fatal(err)
	}
	if c, _, e := f.read(id); e != nil || cmp.Diff(c.Data, edition.Deliverable(c, nil, nil)) != "" {
		t.Error("a creative that never opted in is delivered as it is")
	}
}

// What a text may be made from: the creative, its Page in public, the account's guidelines and history; never what was rejected.
func TestSources(t *testing.T) {
	t.Parallel()
	var asked []text.Request
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		write := c.Write
		c.Write = func(ctx context.Context, r text.Request) (text.Result, error) {
			asked = append(asked, r)
			return write(ctx, r)
		}
		c.History = func(context.Context, store.Tx, string, int64) ([]text.Past, error) {
			return []text.Past{{ID: "5", Text: "Earlier.", Impressions: 10}}, nil
		}
	})
	id := f.made()
	_, assets, _ := f.read(id)
	if _, err := f.review(author, id, Verdict{assets[0].ID, Reject}); err != nil {
		t.Fatal(err)
	}
	f.made()
	r := asked[0]
	if r.Message != message || r.Headline != "Oak" || r.PageName != "Joiners" || !slices.Equal(r.PagePosts, []string{"Oak from the valley."}) ||
		!slices.Equal(r.Guidelines.Excluded, []string{"cheap"}) || len(r.Past) != 1 || r.Want != 4 || r.Headlines != 0 {
		t.Errorf("%+v", r)
	}
	if slices.Contains(r.Taken, assets[0].Text("text")) || !slices.Contains(asked[1].Taken, assets[0].Text("text")) || asked[1].Seed != r.Seed {
		t.Errorf("taken %q, then %q; seeds %d and %d", r.Taken, asked[1].Taken, r.Seed, asked[1].Seed)
	}
}

// A rejected text never comes back for the account, whatever the writer says, and however it is spelled.
func TestRejectedNeverComesBack(t *testing.T) {
	t.Parallel()
	said := []string{"Tables of oak.", "Order oak today."}
	f := newFixture(t, storetest.SQLite(t), func(c *Config) {
		c.Write = func(context.Context, text.Request) (text.Result, error) {
			var result text.Result
			for _, s := range said {
				result.Variations = append(result.Variations, text.Variation{Kind: text.Body, Generator: "openai", Candidate: text.Candidate{Text: s}})
			}
			return result, nil
		}
	})
	id := f.made()
	_, assets, _ := f.read(id)
	if _, err := f.review(author, id, Verdict{assets[0].ID, Reject}); err != nil {
		t.Fatal(err)
	}
	said = []string{"TABLES of oak! ", "Order oak today.", message, "Oak \xff."}
	c, assets, _ := f.read(f.made())
	if diff := cmp.Diff([]string{message, "Order oak today."}, textsOf(c.Data, "bodies")); diff != "" || assets[0].Text("digital_source_type") != byModel {
		t.Error(diff, assets[0].Data)
	}
	if got := assets[0].Data["rejected"]; cmp.Diff(map[string]any{"taken": int64(2), "encoding": int64(1)}, got) != "" {
		t.Errorf("counted %v", got)
	}
}
