package deliver

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/store"
)

// rotate logs impressions of an ad at a moment, every combination once a round; each fifth of those with the second title is clicked.
func (f *fixture) rotate(t testing.TB, ad string, at time.Time, rounds int) {
	t.Helper()
	shows := f.Snapshot().objects.creatives[theCreative]
	var events []eventlog.Event
	for i := range rounds * shows.space.Size() {
		x := &eventlog.Exposure{
			Decision: uint64(at.Unix())<<20 + uint64(i), At: at.UnixMilli(), AdID: ad, CreativeID: theCreative, Propensity: 0.01,
			Slots: shows.space.Slots(i%shows.space.Size(), make([]uint8, len(shows.space.Sizes))),
		}
		events = append(events, exposureEvent(eventlog.Impression, x, x.At))
		if shows.feed.Assets(x.Slots)[1].Text == "Walk <further>" && i%5 == 0 {
			events = append(events, exposureEvent(eventlog.Click, x, x.At))
		}
	}
	if _, err := f.record(t.Context(), events); err != nil {
		t.Fatal(err)
	}
}

// believed is what is believed of an ad of the fixture's creative that was first shown on the fixture's day.
func (f *fixture) believed(t testing.TB, a *ad, service *Service) bandit.Options {
	t.Helper()
	shows := f.Snapshot().objects.creatives[theCreative]
	line := lineage{space: shows.space, cells: []bandit.Cell{{Day: dayOf(noon, time.UTC), Impressions: 1}}}
	var opt bandit.Options
	err := f.db.Read(t.Context(), func(tx store.Tx) (err error) {
		opt, err = service.inherit(t.Context(), tx, service.Snapshot(), a, line)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return opt
}

func TestAnAdInheritsWhatItsAccountLearnt(t *testing.T) {
	t.Parallel()
	f := newFixture(t, nil)
	const other = theAd + "9"
	f.put(t, adObject(other, theAdSet, noon.Unix()))
	f.rotate(t, theAd, noon.AddDate(0, 0, -40), 12)
	f.learn(t)
	pupil := f.Snapshot().objects.ads[other]
	got := f.believed(t, pupil, f.Service)
	if means := got.Priors.Means[1]; means[1] <= means[0]+0.05 || means[1] <= means[2]+0.05 {
		t.Errorf("means of the titles are %.3f, want the second above the others", means)
	}
	if got.ClickRate < 0.03 {
		t.Errorf("the click rate is believed to be %.4f, the other ad had 0.0667", got.ClickRate)
	}

	t.Run("nothing else counts", func(t *testing.T) {
		f.rotate(t, theAd, noon.AddDate(0, 0, -3), 12) // more may come of these days
		f.rotate(t, other, noon, 1)
		f.learn(t)
		fresh, err := New(t.Context(), f.cfg, f.db, f.log, f.folder, f.sources, f.Service.log)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fresh.Learn(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*Service{"this process": f.Service, "one that starts now": fresh} {
			if diff := cmp.Diff(got, f.believed(t, pupil, s)); diff != "" {
				t.Errorf("%s believes otherwise than before: %s", name, diff)
			}
		}
	})
	t.Run("an ad does not learn from itself", func(t *testing.T) {
		if diff := cmp.Diff(bandit.DefaultOptions(), f.believed(t, f.Snapshot().objects.ads[theAd], f.Service)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("accounts do not learn from each other", func(t *testing.T) {
		foreign := *pupil
		set := *pupil.adset
		set.account = f.Snapshot().objects.accounts[otherOwner]
		foreign.adset = &set
		if diff := cmp.Diff(bandit.DefaultOptions(), f.believed(t, &foreign, f.Service)); diff != "" {
			t.Error(diff)
		}
	})
}
