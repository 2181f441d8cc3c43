package generate

import (
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// A job whose request makes no sense fails, one whose creative cannot be read waits, and neither holds up those behind it or hides what
// became of them.
func TestDamagedRowsHoldNothingUp(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFixture(t, db, func(c *Config) { c.Slow, c.Workers, c.Poll = true, 1, time.Millisecond })
		senseless, unreadable := f.create("text_generation"), f.create("text_generation")
		f.clock.Add(time.Second.Milliseconds())
		sound := f.create("text_generation")
		f.exec("UPDATE jobs SET request = '{\"most\":' WHERE creative_id = ?", senseless)
		f.exec("UPDATE jobs SET failures = 5 WHERE creative_id = ?", unreadable)
		var data string
		f.write(func(tx store.Tx) error {
			return tx.QueryRow(t.Context(), "SELECT data FROM objects WHERE id = ?", unreadable).Scan(&data)
		})
		f.exec("UPDATE objects SET data = ? WHERE id = ?", data[:len(data)-1], unreadable)
		f.runUntil(func() bool { state, _, _, _ := f.job(sound); return state == done })
		f.exec("UPDATE objects SET data = ? WHERE id = ?", data, unreadable)
		f.clock.Add(time.Minute.Milliseconds())
		f.run(f.Service)
		f.agree(4, sound)
		if c, _, _ := f.read(senseless); c.Status != object.Active {
			t.Error("the creative reads " + c.Status)
		}
		if state, problem, _, _ := f.job(senseless); state != failed || !strings.HasPrefix(problem, "its row is damaged: ") {
			t.Errorf("%s %q", state, problem)
		}
		if state, problem, _, _ := f.job(unreadable); state != failed || problem != "given up after 5 failures" {
			t.Errorf("%s %q", state, problem)
		}

		f.exec("UPDATE jobs SET result = 'x' WHERE creative_id = ?", sound)
		f.write(func(tx store.Tx) error {
			all, err := Generations(t.Context(), tx, []string{sound, senseless})
			if err == nil && (len(all) != 2 || !strings.HasPrefix(all[sound].Error, "its row is damaged: ")) {
				t.Errorf("%+v", all)
			}
			return err
		})
	})
}
