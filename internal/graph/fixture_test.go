package graph

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// The tokens of a fixture: admin touches everything, the others one account each, and reader cannot write.
const (
	adminToken   = "mq_admin-token"
	tokenA       = "mq_token-of-account-1"
	tokenB       = "mq_token-of-account-2"
	readerToken  = "mq_reader-of-account-1"
	expiredToken = "mq_expired-token"
	pagesToken   = "mq_pages-token"
)

// began is the fixture's clock at its start: 2026-01-31 08:00 in Los Angeles.
func began() time.Time { return time.Unix(1769875200, 0) }

// fixture is a handler over a small registry and a real database: accounts 1 (Los Angeles) and 2 (Berlin), a user, a page, and in each
// account two campaigns with three ads.
type fixture struct {
	*Handler
	db   Database
	logs *strings.Builder
	ids  map[string]string // "1/campaign/0" to id
}

// newFixture fills a new SQLite database. Wrap may put something between the handler and the database.
func newFixture(t testing.TB, wrap ...func(Database) Database) *fixture {
	t.Helper()
	var db Database = storetest.SQLite(t)
	for _, w := range wrap {
		db = w(db)
	}
	f := &fixture{db: db, logs: &strings.Builder{}, ids: map[string]string{}}
	registry, err := object.Build(testTypes()...)
	if err != nil {
		t.Fatal(err)
	}
	f.Handler, err = New(testConfig(f.logs), registry, db, testExtensions())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), f.fill); err != nil {
		t.Fatal(err)
	}
	return f
}

// testConfig has a clock that advances a second at each look, trace ids that count, and logs to a string.
func testConfig(logs io.Writer) Config {
	c := DefaultConfig()
	ticks, traces := 0, 0
	c.Now = func() time.Time { ticks++; return began().Add(time.Duration(ticks) * time.Millisecond) }
	c.NewTraceID = func() string { traces++; return fmt.Sprintf("Trace%06d", traces) }
	c.Logger = slog.New(slog.NewTextHandler(logs, nil))
	return c
}

// fill makes the fixture's objects and tokens.
func (f *fixture) fill(tx store.Tx) error {
	ctx := context.Background()
	objects := []*store.Object{
		{ID: "100000000000000001", Type: "user", Data: map[string]any{"name": "Ada"}},
		{ID: "100000000000000002", Type: "page", Data: map[string]any{"name": "Bakery"}},
		{ID: "act_1", Type: "adaccount", AccountID: "1", Data: map[string]any{"name": "One", "timezone_name": "America/Los_Angeles"}},
		{ID: "act_2", Type: "adaccount", AccountID: "2", Data: map[string]any{"name": "Two", "timezone_name": "Europe/Berlin"}},
	}
	call := &Call{handler: f.Handler, Now: began().Unix()}
	for _, o := range objects {
		if err := call.Save(ctx, tx, o); err != nil {
			return err
		}
	}
	for _, account := range []string{"1", "2"} {
		if err := f.fillAccount(ctx, tx, call, account); err != nil {
			return err
		}
	}
	for secret, k := range map[string]store.Token{
		adminToken:   {Label: "admin", Scopes: []string{"admin"}},
		tokenA:       {Label: "a", Scopes: []string{"ads_management"}, Accounts: []string{"1"}},
		tokenB:       {Label: "b", Scopes: []string{"ads_management"}, Accounts: []string{"2"}},
		readerToken:  {Label: "reader", Scopes: []string{"ads_read"}, Accounts: []string{"1"}},
		expiredToken: {Label: "old", Scopes: []string{"admin"}, Expires: began().Unix() - 60},
		pagesToken:   {Label: "pages", Scopes: []string{"pages_read_engagement"}},
	} {
		k.Hash, k.UserID = store.HashToken(secret), "100000000000000001"
		if err := tx.PutToken(ctx, &k); err != nil {
			return err
		}
	}
	return nil
}

// fillAccount makes two campaigns with three ads each, and a creative that the ads share.
func (f *fixture) fillAccount(ctx context.Context, tx store.Tx, call *Call, account string) error {
	add := func(key, typ string, data map[string]any) (string, error) {
		id, seq, err := tx.NextID(ctx)
		if err != nil {
			return "", err
		}
		status, _ := data["status"].(string)
		o := &store.Object{ID: id, Seq: seq, Type: typ, AccountID: account, Status: status, Data: data, Created: call.Now, Updated: call.Now}
		o.Refs = References(f.registry.Type(typ), o)
		f.ids[account+"/"+key] = id
		return id, tx.Insert(ctx, o)
	}
	creative, err := add("creative", "adcreative", map[string]any{"name": "Creative " + account, "spec": map[string]any{"link": map[string]any{"message": "Hi", "url": "https://example.com/?a=1&b=2"}, "tags": []any{map[string]any{"text": "x", "n": int64(1)}}}})
	if err != nil {
		return err
	}
	for c := range 2 {
		campaign, err := add(fmt.Sprintf("campaign/%d", c), "campaign", map[string]any{"name": fmt.Sprintf("Campaign %s.%d", account, c), "status": []string{"ACTIVE", "PAUSED"}[c], "objective": "OUTCOME_SALES", "daily_budget": int64(5000), "start_time": began().Unix()})
		if err != nil {
			return err
		}
		for a := range 3 {
			if _, err := add(fmt.Sprintf("ad/%d.%d", c, a), "ad", map[string]any{"name": fmt.Sprintf("Ad %s.%d.%d", account, c, a), "status": []string{"ACTIVE", "PAUSED", "ARCHIVED"}[a], "campaign_id": campaign, "creative_id": creative}); err != nil {
				return err
			}
		}
	}
	return nil
}

// do sends a request with a token in the query.
func (f *fixture) do(method, target, token, body string, headers ...string) *httptest.ResponseRecorder {
	if token != "" {
		join := "?"
		if strings.Contains(target, "?") {
			join = "&"
		}
		target += join + "access_token=" + token
	}
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

// get is a read with the admin's token that must succeed; it returns the body.
func (f *fixture) get(t testing.TB, target string) string {
	t.Helper()
	w := f.do(http.MethodGet, target, adminToken, "")
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	return strings.TrimSpace(w.Body.String())
}

// testTypes is a registry as small as the protocol's features allow.
func testTypes() []*object.Type {
	const editable = object.Editable
	id := object.Field{Name: "id", Kind: object.ID, Mode: object.Derived | object.Default}
	account := object.Field{Name: "account_id", Kind: object.ID, Mode: object.Derived}
	created := object.Field{Name: "created_time", Kind: object.Time, Mode: object.Derived}
	name := object.Field{Name: "name", Kind: object.String, Mode: editable | object.Required, MaxRunes: 40}
	statuses := []string{"ACTIVE", "PAUSED", "ARCHIVED", "DELETED"}
	status := object.Field{Name: "status", Kind: object.Enum, Enum: statuses, Mode: editable, Preset: "PAUSED", Alias: []string{"run_status"}}
	effective := object.Field{Name: "effective_status", Kind: object.Enum, Enum: append(statuses, "CAMPAIGN_PAUSED"), Mode: object.Derived, Compute: "effective"}
	wanted := []object.Field{{Name: "effective_status", Kind: object.List, Elem: object.Enum, Enum: effective.Enum}}
	options := object.Field{Name: "execution_options", Kind: object.List, Elem: object.String, Mode: object.Create | object.Update}
	return []*object.Type{
		{Name: "user", Display: "User", Scopes: object.Scopes{Read: object.AnyToken}, Fields: []object.Field{id, name}, Edges: []object.Edge{
			{Name: "adaccounts", Target: "adaccount", Resolve: "accounts"},
		}},
		{Name: "page", Display: "Page", Scopes: object.Scopes{Read: object.PagesRead, Write: object.PagesAds, Shared: true}, Fields: []object.Field{id, name}},
		{Name: "adaccount", Display: "AdAccount", Fields: []object.Field{id, account, created, name, {Name: "timezone_name", Kind: object.String, Mode: editable}}, Edges: []object.Edge{
			{Name: "campaigns", Target: "campaign", By: "account_id", Create: true, Params: wanted},
			{Name: "ads", Target: "ad", By: "account_id", Create: true, Params: wanted},
			{Name: "adcreatives", Target: "adcreative", By: "account_id", Create: true},
			{Name: "things", Resolve: "things", Action: "echo", Delete: "echo", Params: []object.Field{{Name: "size", Kind: object.Int, Mode: object.Required}, {Name: "names", Kind: object.List, Elem: object.String}}},
		}},
		{Name: "campaign", Display: "AdCampaignGroup", Prepare: []string{"campaign"}, Delete: []string{"campaign"}, Fields: []object.Field{
			id, account, created, name, status, effective, options,
			{Name: "objective", Kind: object.Enum, Enum: []string{"OUTCOME_SALES", "OUTCOME_TRAFFIC"}, Mode: object.Fixed | object.Required},
			{Name: "daily_budget", Kind: object.Money, Mode: editable},
			{Name: "start_time", Kind: object.Time, Mode: editable},
			{Name: "score", Kind: object.Float, Mode: editable},
			{Name: "is_big", Kind: object.Bool, Mode: editable},
			{Name: "labels", Kind: object.List, Elem: object.String, Mode: editable},
			{Name: "categories", Kind: object.List, Elem: object.Enum, Enum: []string{"NONE", "CREDIT"}, Mode: editable},
			{Name: "spec", Kind: object.Object, Mode: editable},
			{Name: "modern", Kind: object.Bool, Mode: editable, Since: 250},
			{Name: "antique", Kind: object.Bool, Mode: editable, Until: 200},
		}, Edges: []object.Edge{
			{Name: "ads", Alias: []string{"adgroups"}, Target: "ad", By: "campaign_id", Params: wanted},
		}},
		{Name: "adcreative", Display: "AdCreative", Prepare: []string{"creative"}, Fields: []object.Field{id, account, name, {Name: "spec", Kind: object.Object, Mode: editable}}, Edges: []object.Edge{
			{Name: "ads", Target: "ad", By: "creative_id"},
		}},
		{Name: "ad", Display: "AdGroup", Prepare: []string{"ad"}, Fields: []object.Field{
			id, account, created, name, status, effective,
			{Name: "campaign_id", Kind: object.ID, Ref: "campaign", Mode: object.Fixed | object.Required},
			{Name: "campaign", Kind: object.Object, Ref: "campaign", Mode: object.Derived},
			{Name: "creative_id", Kind: object.ID, Ref: "adcreative", Mode: object.Derived},
			{Name: "creative", Kind: object.Object, Ref: "adcreative", Mode: object.Editable | object.Required},
			{Name: "owner", Kind: object.Object, Ref: "adaccount", Mode: object.Derived, Compute: "owner"},
		}, Edges: []object.Edge{
			{Name: "adcreatives", Target: "adcreative", Via: "creative_id"},
		}},
	}
}

// testExtensions are the smallest extensions that need every part of the contract.
func testExtensions() Extensions {
	return Extensions{
		Hooks: map[string]Hook{"campaign": campaignHook, "creative": creativeHook, "ad": adHook},
		Deletes: map[string]DeleteHook{"campaign": func(_ context.Context, _ *Call, _ store.Tx, o *store.Object) error {
			if strings.Contains(fmt.Sprint(o.Data["name"]), "keep") {
				return &object.Fault{Rule: "kept", Message: "this campaign is kept", Subcode: 1340029}
			}
			return nil
		}},
		Fields: map[string]FieldResolver{"effective": effectiveStatus, "owner": ownerField},
		Edges: map[string]EdgeResolver{
			"accounts": func(ctx context.Context, _ *Call, tx store.Tx, _ *Selection) (*Rows, error) {
				rows := &Rows{Objects: []*store.Object{}}
				err := tx.All(ctx, "adaccount", func(o *store.Object) error { rows.Objects = append([]*store.Object{o}, rows.Objects...); return nil })
				return rows, err
			},
			"things": func(_ context.Context, c *Call, _ store.Tx, sub *Selection) (*Rows, error) {
				return &Rows{Data: []any{map[string]any{"size": c.Args["size"], "names": c.Args["names"], "asked": sub.String()}}, Next: "n2", Total: 7}, nil
			},
		},
		Actions: map[string]Action{"echo": func(_ context.Context, c *Call, _ store.Tx) (any, error) {
			if c.Args["size"] == int64(13) {
				panic("thirteen")
			}
			return map[string]any{"size": c.Args["size"], "verb": c.verb, "ready": c.Ready}, nil
		}},
		Prepare: map[string]Preparation{"echo": func(_ context.Context, c *Call, _ Reader) (any, error) {
			if c.Params["size"] == "6" {
				return nil, &object.Fault{Rule: "unprepared", Message: "six is not prepared"}
			}
			return "prepared for " + c.Node.ID, nil
		}},
	}
}

// campaignHook has one rule, one piece of advice, and one thing to do after the row.
func campaignHook(ctx context.Context, w *Write) error {
	if budget, ok := w.Data["daily_budget"].(int64); ok && budget < 100 {
		w.Fault(&object.Fault{Path: []string{"daily_budget"}, Rule: "budget.min", Message: "daily_budget must be at least 100", Title: "Budget too small", Detail: "Raise the daily budget.", Subcode: 1885272, Sent: int(budget), Limit: 100})
	} else if ok && budget < 2000 {
		w.Warnings = append(w.Warnings, object.Warning{Rule: "budget.advice", Path: []string{"daily_budget"}, Message: "budget under 20.00"})
	}
	if w.Data["name"] == "explode" {
		w.After = append(w.After, func(string) error { return fmt.Errorf("exploded") })
	}
	return nil
}

// creativeHook answers the existing creative for an equal name.
func creativeHook(ctx context.Context, w *Write) error {
	w.Hash, _ = w.Data["name"].(string)
	if !w.Creating() {
		return nil
	}
	existing, err := w.Tx.ObjectByHash(ctx, "adcreative", accountOf(w.Account), w.Hash)
	if err == nil {
		w.Existing = existing
	}
	return nil
}

// adHook takes a creative by id or makes the one that was sent inline.
func adHook(ctx context.Context, w *Write) error {
	spec, ok := w.Data["creative"].(map[string]any)
	if !ok {
		return nil
	}
	if id, ok := spec["creative_id"].(string); ok {
		w.Data["creative_id"] = id
		return nil
	}
	made, err := w.Create(ctx, w.Tx, "adcreative", spec)
	if err != nil {
		return err
	}
	if made.Existing != nil {
		made.Row = made.Existing
	}
	w.Data["creative_id"] = made.Row.ID
	return nil
}

// effectiveStatus looks at the parents of all objects with one store call.
func effectiveStatus(ctx context.Context, _ *Call, tx store.Tx, objs []*store.Object, _ *Selection) ([]any, error) {
	var ids []string
	for _, o := range objs {
		ids = append(ids, idsIn(o.Data["campaign_id"])...)
	}
	found, err := tx.Objects(ctx, ids)
	if err != nil {
		return nil, err
	}
	values := make([]any, len(objs))
	for i, o := range objs {
		if o.Type == "campaign" {
			values[i] = object.EffectiveStatus(o.Status, "", "")
			continue
		}
		parent := found[o.Data["campaign_id"].(string)]
		values[i] = object.EffectiveStatus(parent.Status, "ACTIVE", o.Status)
	}
	return values, nil
}

// ownerField gives stored objects to render.
func ownerField(ctx context.Context, _ *Call, tx store.Tx, objs []*store.Object, _ *Selection) ([]any, error) {
	values := make([]any, len(objs))
	found, err := tx.Objects(ctx, []string{"act_1", "act_2"})
	for i, o := range objs {
		values[i] = found["act_"+o.AccountID]
	}
	return values, err
}
