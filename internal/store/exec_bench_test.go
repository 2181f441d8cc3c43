package store_test

import (
	"testing"

	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// BenchmarkUpsert is what a fold does most: the same few statements again and again in one transaction.
func BenchmarkUpsert(b *testing.B) {
	db := storetest.SQLite(b)
	ctx := b.Context()
	err := db.Write(ctx, func(tx store.Tx) error {
		for i := range b.N {
			_, err := tx.Exec(ctx, `INSERT INTO rollup_days (cell, day, impressions, clicks, spend) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (cell, day) DO UPDATE SET impressions = rollup_days.impressions + excluded.impressions, spend = rollup_days.spend + excluded.spend`,
				i%1000, i%7, 1, 0, 5000)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
