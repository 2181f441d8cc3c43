package marquetry_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestOlderInstance takes away what instances did not have once; the next start gives it back, and tokens from before belong to the application.
func TestOlderInstance(t *testing.T) {
	t.Parallel()
	config := marquetry.Config{Data: storetest.Dir(t)}
	s, err := marquetry.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	first := s.Fresh
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	forget(t.Context(), t, filepath.Join(config.Data, "marquetry.db"))
	if s, err = marquetry.New(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	a := access{t, s}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	if s.Fresh != (marquetry.Fresh{}) {
		t.Errorf("an instance with data is taken for a new one: %+v", s.Fresh)
	}
	a.want(a.ask(first.Token, "GET", first.AccountID, "fields", "name,business{name,owned_pages{name},owned_ad_accounts{id}}"),
		`"name":"First account"`, `"business":{"name":"First business","owned_pages":{"data":[{"name":"First Page"`, `"owned_ad_accounts":{"data":[{"id":"`+first.AccountID)
	a.want(a.ask(first.Token, "GET", "app"), `"name":"First application"`)
	a.want(a.ask(first.Token, "GET", "debug_token", "input_token", first.Token), `"is_valid":true`, `"application":"First application"`)
	if app, err := s.AppToken(t.Context()); err != nil || len(app) != 18+1+32 {
		t.Errorf("%s, %v", app, err)
	}
}

// forget takes the business, the application and the system user away, and what refers to them.
func forget(ctx context.Context, t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	for statement := range strings.SplitSeq(`DELETE FROM object_refs WHERE field = 'owner';
		DELETE FROM objects WHERE type IN ('business', 'application') OR id = '120200000000000007';
		UPDATE objects SET data = json_remove(data, '$.owner', '$.owner_business_id', '$.business_id', '$.role');
		UPDATE settings SET value = json_remove(value, '$.business_id', '$.app_id', '$.system_user_id') WHERE name = 'ads.seeded';
		DELETE FROM settings WHERE name LIKE 'app.secret.%'; UPDATE tokens SET app_id = ''`, ";") {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
