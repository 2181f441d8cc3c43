package marquetry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestServersShareADatabase follows one ad through four servers with a role each: what one of them is told, the others know.
func TestServersShareADatabase(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	server := func(role string) (*marquetry.Server, *client.Client) {
		return start(t, marquetry.Config{Data: storetest.Dir(t), DB: db, Events: "db", Roles: []string{role}})
	}
	first, api := server("api")
	_, decide := server("decide")
	_, other := server("decide")
	_, ingest := server("ingest")
	server("work")
	adset, ad := createAd(t, first.Fresh, api)
	if _, err := api.Post(t.Context(), adset, client.Params{"frequency_control_specs": []map[string]any{{"event": "IMPRESSIONS", "interval_days": 1, "max_frequency": 1}}}); err != nil {
		t.Fatal(err)
	}
	want := client.DecisionRequest{AdSetID: adset, Viewer: client.Viewer{ID: "v1", Country: "US"}}
	var shown client.Decision
	eventually(t, "the ad is decided for", func() bool {
		got, err := decide.Decide(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Decisions) == 1 {
			shown = got.Decisions[0]
		}
		return shown.AdID == ad
	})
	if _, err := ingest.Decide(t.Context(), want); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("a server that takes events decides: %v", err)
	}
	results, err := ingest.Events(t.Context(), []client.Event{{Type: "impression", Token: shown.Token}, {Type: "click", Token: shown.Token}})
	if err != nil || results.Accepted != 2 {
		t.Fatalf("%+v, %v", results, err)
	}
	eventually(t, "the cap holds everywhere", func() bool {
		got, err := other.Decide(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		return got.Reason == "frequency_cap"
	})
	eventually(t, "the click is reported", func() bool {
		for row, err := range api.List(t.Context(), ad+"/insights", client.Params{"fields": "impressions,clicks", "date_preset": "today"}) {
			if err != nil {
				t.Fatal(err)
			}
			return row.String("impressions") == "1" && row.String("clicks") == "1"
		}
		return false
	})
}

// eventually waits for something that takes a moment.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within a minute", what)
		}
	}
}

// TestRolesAnswer asks every kind of path of every role.
func TestRolesAnswer(t *testing.T) {
	t.Parallel()
	for path, roles := range map[string]string{
		"/healthz": "api decide ingest work console", "/v25.0/me": "api", "/v1/status": "api decide ingest work console", "/v1/decisions": "decide", "/tag.js": "decide",
		"/v1/snippet": "decide", "/v1/frame": "decide", "/v1/picture": "decide", "/v1/go": "decide",
		"/media/0123456789abcdef0123456789abcdef": "api decide console", "/v1/events": "ingest", "/t/i": "ingest", "/tr": "ingest", "/trx": "api",
		"/": "api console", "/console/arena": "console", "/static/console.css": "console",
	} {
		for _, role := range marquetry.Roles() {
			refused := marquetry.Refuses(role, path)
			if want := !strings.Contains(roles, role); refused != want {
				t.Errorf("%s of %s: refused %v, want %v", path, role, refused, want)
			}
		}
	}
	if _, err := marquetry.New(t.Context(), marquetry.Config{Data: t.TempDir(), Roles: []string{"all"}}); err == nil {
		t.Error("an unknown role is taken")
	}
}

// TestRolesKnowEveryPath compares the paths that are served with those that roles are given to: each is one of them or below one, and has one.
func TestRolesKnowEveryPath(t *testing.T) {
	t.Parallel()
	server, _ := start(t, marquetry.Config{Data: t.TempDir()})
	served, known := server.Paths()
	under := func(path, prefix string) bool {
		return path == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(path, prefix)
	}
	for _, path := range served {
		if !slices.ContainsFunc(known, func(prefix string) bool { return under(path, prefix) }) {
			t.Errorf("%s is served, and no role is named for it", path)
		}
	}
	for _, prefix := range known {
		if !slices.ContainsFunc(served, func(path string) bool { return under(path, prefix) }) {
			t.Errorf("%s is of a role, and nothing is served there", prefix)
		}
	}
}
