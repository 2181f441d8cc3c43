package deliver

import (
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

var update = flag.Bool("update", false, "write golden files")

// Ids of the fixture's objects.
const (
	theAccount  = "120200000000000002"
	otherOwner  = "120200000000000003"
	thePage     = "120200000000000010"
	thePixel    = "120200000000000011"
	otherPixel  = "120200000000000012"
	theCampaign = "120200000000000020"
	theAdSet    = "120200000000000021"
	theCreative = "120200000000000022"
	theAd       = "120200000000000023"
)

// noon is the fixture's time: Sunday 2026-11-22, 12:00 UTC.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fixture is a whole delivery on real files: one account (USD, Los Angeles) with one live dynamic ad of 108 combinations.
type fixture struct {
	*Service
	db     *store.DB
	log    *eventlog.SQLite
	folder *eventlog.Folder
	server *httptest.Server
	clock  *clock
}

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the time that the clock shows.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// advance moves the clock.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// seeded is a repeatable source of randomness, safe for concurrent use.
type seeded struct {
	mu  sync.Mutex
	rng *rand.ChaCha8
}

// Read implements io.Reader.
func (s *seeded) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rng.Read(p)
}

// newSeeded starts the source; the same seed gives the same bytes.
func newSeeded(seed byte) io.Reader { return &seeded{rng: rand.NewChaCha8([32]byte{seed})} }

// newFixture opens everything; change may alter the configuration.
func newFixture(t testing.TB, change func(*Config)) *fixture {
	t.Helper()
	return newFixtureOn(t, storetest.SQLite(t), change)
}

// newFixtureOn is newFixture on a given database, which must be empty.
func newFixtureOn(t testing.TB, db *store.DB, change func(*Config)) *fixture {
	t.Helper()
	cfg := DefaultConfig()
	if change != nil {
		change(&cfg)
	}
	f := &fixture{db: db, clock: &clock{now: noon}}
	f.put(t, objects()...)
	var err error
	if f.log, err = eventlog.OpenSQLite(filepath.Join(t.TempDir(), "events.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.log.Close(); err != nil {
			t.Error(err)
		}
	})
	quiet := slog.New(slog.DiscardHandler)
	f.folder = eventlog.NewFolder(f.log, db, quiet, NewFold(cfg.Attributes, quiet))
	f.Service, err = New(t.Context(), cfg, db, f.log, f.folder, Sources{Now: f.clock.Now, Random: newSeeded(1)}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	f.server = httptest.NewServer(f.Handler())
	t.Cleanup(f.server.Close)
	return f
}

// put inserts objects, or replaces those that exist, and has them seen.
func (f *fixture) put(t testing.TB, all ...*store.Object) {
	t.Helper()
	ctx := context.Background()
	err := f.db.Write(ctx, func(tx store.Tx) error {
		for _, o := range all {
			if _, err := tx.Object(ctx, o.ID); err == nil {
				if err := tx.Update(ctx, o); err != nil {
					return err
				}
				continue
			}
			if err := tx.Insert(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && f.Service != nil {
		err = f.refresh(ctx, objectsOnly)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// token puts an access token with scopes and returns its secret.
func (f *fixture) token(t testing.TB, scopes ...string) string {
	t.Helper()
	secret := "mq_" + strings.Join(scopes, "-")
	err := f.db.Write(t.Context(), func(tx store.Tx) error {
		return tx.PutToken(t.Context(), &store.Token{Hash: store.HashToken(secret), Label: "test", Scopes: scopes})
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// learn folds and refits.
func (f *fixture) learn(t testing.TB) client.Learned {
	t.Helper()
	learned, err := f.Learn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return learned
}

// decide asks in process and expects exactly one decision.
func (f *fixture) decide(t testing.TB, req client.DecisionRequest) client.Decision {
	t.Helper()
	answer, err := f.Decide(t.Context(), req, sandboxCaller(), f.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Decisions) != 1 {
		t.Fatalf("%d decisions, reason %q", len(answer.Decisions), answer.Reason)
	}
	return answer.Decisions[0]
}

// sandboxCaller may do everything.
func sandboxCaller() Caller {
	return Caller{Base: "https://ads.example", Sandbox: true, Reads: func(string) bool { return true }}
}

// get requests a path and returns the answer with its body; redirects are not followed.
func (f *fixture) get(t testing.TB, path string) (*http.Response, string) {
	t.Helper()
	return f.send(t, http.MethodGet, path, "", "")
}

// send requests a path with a body and an access token, both optional.
func (f *fixture) send(t testing.TB, method, path, body, token string) (*http.Response, string) {
	t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = f.server.URL + path
	}
	r, err := http.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w, err := f.server.Client().Transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(w.Body)
	if err = errors.Join(err, w.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return w, string(text)
}

// logged reads the whole event log.
func (f *fixture) logged(t testing.TB) []eventlog.Event {
	t.Helper()
	events, err := f.log.Read(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// golden compares with a file below testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test -update writes it):\n%s", name, got)
	}
}

// objects is the fixture's tree.
func objects() []*store.Object {
	made := noon.Add(-time.Hour).Unix()
	return []*store.Object{
		accountObject(theAccount, "America/Los_Angeles", made),
		accountObject(otherOwner, "UTC", made),
		{ID: thePage, Type: "page", Status: "", Created: made, Data: map[string]any{"name": "Field & Forest"}},
		{ID: thePixel, Type: "adspixel", AccountID: theAccount, Created: made, Data: map[string]any{"name": "Shop"}},
		{ID: otherPixel, Type: "adspixel", AccountID: otherOwner, Created: made, Data: map[string]any{"name": "Other"}},
		campaignObject(made),
		adSetObject(theAdSet, made),
		creativeObject(theCreative, made),
		adObject(theAd, theAdSet, made),
	}
}

// accountObject is an ad account.
func accountObject(digits, zone string, made int64) *store.Object {
	return &store.Object{ID: "act_" + digits, Type: "adaccount", AccountID: digits, Created: made, Data: map[string]any{
		"name": "Shop", "currency": "USD", "timezone_name": zone,
	}}
}

// campaignObject is the fixture's campaign, without a budget.
func campaignObject(made int64) *store.Object {
	return &store.Object{ID: theCampaign, Type: "campaign", AccountID: theAccount, Status: "ACTIVE", Created: made, Data: map[string]any{"name": "Spring sale"}}
}

// adSetObject is a live ad set that is optimised for purchases in the United States.
func adSetObject(id string, made int64) *store.Object {
	return &store.Object{ID: id, Type: "adset", AccountID: theAccount, Status: "ACTIVE", Created: made, Data: map[string]any{
		"name": "Everyone", "campaign_id": theCampaign, "optimization_goal": "OFFSITE_CONVERSIONS", "daily_budget": int64(5_000_000),
		"promoted_object": map[string]any{"pixel_id": thePixel, "custom_event_type": "PURCHASE"},
		"targeting":       map[string]any{"geo_locations": map[string]any{"countries": []any{"US"}}, "age_min": int64(18)},
	}}
}

// adObject is a live ad.
func adObject(id, set string, made int64) *store.Object {
	return &store.Object{ID: id, Type: "ad", AccountID: theAccount, Status: "ACTIVE", Created: made, Data: map[string]any{
		"name": "Boots", "adset_id": set, "creative_id": theCreative,
	}}
}

// creativeObject is a dynamic creative of 3 × 3 × 3 × 2 × 2 × 1 assets.
func creativeObject(id string, made int64) *store.Object {
	texts := func(all ...string) []any {
		var list []any
		for _, s := range all {
			list = append(list, map[string]any{"text": s})
		}
		return list
	}
	return &store.Object{ID: id, Type: "adcreative", AccountID: theAccount, Status: "ACTIVE", Created: made, Data: map[string]any{
		"object_story_spec": map[string]any{"page_id": thePage},
		"url_tags":          "utm_campaign={{campaign.name}}&utm_place={{placement}}",
		"asset_feed_spec": map[string]any{
			"images":               []any{map[string]any{"hash": strings.Repeat("a1", 16)}, map[string]any{"hash": strings.Repeat("b2", 16)}, map[string]any{"hash": strings.Repeat("c3", 16)}},
			"titles":               texts("Boots for every path", "Walk <further>", "Dry feet, warm heart"),
			"bodies":               texts("Made by hand.", "Tested in the rain & mud.", "Free returns."),
			"descriptions":         texts("From 89.00", "Ships today"),
			"call_to_action_types": []any{"SHOP_NOW", "LEARN_MORE"},
			"link_urls":            []any{map[string]any{"website_url": "https://www.shop.example/boots?ref=1", "url_tags": "kind=link"}},
			"ad_formats":           []any{"SINGLE_IMAGE"},
		},
	}}
}
