package insights

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
	"pgregory.net/rapid"
)

// TestMatches checks every operator that is emulated, and that the others say so.
func TestMatches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		operator, have string
		want           []string
		match          bool
	}{
		{"EQUAL", "10", []string{"10.0"}, true},
		{"EQUAL", "a,b", []string{"a", "b"}, true},
		{"NOT_EQUAL", "x", []string{"x"}, false},
		{"GREATER_THAN", "10", []string{"9"}, true}, // as numbers: as text 10 comes before 9
		{"GREATER_THAN_OR_EQUAL", "9", []string{"9"}, true},
		{"LESS_THAN", "9", []string{"10"}, true},
		{"LESS_THAN_OR_EQUAL", "10", []string{"9"}, false},
		{"IN", "b", []string{"a", "b"}, true},
		{"NOT_IN", "b", []string{"a", "b"}, false},
		{"ANY", "c", []string{"a", "b"}, false},
		{"NONE", "c", []string{"a", "b"}, true},
		{"IN_RANGE", "5", []string{"1", "5"}, true},
		{"NOT_IN_RANGE", "5", []string{"1", "5"}, false},
		{"CONTAIN", "Autumn sale", []string{"SALE"}, true},
		{"NOT_CONTAIN", "Autumn sale", []string{"sale"}, false},
		{"STARTS_WITH", "Autumn", []string{"au"}, true},
		{"ENDS_WITH", "Autumn", []string{"au"}, false},
	} {
		if match, ok := matches(c.operator, c.have, c.want); !ok || match != c.match {
			t.Errorf("%s %s %v = %v, %v", c.have, c.operator, c.want, match, ok)
		}
	}
	for _, operator := range []string{"AFTER", "BEFORE", "ALL", "TOP", "ON_OR_AFTER", ""} {
		if _, ok := matches(operator, "", []string{"1", "2"}); ok {
			t.Errorf("%s is not emulated, but does something", operator)
		}
	}
}

// TestMatchesOpposites checks that an operator and its negation split all values between them.
func TestMatchesOpposites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.StringMatching(`[a-c,]{0,3}`), rapid.StringMatching(`-?[0-9]{1,2}`))
		have, want := value.Draw(t, "have"), []string{value.Draw(t, "low"), value.Draw(t, "high")}
		for yes, no := range map[string]string{"EQUAL": "NOT_EQUAL", "IN": "NOT_IN", "IN_RANGE": "NOT_IN_RANGE", "CONTAIN": "NOT_CONTAIN",
			"GREATER_THAN": "LESS_THAN_OR_EQUAL", "LESS_THAN": "GREATER_THAN_OR_EQUAL"} {
			a, _ := matches(yes, have, want)
			b, _ := matches(no, have, want)
			if a == b {
				t.Fatalf("%s and %s of %q with %q are both %v", yes, no, have, want, a)
			}
		}
	})
}

// TestFiltersOnObjects checks which ads pass filters on themselves and on what is above them.
func TestFiltersOnObjects(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		fold(t, db, NewFold(), traffic(200, 12), 100)
		err := db.Write(t.Context(), func(tx store.Tx) error {
			ad, err := tx.Object(t.Context(), adB)
			if err != nil {
				return err
			}
			ad.Status = object.Paused
			return tx.Update(t.Context(), ad)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			field, operator, value string
			want                   []string
		}{
			{"ad.id", "IN", adA, []string{adA}},
			{"ad.id", "NOT_IN", adA, []string{adB}},
			{"ad.effective_status", "EQUAL", "PAUSED", []string{adB}},
			{"adgroup.status", "EQUAL", "ACTIVE", []string{adA}},
			{"campaign.name", "CONTAIN", "autumn", []string{adA, adB}},
			{"campaign.effective_status", "IN", "PAUSED", nil},
			{"adset.id", "EQUAL", adsetID, []string{adA, adB}},
			{"campaign.objective", "EQUAL", "OUTCOME_LEADS", nil},
			{"country", "EQUAL", "FR", nil},
			{"country", "NOT_EQUAL", "FR", []string{adA, adB}},
		} {
			got, err := ask(t.Context(), t, db, &Reporter{}, "act_"+accountID, map[string]any{"level": "ad", "fields": "ad_id", "sort": "ad_id_ascending",
				"time_range": `{"since":"2026-06-01","until":"2026-06-30"}`,
				"filtering":  fmt.Sprintf(`[{"field":%q,"operator":%q,"value":%q}]`, c.field, c.operator, c.value)})
			if err != nil {
				t.Errorf("%s %s %s: %v", c.field, c.operator, c.value, err)
				continue
			}
			var ids []string
			for _, r := range got.Rows {
				ids = append(ids, r[0].Value.(string))
			}
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Errorf("%s %s %s:\n%s", c.field, c.operator, c.value, diff)
			}
		}
	})
}
