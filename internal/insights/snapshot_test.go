package insights

import (
	"context"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// TestSnapshot reads a kept report in pages: together they are what a direct query answers, with the addresses of the reader's host.
func TestSnapshot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		fold(t, db, NewFold(), traffic(400, 7), 100)
		params := map[string]any{"time_range": `{"since":"2026-06-01","until":"2026-06-30"}`, "breakdowns": "image_asset,age",
			"fields": "impressions,clicks", "sort": "impressions_descending", "summary": "impressions"}
		q, faults := Parse(params, object.Newest, noon()/1000)
		if err := faults.Err(); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		err := db.Read(ctx, func(tx store.Tx) (err error) {
			if q.Object, err = tx.Object(ctx, adA); err != nil {
				return err
			}
			re := &Reporter{}
			kept, err := re.Snapshot(ctx, tx, q)
			if err != nil {
				return err
			}
			packed, err := kept.Pack()
			if err != nil {
				return err
			}
			q.Base, q.Limit = "https://reader.example", maxGroups
			direct, err := re.Query(ctx, tx, q)
			if err != nil {
				return err
			}
			compareSnapshot(t, packed, direct)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// compareSnapshot pages through a packed snapshot.
func compareSnapshot(t *testing.T, packed []byte, direct *Result) {
	t.Helper()
	s, err := Unpack(packed, "https://reader.example")
	if err != nil {
		t.Fatal(err)
	}
	var rows []object.Ordered
	for after, pages := "", 0; pages == 0 || after != ""; pages++ {
		page, err := s.Page(map[string]any{"limit": "2", "after": after})
		if err != nil {
			t.Fatal(err)
		}
		rows, after = append(rows, page.Rows...), page.Next
	}
	if len(rows) < 3 || s.First.String() != "2026-06-01" || s.Last.String() != "2026-06-30" {
		t.Fatalf("%d rows of %v to %v", len(rows), s.First, s.Last)
	}
	if diff := cmp.Diff(asText(t, direct.Rows), asText(t, rows)); diff != "" {
		t.Error(diff)
	}
	narrow, err := s.Page(map[string]any{"fields": "clicks", "limit": "1"})
	if err != nil || len(narrow.Rows[0]) != 3 {
		t.Errorf("only clicks and the dates: %v, %v", narrow.Rows[0], err)
	}
	table, err := s.CSV()
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(string(table))).ReadAll()
	if err != nil || len(records) != len(rows)+1 {
		t.Errorf("%d lines of CSV for %d rows, %v", len(records), len(rows), err)
	}
}

// asText is rows as they are sent.
func asText(t *testing.T, rows []object.Ordered) (out []string) {
	t.Helper()
	for _, row := range rows {
		text, err := row.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// TestCell keeps formulas out of spreadsheets.
func TestCell(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{`"12"`: "12", `"=1+1"`: "'=1+1", `[{"a":"b"}]`: `[{"a":"b"}]`, `""`: "", ``: ""} {
		if got := cell([]byte(raw)); got != want {
			t.Errorf("%s is written %q, want %q", raw, got, want)
		}
	}
}
