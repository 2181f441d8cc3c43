package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/text"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// message is the primary text of every creative of the tests.
const message = "Handmade oak tables. Order today."

// who asks in the tests.
var (
	author   = Actor{ID: "7", Name: "author", Person: true}
	reviewer = Actor{ID: "8", Name: "reviewer", Person: true, Reviewer: true}
)

// fixture is a service on a database with one account and one Page, at a time that tests move.
type fixture struct {
	*Service
	testing.TB
	db    *store.DB
	clock atomic.Int64 // unix milliseconds
}

// epoch is when tests begin, in unix milliseconds.
const epoch = 1_800_000_000_000

// defaults are of a service whose writer numbers its texts, so that it never repeats itself, and which waits as long as a busy machine takes.
func defaults(db *store.DB, now func() time.Time) Config {
	var written atomic.Int64
	return Config{DB: db, Refs: refs, Logger: slog.New(slog.DiscardHandler), Random: func() uint64 { return 1 }, Now: now, Patience: time.Minute,
		Write: func(_ context.Context, r text.Request) (text.Result, error) { return numbered(r, &written), nil },
	}
}

// newFixture makes it; change may replace parts of the configuration.
func newFixture(t testing.TB, db *store.DB, change func(*Config)) *fixture {
	t.Helper()
	f := &fixture{TB: t, db: db}
	f.clock.Store(epoch)
	f.Service = f.peer(change)
	f.write(func(tx store.Tx) error { return world(f.Context(), tx) })
	return f
}

// peer is another service on the same database, as another process would have.
func (f *fixture) peer(change func(*Config)) *Service {
	f.Helper()
	c := defaults(f.db, func() time.Time { return time.UnixMilli(f.clock.Load()) })
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		f.Fatal(err)
	}
	return s
}

// world inserts an account and a Page with two posts, one of them not yet public.
func world(ctx context.Context, tx store.Tx) error {
	for _, o := range []*store.Object{
		{ID: "act_1", Type: "adaccount", AccountID: "1", Data: map[string]any{"text_guidelines": map[string]any{"term_exclusions": []any{"cheap"}}}},
		{ID: "3", Type: "page", Data: map[string]any{"name": "Joiners"}},
		{ID: "3_1", Type: "pagepost", Refs: []store.Ref{{Field: "page_id", To: "3"}}, Data: map[string]any{"message": "Oak from the valley."}},
		{ID: "3_2", Type: "pagepost", Refs: []store.Ref{{Field: "page_id", To: "3"}}, Data: map[string]any{"message": "Secret.", "unpublished": true}},
	} {
		if err := tx.Insert(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// refs are the references of a creative.
func refs(o *store.Object) []store.Ref {
	return []store.Ref{{Field: "account_id", To: "act_" + o.AccountID}}
}

// numbered writes as many texts as are wanted.
func numbered(r text.Request, written *atomic.Int64) text.Result {
	result := text.Result{Language: "en", Gate: "1", Rejected: map[string]int{"number": 2}}
	for kind, n := range map[text.Kind]int{text.Body: r.Want, text.Headline: r.Headlines, text.Description: r.Descriptions} {
		for range n {
			result.Variations = append(result.Variations, text.Variation{Kind: kind, Generator: "embedded",
				Candidate: text.Candidate{Text: fmt.Sprintf("Oak %s, the %d.", kind, written.Add(1)), Moves: []string{"order.swap"}}})
		}
	}
	return result
}

// write runs a transaction that has to succeed.
func (f *fixture) write(fn func(store.Tx) error) {
	f.Helper()
	if err := f.db.Write(f.Context(), fn); err != nil {
		f.Fatal(err)
	}
}

// newCreative inserts a creative that opts in to features, and orders its texts.
func newCreative(ctx context.Context, tx store.Tx, s *Service, now int64, features ...string) (string, error) {
	spec := map[string]any{}
	for _, name := range features {
		spec[name] = map[string]any{"enroll_status": "OPT_IN"}
	}
	id, seq, err := tx.NextID(ctx)
	if err != nil {
		return "", err
	}
	c := &store.Object{ID: id, Seq: seq, Type: "adcreative", AccountID: "1", Status: object.Active, Created: now, Updated: now, Data: map[string]any{
		"object_story_spec":       map[string]any{"page_id": "3", "link_data": map[string]any{"message": message, "link": "https://example.com", "name": "Oak", "description": "Solid"}},
		"degrees_of_freedom_spec": map[string]any{"creative_features_spec": spec},
	}}
	c.Refs = refs(c)
	if err := tx.Insert(ctx, c); err != nil || !edition.OptedIn(c.Data) {
		return id, err
	}
	_, err = s.Enqueue(ctx, tx, Order{Actor: author, Creative: c, Now: now})
	return id, err
}

// create is newCreative in a transaction of its own.
func (f *fixture) create(features ...string) (id string) {
	f.Helper()
	f.write(func(tx store.Tx) (err error) {
		id, err = newCreative(f.Context(), tx, f.Service, f.now()/1000, features...)
		return err
	})
	return id
}

// made is create, with the texts there.
func (f *fixture) made(features ...string) string {
	f.Helper()
	id := f.create(append(features, "text_generation")...)
	if err := f.Await(f.Context(), id); err != nil {
		f.Fatal(err)
	}
	return id
}

// read is a creative as it is stored, with its assets and its edition, which is nil when it has none.
func (f *fixture) read(id string) (c *store.Object, assets []*store.Object, e *store.Object) {
	f.Helper()
	err := f.db.Read(f.Context(), func(tx store.Tx) (err error) {
		if c, err = tx.Object(f.Context(), id); err != nil {
			return err
		}
		if assets, err = edition.Assets(f.Context(), tx, id); err != nil {
			return err
		}
		found, err := tx.Objects(f.Context(), []string{c.Text("edition_id")})
		e = found[c.Text("edition_id")]
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return c, assets, e
}

// review is Review in a transaction of its own, with the account set to settings.
func (f *fixture) review(actor Actor, creative string, v Verdict) (reviewed Reviewed, err error) {
	err = f.db.Write(f.Context(), func(tx store.Tx) error {
		found, err := tx.Objects(f.Context(), []string{creative, "act_1"})
		if err != nil {
			return err
		}
		reviewed, err = f.Review(f.Context(), tx, actor, found["act_1"], found[creative], v, f.now()/1000)
		return err
	})
	return reviewed, err
}

// activate is Activate in a transaction of its own.
func (f *fixture) activate(actor Actor, creative, ad string) error {
	return f.db.Write(f.Context(), func(tx store.Tx) error {
		found, err := tx.Objects(f.Context(), []string{creative, "act_1"})
		if err != nil {
			return err
		}
		return f.Activate(f.Context(), tx, actor, found["act_1"], found[creative], Ad{ID: ad}, f.now()/1000)
	})
}

// setting changes a setting of the account.
func (f *fixture) setting(name string, value any) {
	f.Helper()
	f.write(func(tx store.Tx) error {
		account, err := tx.Object(f.Context(), "act_1")
		if err != nil {
			return err
		}
		account.Data[name] = value
		return tx.Update(f.Context(), account)
	})
}

// bodies are the texts of a feed's list.
func textsOf(data map[string]any, list string) []string {
	var texts []string
	for _, elem := range object.Listed(object.Members(data, "asset_feed_spec"), list) {
		texts = append(texts, elem.(map[string]any)["text"].(string))
	}
	return texts
}

// delivered are the bodies that may be shown of a creative.
func (f *fixture) delivered(id string) []string {
	f.Helper()
	c, assets, e := f.read(id)
	byID := map[string]*store.Object{}
	for _, a := range assets {
		byID[a.ID] = a
	}
	return textsOf(edition.Deliverable(c, e, byID), "bodies")
}

// verified walks the ledger.
func (f *fixture) verified(noted ...Head) (v Verified, kinds map[string]int) {
	f.Helper()
	kinds = map[string]int{}
	err := f.db.Read(f.Context(), func(tx store.Tx) (err error) {
		v, err = Verify(f.Context(), tx, func(r Record) { kinds[r.Kind]++ }, noted...)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return v, kinds
}

// agree checks that of every creative the newest job, the feed, the assets and the ledger tell the same story: so many texts, each once.
func (f *fixture) agree(want int, creatives ...string) {
	f.Helper()
	v, _ := f.verified()
	if v.Why != "" {
		f.Errorf("ledger at %d: %s", v.Seq, v.Why)
	}
	for _, id := range creatives {
		c, assets, _ := f.read(id)
		ids := map[string]bool{}
		for _, a := range assets {
			ids[a.ID] = true
		}
		err := f.db.Read(f.Context(), func(tx store.Tx) error {
			all, err := Generations(f.Context(), tx, []string{id})
			if err != nil {
				return err
			}
			g := all[id]
			if g.State != done || c.Status != object.Active || len(assets) != want || len(textsOf(c.Data, "bodies")) != want+1 {
				f.Errorf("%s: job %s %s, creative %s, %d assets, bodies %q", id, g.State, g.Error, c.Status, len(assets), textsOf(c.Data, "bodies"))
			}
			_, err = Verify(f.Context(), tx, func(r Record) {
				if r.Creative == id && r.Kind == recordGenerated {
					var body struct{ Asset string }
					if err := json.Unmarshal([]byte(r.Body), &body); err != nil || !ids[body.Asset] {
						f.Errorf("record %d of %q, which is no asset or was recorded before: %v", r.Seq, body.Asset, err)
					}
					delete(ids, body.Asset)
				}
			})
			return err
		})
		if err != nil || len(ids) > 0 {
			f.Errorf("%s: %v; not in the ledger: %v", id, err, ids)
		}
	}
}
