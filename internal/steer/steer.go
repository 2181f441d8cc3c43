// Package steer reads what an advertiser wants of the learning of one ad: which policy chooses, how large the control slice is, and which
// assets may be shown and together. Assets go by the ids that decisions and reports show.
package steer

import (
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/baseline"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
)

// Fields of an ad.
const (
	fieldPolicy    = "marquetry_policy"
	fieldShare     = "marquetry_control_share"
	fieldStopped   = "marquetry_stopped_assets"
	fieldPinned    = "marquetry_pinned_assets"
	fieldForbidden = "marquetry_forbidden_pairs"
)

// DefaultPolicy is the name of the policy that learns with all that this program can.
const DefaultPolicy = "default"

// MaxControlShare is the largest control slice.
const MaxControlShare = 0.5

// Policies names the policies that can choose.
func Policies() []string { return append([]string{DefaultPolicy}, baseline.Names()...) }

// Wishes is what an ad says.
type Wishes struct {
	Policy    string      // "" leaves it to the operator
	Share     float64     // of the control slice; negative leaves it to the operator
	Stopped   []string    // assets that are not shown
	Pinned    []string    // assets without which nothing of their slot is shown
	Forbidden [][2]string // assets that are not shown together
}

// Of reads a stored ad.
func Of(ad map[string]any) Wishes {
	w := Wishes{Policy: object.Text(ad, fieldPolicy), Share: -1, Stopped: object.IDs(ad[fieldStopped]), Pinned: object.IDs(ad[fieldPinned])}
	if share, ok := ad[fieldShare].(float64); ok {
		w.Share = share
	}
	for _, elem := range object.Listed(ad, fieldForbidden) {
		if ids := pairOf(elem); len(ids) == 2 {
			w.Forbidden = append(w.Forbidden, [2]string{ids[0], ids[1]})
		}
	}
	return w
}

// Limits reports whether the ad says which assets it shows.
func (w Wishes) Limits() bool { return len(w.Stopped)+len(w.Pinned)+len(w.Forbidden) > 0 }

// Legal is what may be shown of a feed; nil when everything may. Assets that the feed does not have are left out: the ad has shown them, or
// will.
func (w Wishes) Legal(feed creative.Feed) *bandit.Legal {
	var legal bandit.Legal
	at := placesOf(feed)
	if len(w.Stopped)+len(w.Pinned) > 0 {
		legal.Stopped = w.stopped(feed)
	}
	for _, ids := range w.Forbidden {
		a, known := at[ids[0]]
		b, too := at[ids[1]]
		if !known || !too || a.slot == b.slot {
			continue
		}
		if a.slot > b.slot {
			a, b = b, a
		}
		legal.Forbidden = append(legal.Forbidden, bandit.Pair{SlotA: a.slot, AssetA: a.asset, SlotB: b.slot, AssetB: b.asset})
	}
	if legal.Forbidden == nil && !slices.ContainsFunc(legal.Stopped, func(slot []bool) bool { return slices.Contains(slot, true) }) {
		return nil
	}
	return &legal
}

// stopped marks the assets of a feed that are not shown, per slot: those that are stopped, and where one is pinned, those that are not.
func (w Wishes) stopped(feed creative.Feed) [][]bool {
	marks := make([][]bool, len(feed.Pools))
	for f, pool := range feed.Pools {
		pinned := func(a creative.Asset) bool { return slices.Contains(w.Pinned, a.ID) }
		narrowed := slices.ContainsFunc(pool.Assets, pinned)
		marks[f] = make([]bool, len(pool.Assets))
		for i, a := range pool.Assets {
			marks[f][i] = slices.Contains(w.Stopped, a.ID) || narrowed && !pinned(a)
		}
	}
	return marks
}

// place is where an asset stands in a feed.
type place struct{ slot, asset int }

// placesOf finds the assets of a feed by their ids.
func placesOf(feed creative.Feed) map[string]place {
	at := map[string]place{}
	for f, pool := range feed.Pools {
		for i, a := range pool.Assets {
			at[a.ID] = place{f, i}
		}
	}
	return at
}
