package insights

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed(t, db)
		var events []eventlog.Event
		for i, body := range []uint8{1, 0, 1} {
			events = append(events, eventlog.Event{Kind: eventlog.Impression, At: noon() + int64(i), Exposure: show(uint64(i+1), noon(), 0, 0, body, 1, 0)})
		}
		events = append(events, eventlog.Event{Kind: eventlog.Click, At: noon() + 9, Exposure: events[0].Exposure})
		fold(t, db, NewFold(), events, 4)
		err := db.Read(t.Context(), func(tx store.Tx) error {
			today := dayOf(noon(), time.UTC)
			all := []Text{{creativeA, "Made for rain.", 2, 1}, {creativeA, "Made to last.", 1, 0}}
			for _, c := range []struct {
				account string
				from    Day
				most    int
				want    []Text
			}{{accountID, today, 9, all}, {accountID, today, 1, all[:1]}, {accountID, today + 1, 9, nil}, {"0", today, 9, nil}} {
				got, err := Texts(t.Context(), tx, c.account, c.from, c.most)
				if err != nil {
					return err
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("account %s from %d:\n%s", c.account, c.from, diff)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
