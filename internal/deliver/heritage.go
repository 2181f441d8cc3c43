package deliver

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/bandit/heritage"
	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/store"
)

// Of an account's other ads those teach that were shown so often, the most shown first; and so many rows of their counters are read at most.
const (
	leastShown   = 1000
	mostTeachers = 32
	mostTaught   = 100_000
)

// mostHeritages bounds what is kept of the heritages of all accounts.
const mostHeritages = 256

// teaching names a heritage: what ads have taught until a day, exclusive.
type teaching struct {
	teachers string // ids
	event    string // that counts as conversion
	until    int32
	events   int64 // of the teachers; it grows after the fact only by decisions that were made for a time of the caller's choice
}

// inherit is what to believe of an ad before its own counters speak: what the account's other ads had taught when it was first shown.
// Only days count of which nothing more can come by then, so that it is the same ever after, in every process, however far the log is read:
// those longer ago than a token is believed, and than a conversion may be reported late.
func (s *Service) inherit(ctx context.Context, tx store.Tx, now *Snapshot, a *ad, line lineage) (bandit.Options, error) {
	first, event, late := bandit.TotalsOf(line.cells).FirstDay, a.adset.event, s.cfg.TokenTTL+maxOnlineAge
	if a.adset.objective == bandit.Clicks {
		event, late = "", s.cfg.TokenTTL
	}
	until := first - int32(late/(24*time.Hour)) - 1
	ids, events := now.teachers(a, until, first)
	if len(ids) == 0 {
		return bandit.DefaultOptions(), nil
	}
	key := teaching{strings.Join(ids, " "), event, until, events}
	h := s.heritages[key]
	if h == nil {
		ads, err := readTeachers(ctx, tx, now.objects, ids, key)
		if err != nil {
			return bandit.Options{}, err
		}
		if len(s.heritages) >= mostHeritages {
			clear(s.heritages)
		}
		h = heritage.Learn(ads, bandit.DefaultOptions())
		s.heritages[key] = h
	}
	slots := slotsOf(a.creative.feed)
	for f := range slots { // assets of earlier creatives stand behind
		slots[f].Assets = append(slots[f].Assets, make([]heritage.Asset, line.space.Sizes[f]-len(slots[f].Assets))...)
	}
	return h.Options(slots), nil
}

// teachers are the ads of an account, but for one of them, that were shown enough before a day, and how many events they had before the
// first day of that one.
func (s *Snapshot) teachers(pupil *ad, until, first int32) (ids []string, events int64) {
	shown := map[string]int64{}
	for _, a := range pupil.adset.account.ads {
		impressions := int64(0) // of many ads at every fit: no map within
		for _, d := range s.history[a.id] {
			if d.day < until {
				impressions += d.impressions
			}
		}
		if impressions >= leastShown && a != pupil {
			shown[a.id] = impressions
			ids = append(ids, a.id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(shown[b], shown[a]), cmp.Compare(a, b)) })
	ids = ids[:min(len(ids), mostTeachers)]
	for _, id := range ids {
		for _, d := range s.history[id] {
			if d.day < first {
				events += d.impressions + d.clicks + d.conversions[pupil.adset.event]
			}
		}
	}
	return ids, events
}

// readTeachers reads what some ads have taught, an ad of the heritage for each creative that one of them has shown.
func readTeachers(ctx context.Context, tx store.Tx, objects *index, ids []string, t teaching) ([]heritage.Ad, error) {
	arguments := []any{t.event, t.until}
	for _, id := range ids {
		arguments = append(arguments, id)
	}
	rows, err := tx.Query(ctx, `SELECT ad_id, creative_id, signature, combination,
		CAST(SUM(impressions) AS BIGINT), CAST(SUM(clicks) AS BIGINT), CAST(SUM(conversions) AS BIGINT)
		FROM learn_cells WHERE event IN ('', ?) AND day < ? AND ad_id IN (?`+strings.Repeat(", ?", len(ids)-1)+`)
		GROUP BY ad_id, creative_id, signature, combination ORDER BY ad_id, creative_id, signature, combination LIMIT ?`, append(arguments, mostTaught)...)
	if err != nil {
		return nil, fmt.Errorf("deliver: what other ads taught: %w", err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	var ads []heritage.Ad
	for rows.Next() {
		var id, made string
		var c bandit.Cell
		if err := rows.Scan(&id, &made, &c.Signature, &c.Combination, &c.Impressions, &c.Clicks, &c.Conversions); err != nil {
			return nil, fmt.Errorf("deliver: what other ads taught: %w", err)
		}
		shows := objects.creatives[made]
		if shows == nil || c.Combination >= shows.space.Size() {
			continue
		}
		if name := id + "/" + made; len(ads) == 0 || ads[len(ads)-1].ID != name {
			ads = append(ads, heritage.Ad{ID: name, Slots: slotsOf(shows.feed)})
		}
		last := &ads[len(ads)-1]
		last.Cells = append(last.Cells, c)
	}
	return ads, rows.Err()
}

// slotsOf is a feed as the heritage sees it.
func slotsOf(feed creative.Feed) []heritage.Slot {
	slots := make([]heritage.Slot, len(feed.Pools))
	for f, pool := range feed.Pools {
		slots[f].Name = pool.Name
		for _, a := range pool.Assets {
			slots[f].Assets = append(slots[f].Assets, heritage.Asset{Key: a.ID, Text: a.Text})
		}
	}
	return slots
}
