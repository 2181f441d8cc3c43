package store

import "testing"

// Placeholders are numbered in order, and question marks in quotes stay.
func TestNumberPlaceholders(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                                     "",
		"SELECT 1":                             "SELECT 1",
		"a = ? AND b IN (?,?)":                 "a = $1 AND b IN ($2,$3)",
		`a = '?' AND "b?" = ? AND c = 'it''?'`: `a = '?' AND "b?" = $1 AND c = 'it''?'`,
		"'ż?' || ?":                            "'ż?' || $1",
	} {
		if got := numberPlaceholders(query); got != want {
			t.Errorf("%s became %s, want %s", query, got, want)
		}
	}
}
