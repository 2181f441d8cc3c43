package insights

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// pairBreakdown is ours: one row per two assets that an ad showed together, with what they do for each other.
const pairBreakdown = "pair"

// pair says which two assets of which ad a row is about.
type pair struct {
	ad     string
	assets [2]string // ids, in the order of pairColumns
}

// pairColumns are the asset breakdowns of which two make a pair: those whose asset is chosen.
func pairColumns() []string {
	return slices.DeleteFunc(assetColumns(), func(column string) bool { return column == "ad_format_asset" })
}

// choices counts the assets that each ad showed of each column: a column with a single one has no pairs, which would only repeat the rows
// of the other asset.
func choices(rows []*row) map[string][]map[string]bool {
	seen := map[string][]map[string]bool{}
	for _, r := range rows {
		ad, assets := r.split[0], r.split[1:]
		if seen[ad] == nil {
			seen[ad] = make([]map[string]bool, len(assets))
		}
		for i, id := range assets {
			if seen[ad][i] == nil {
				seen[ad][i] = map[string]bool{}
			}
			seen[ad][i][id] = true
		}
	}
	return seen
}

// pairsOf adds rows that are each of an ad and an asset of every column up to rows of two assets. Different viewers cannot be added up.
func pairsOf(rows []*row) ([]*row, error) {
	by := map[string]*row{}
	var out []*row
	seen := choices(rows)
	for _, r := range rows {
		ad, assets := r.split[0], r.split[1:]
		for j := range assets {
			for i := range j {
				if assets[i] == "" || assets[j] == "" || len(seen[ad][i]) < 2 || len(seen[ad][j]) < 2 {
					continue
				}
				p := pair{ad, [2]string{assets[i], assets[j]}}
				key := rowKey(int(r.period.Since), append([]string{r.period.Until.String(), ad, p.assets[0], p.assets[1]}, r.ids...))
				if by[key] == nil {
					by[key] = &row{period: r.period, ids: r.ids, pair: &p, counts: counts{events: map[string]*tally{}}}
					out = append(out, by[key])
				}
				by[key].add(&r.counts)
			}
		}
		if len(out) > maxGroups {
			return nil, tooMuch()
		}
	}
	return out, nil
}

// add adds what was counted of other impressions, but for the viewers.
func (c *counts) add(o *counts) {
	c.impressions, c.clicks, c.spend, c.views = c.impressions+o.impressions, c.clicks+o.clicks, c.spend+o.spend, c.views+o.views
	for k, n := range o.invalid {
		if c.invalid == nil {
			c.invalid = map[invalidReason]int64{}
		}
		c.invalid[k] += n
	}
	for event, t := range o.events {
		sum := c.events[event]
		if sum == nil {
			sum = &tally{map[string]int64{}, map[string]int64{}}
			c.events[event] = sum
		}
		for window, n := range t.count {
			sum.count[window] += n
			sum.value[window] += t.value[window]
		}
	}
}

// readPairs prepares the ads of pair rows with all feeds that they have shown, and finds what is known of each row: four store calls.
func (re *Reporter) readPairs(ctx context.Context, tx store.Tx, q *Request, rows []*row) (map[string]*adReport, error) {
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.pair.ad] = true
	}
	ads, err := re.readAds(ctx, tx, q, ids)
	if err != nil || len(ids) == 0 {
		return ads, err
	}
	if err := readHomes(ctx, tx, ads); err != nil {
		return nil, err
	}
	findings := map[string]map[bandit.Pair]int{}
	for id, a := range ads {
		findings[id] = map[bandit.Pair]int{}
		if l := a.present(); l != nil {
			for n, f := range l.Pairs {
				findings[id][f.Pair] = n
			}
		}
	}
	for _, r := range rows {
		a := ads[r.pair.ad]
		r.rank = math.MaxInt
		if p, ok := pairIn(a.feeds[a.current], r.pair.assets); ok {
			if n, found := findings[r.pair.ad][p]; found {
				r.rank = n
			}
		}
	}
	return ads, nil
}

// readHomes gives reports the feeds of all creatives and editions that their ads have shown: two store calls.
func readHomes(ctx context.Context, tx store.Tx, ads map[string]*adReport) error {
	var args []any
	creatives := map[string]bool{}
	for id, a := range ads {
		args = append(args, id)
		creatives[a.current] = true
	}
	rows, err := tx.Query(ctx, "SELECT DISTINCT ad_id, creative_id FROM rollup_combinations WHERE ad_id IN ("+marks(len(args))+")", args...)
	if err != nil {
		return fmt.Errorf("insights: find creatives: %w", err)
	}
	if err := each(rows, func() error {
		var ad, home string
		err := rows.Scan(&ad, &home)
		ads[ad].homes = append(ads[ad].homes, home)
		creatives[home] = true
		return err
	}); err != nil {
		return err
	}
	for _, a := range ads {
		slices.SortFunc(a.homes, func(x, y string) int { return cmp.Compare(y, x) }) // the newest first: its id is the highest
		a.homes = append([]string{a.current}, a.homes...)
	}
	return readFeeds(ctx, tx, ads, creatives)
}

// pairIn is where two assets are in a feed, the lower slot first.
func pairIn(feed creative.Feed, assets [2]string) (p bandit.Pair, ok bool) {
	slotA, a, foundA := slotOf(feed, assets[0])
	slotB, b, foundB := slotOf(feed, assets[1])
	if slotA > slotB {
		slotA, a, slotB, b = slotB, b, slotA, a
	}
	return bandit.Pair{SlotA: slotA, AssetA: a, SlotB: slotB, AssetB: b}, foundA && foundB && slotA != slotB
}

// pairMembers is what a pair row says beyond the fields: the two assets, by how much more or less they bring together than by themselves,
// how well the counts speak for that, and the verdict with its reason.
func (a *adReport) pairMembers(r *row) object.Ordered {
	out := object.Ordered{{Name: "pair", Value: a.pairAssets(r.pair.assets)}}
	l := a.present()
	if l == nil {
		return append(out, verdict(VerdictLearning, nothingLearnt)...)
	}
	if _, shown := pairIn(a.feeds[a.current], r.pair.assets); !shown {
		return append(out, verdict(VerdictLearning, "The ad does not show these two any more, and nothing more is learnt of them.")...)
	}
	if r.rank == math.MaxInt {
		return append(out, verdict(VerdictLearning, "Nothing has been learnt of these two together yet.")...)
	}
	f := l.Pairs[r.rank].Finding
	out = append(out, object.Member{Name: "effect", Value: effectOf(f)}, object.Member{Name: "e_value", Value: decimals(min(f.E, 1e6))})
	return append(out, verdict(Verdict(f.Say), a.whyPair(l, f))...)
}

// pairAssets describes two assets by the names of their slots, as the newest creative has it that has both, the present one before all.
func (a *adReport) pairAssets(assets [2]string) object.Ordered {
	for _, home := range a.homes {
		feed := a.feeds[home]
		p, ok := pairIn(feed, assets)
		if !ok {
			continue
		}
		var out object.Ordered
		for _, at := range [][2]int{{p.SlotA, p.AssetA}, {p.SlotB, p.AssetB}} {
			value := object.Ordered{{Name: "index", Value: at[1]}}
			value = append(value, assetValue(a.base, feed.Pools[at[0]].Assets[at[1]])...)
			out = append(out, object.Member{Name: feed.Pools[at[0]].Name, Value: value})
		}
		return out
	}
	return object.Ordered{{Name: "ids", Value: assets[:]}}
}
