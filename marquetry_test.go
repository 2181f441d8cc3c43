package marquetry_test

import (
	stdcmp "cmp"
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// start runs a whole instance behind a test server and returns it with a client that may do everything.
func start(t *testing.T, config marquetry.Config) (*marquetry.Server, *client.Client) {
	t.Helper()
	config.Generation.Patience = stdcmp.Or(config.Generation.Patience, time.Minute) // a slow machine fails no test
	s, err := marquetry.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	site := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		site.Close()
		stop()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	token, err := s.CreateToken(t.Context(), marquetry.TokenRequest{Label: "test", Scopes: []string{"admin", "sandbox"}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(site.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// TestMainJob follows one ad from its assets to its report, through HTTP, on both databases.
func TestMainJob(t *testing.T) {
	t.Parallel()
	for name, db := range map[string]string{"SQLite": "", "PostgreSQL": storetest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := start(t, marquetry.Config{Data: storetest.Dir(t), DB: db})
			mainJob(t, s.Fresh, c)
		})
	}
}

// createAd makes a live ad of two titles for purchases and returns its ad set and itself.
func createAd(t *testing.T, fresh marquetry.Fresh, c *client.Client) (adset, ad string) {
	t.Helper()
	ctx := t.Context()
	must := func(id string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	campaign := must(c.Create(ctx, fresh.AccountID+"/campaigns", client.Params{
		"name": "Spring", "objective": "OUTCOME_SALES", "status": "ACTIVE", "special_ad_categories": []string{}, "is_adset_budget_sharing_enabled": false,
	}))
	adset = must(c.Create(ctx, fresh.AccountID+"/adsets", client.Params{
		"name": "Everyone", "campaign_id": campaign, "status": "ACTIVE", "is_dynamic_creative": true, "daily_budget": 5000,
		"billing_event": "IMPRESSIONS", "optimization_goal": "OFFSITE_CONVERSIONS",
		"promoted_object": map[string]string{"pixel_id": fresh.PixelID, "custom_event_type": "PURCHASE"},
		"targeting":       map[string]any{"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0}},
	}))
	texts := func(list ...string) (out []map[string]string) {
		for _, s := range list {
			out = append(out, map[string]string{"text": s})
		}
		return out
	}
	ad = must(c.Create(ctx, fresh.AccountID+"/ads", client.Params{
		"name": "Ad", "adset_id": adset, "status": "ACTIVE",
		"creative": map[string]any{
			"object_story_spec": map[string]string{"page_id": fresh.PageID},
			"asset_feed_spec": map[string]any{
				"images": []map[string]string{{"url": "https://shop.example/a.jpg"}}, "titles": texts("One", "Two"), "bodies": texts("Hello."),
				"call_to_action_types": []string{"SHOP_NOW"}, "link_urls": []map[string]string{{"website_url": "https://shop.example/?from=ad"}},
				"ad_formats": []string{"SINGLE_IMAGE"},
			},
		},
	}))
	return adset, ad
}

// mainJob creates an ad, shows it once, clicks, buys, and reads the report.
func mainJob(t *testing.T, fresh marquetry.Fresh, c *client.Client) {
	t.Helper()
	ctx := t.Context()
	adset, ad := createAd(t, fresh, c)
	got, err := c.Decide(ctx, client.DecisionRequest{AdSetID: adset, Viewer: client.Viewer{ID: "v1", Age: "25-34", Gender: "female", Country: "US"}})
	if err != nil || len(got.Decisions) != 1 {
		t.Fatalf("decide: %+v, %v", got, err)
	}
	d := got.Decisions[0]
	if d.AdID != ad || d.Propensity != 0.5 {
		t.Errorf("ad %s with propensity %v, want %s with 0.5", d.AdID, d.Propensity, ad)
	}
	if err := c.Impression(ctx, d.ImpressionURL); err != nil {
		t.Fatal(err)
	}
	landing, err := c.Click(ctx, d.ClickURL)
	if err != nil {
		t.Fatal(err)
	}
	if landing.Host != "shop.example" || landing.Query().Get("from") != "ad" || landing.Query().Get("fbclid") == "" {
		t.Errorf("the click leads to %s", landing)
	}
	_, err = c.Post(ctx, fresh.PixelID+"/events", client.Params{"data": []map[string]any{{
		"event_name": "Purchase", "event_time": time.Now().Unix(), "action_source": "website", "event_source_url": "https://shop.example/",
		"user_data":   map[string]any{"client_user_agent": "test", "fbc": "fb.1." + "1795315316000." + landing.Query().Get("fbclid")},
		"custom_data": map[string]any{"value": 42.5, "currency": "USD"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Learn(ctx); err != nil {
		t.Fatal(err)
	}
	report, err := c.Get(ctx, ad+"/insights", client.Params{"fields": "impressions,clicks,spend,reach,actions,action_values", "date_preset": "maximum", "breakdowns": "title_asset"})
	if err != nil || len(report.List("data")) != 1 {
		t.Fatalf("insights: %v, %v", report, err)
	}
	row := report.List("data")[0]
	if row.String("impressions") != "1" || row.String("clicks") != "1" || row.String("reach") != "1" || row.String("spend") == "" {
		t.Errorf("row %v", row)
	}
	if title := row.Object("title_asset").String("text"); title != d.Assets["title"].Text {
		t.Errorf("the report credits %q, shown was %q", title, d.Assets["title"].Text)
	}
	bought := ""
	for _, action := range row.List("action_values") {
		if action.String("action_type") == "offsite_conversion.fb_pixel_purchase" {
			bought = action.String("value")
		}
	}
	if bought != "42.5" && bought != "42.50" {
		t.Errorf("action_values %v, want a purchase of 42.50", row["action_values"])
	}
}

// TestRebuildIsExact sends some traffic, dumps rollups, cells and the model, and finds the same bytes after a rebuild from the log.
func TestRebuildIsExact(t *testing.T) {
	t.Parallel()
	for name, db := range map[string]string{"SQLite": "", "PostgreSQL": storetest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := start(t, marquetry.Config{Data: storetest.Dir(t), DB: db, ManualLearning: true})
			adset, _ := createAd(t, s.Fresh, c)
			for i := range 120 {
				visit(t, c, s.Fresh.PixelID, adset, i)
			}
			before := dump(t, s, c)
			if err := s.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(before, dump(t, s, c)); diff != "" {
				t.Errorf("a rebuild changes the state:\n%s", diff)
			}
		})
	}
}

// visit is the i-th person: everybody looks, every third clicks, every sixth buys, half of them without the click id.
func visit(t *testing.T, c *client.Client, pixel, adset string, i int) {
	t.Helper()
	ctx := t.Context()
	person := fmt.Sprintf("person %d", i%50)
	got, err := c.Decide(ctx, client.DecisionRequest{AdSetID: adset, Viewer: client.Viewer{ID: person, Age: "25-34", Country: "US"}})
	if err != nil || len(got.Decisions) != 1 {
		t.Fatalf("decide: %+v, %v", got, err)
	}
	if err := c.Impression(ctx, got.Decisions[0].ImpressionURL); err != nil {
		t.Fatal(err)
	}
	if i%3 != 0 {
		return
	}
	landing, err := c.Click(ctx, got.Decisions[0].ClickURL)
	if err != nil {
		t.Fatal(err)
	}
	bought := url.Values{"cd[value]": {"19.90"}, "cd[currency]": {"USD"}, "external_id": {person}}
	if i%12 == 0 {
		bought.Set("fbclid", landing.Query().Get("fbclid"))
	}
	if i%6 == 0 {
		if err := c.Pixel(ctx, pixel, "Purchase", bought); err != nil {
			t.Fatal(err)
		}
	}
}

// dump learns from all that is logged and returns the whole derived state as text.
func dump(t *testing.T, s *marquetry.Server, c *client.Client) string {
	t.Helper()
	if _, err := c.Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := s.Dump(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestOneServerPerDirectory opens a directory that is in use: another server is refused, a short command is not.
func TestOneServerPerDirectory(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	first, err := marquetry.New(t.Context(), marquetry.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	second, err := marquetry.New(t.Context(), marquetry.Config{Data: data})
	if err == nil || !strings.Contains(err.Error(), "another server is running on "+data) {
		t.Errorf("a second server: %v, %v", second, err)
	}
	beside, err := marquetry.New(t.Context(), marquetry.Config{Data: data, Beside: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := beside.CreateToken(t.Context(), marquetry.TokenRequest{Label: "test", Scopes: []string{"admin"}}); err != nil {
		t.Error(err)
	}
	for _, s := range []*marquetry.Server{beside, first} {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	next, err := marquetry.New(t.Context(), marquetry.Config{Data: data})
	if err != nil {
		t.Fatalf("after the first has closed: %v", err)
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
}

// TestKnowsAfterARestart compares the likeliest combinations before a restart and in the first answer after it.
func TestKnowsAfterARestart(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s, err := marquetry.New(t.Context(), marquetry.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(s.Handler())
	defer site.Close()
	c, err := client.New(site.URL, s.Fresh.Token)
	if err != nil {
		t.Fatal(err)
	}
	adset, _ := createAd(t, s.Fresh, c)
	for i := range 60 {
		visit(t, c, s.Fresh.PixelID, adset, i)
	}
	if _, err := c.Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := client.DecisionRequest{AdSetID: adset, Viewer: client.Viewer{Age: "25-34", Country: "US"}, Explain: true}
	before, err := c.Decide(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := marquetry.New(t.Context(), marquetry.Config{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}()
	reopened := httptest.NewServer(again.Handler())
	defer reopened.Close()
	if c, err = client.New(reopened.URL, s.Fresh.Token); err != nil {
		t.Fatal(err)
	}
	after, err := c.Decide(t.Context(), want)
	if err != nil || len(after.Decisions) != 1 {
		t.Fatalf("%+v, %v", after, err)
	}
	if diff := cmp.Diff(before.Decisions[0].Explain.Candidates, after.Decisions[0].Explain.Candidates); diff != "" {
		t.Errorf("the restart changed what is believed:\n%s", diff)
	}
	if policy := after.Decisions[0].Policy; policy != before.Decisions[0].Policy || policy == "uniform" {
		t.Errorf("policy %q, before the restart %q", policy, before.Decisions[0].Policy)
	}
}
