package deliver

import (
	"fmt"
	"testing"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// BenchmarkShelf reads a set of 10,000 painted items: for the first time, when something else changed, and when a job has made pictures of 32 of them.
func BenchmarkShelf(b *testing.B) {
	const items = 10_000
	db := storetest.SQLite(b)
	paint := func(tx store.Tx, item *store.Object, at int) error {
		_, err := tx.Exec(b.Context(), `INSERT INTO item_pictures (item_id, recipe, input, picture, reason, updated) VALUES (?, 'r', ?, 'p', '', ?)
			ON CONFLICT (item_id, recipe) DO UPDATE SET updated = excluded.updated`, item.ID, edition.Input("image_background_gen", item.Data, noon.Unix()), at)
		return err
	}
	var all []*store.Object
	err := db.Write(b.Context(), func(tx store.Tx) error {
		results := fmt.Sprintf(`[{"style":%q,"image_hash":"ab"},{"style":"tiles","image_hash":"cd"},{"style":"sand","image_hash":"ef"}]`, theStyle)
		if _, err := tx.Exec(b.Context(), "INSERT INTO pictures (id, results, created) VALUES ('p', ?, 0)", results); err != nil {
			return err
		}
		for i := range items {
			item := productObject(1, "in stock")
			item.ID, item.Seq = fmt.Sprintf("12020000000%07d", i), int64(i+1000)
			all = append(all, item)
			if err := tx.Insert(b.Context(), item); err != nil {
				return err
			}
			if err := paint(tx, item, 1); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	backdrops := []backdrop{{theStyle, "r", "image_background_gen"}, {"tiles", "r", "image_background_gen"}}
	read := func(known *shelf) (s *shelf) {
		err := db.Read(b.Context(), func(tx store.Tx) (err error) {
			s, err = readShelf(b.Context(), tx, theSet, backdrops, known, nil, noon.Unix())
			return err
		})
		if err != nil || len(s.byID) != items {
			b.Fatal(len(s.byID), err)
		}
		return s
	}
	known := read(nil)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			read(nil)
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			if read(known) != known {
				b.Fatal("read again")
			}
		}
	})
	b.Run("painted", func(b *testing.B) {
		at := 2
		for b.Loop() {
			b.StopTimer()
			err := db.Write(b.Context(), func(tx store.Tx) error {
				for _, item := range all[:32] {
					if err := paint(tx, item, at); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			at++
			b.StartTimer()
			known = read(known)
		}
	})
}
