package insights

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// row is one line of a report before it is written out.
type row struct {
	period Range
	ids    []string // of the account (digits), campaign, ad set and ad, down to the level
	split  []string // values of the breakdowns, in their order; of an asset breakdown the asset's id
	shown  *shown   // of a combination breakdown
	pair   *pair    // of a pair breakdown
	rank   int      // place of the pair among what is known of its ad's; the last of all when nothing is
	counts
}

// shown says which combination a row is about. What an ad shows stays one combination when it gets another edition or creative that has
// the same assets.
type shown struct {
	ad          string
	combination string // its stable id, which comes of the assets; "" of creatives without a feed
	in          home
}

// home is one creative, or edition of one, that has a combination, and where.
type home struct {
	creative string
	slots    string // two hexadecimal digits per slot
}

// counts is what was counted for one row.
type counts struct {
	impressions, clicks int64
	views               int64 // impressions of which half was on screen for a second
	spend               int64 // millionths
	reach, clickers     int64 // distinct viewers who saw and who clicked
	events              map[string]*tally
	invalid             map[invalidReason]int64 // when it was asked for; in none of the other numbers
	lift                *lift                   // when it was asked for
	sights              map[string]*sights      // by stratum, when fatigue was asked for
}

// tally is the conversions of one pixel event by disjoint window.
type tally struct {
	count, value map[string]int64 // by oneDayClick, sevenDayClick, oneDayView, and those outside; value in millionths
}

// total adds up the windows that the ad sets count.
func total(byWindow map[string]int64) int64 {
	return byWindow[oneDayClick] + byWindow[sevenDayClick] + byWindow[oneDayView]
}

// needs says which of the aggregates a request cannot do without.
type needs struct {
	viewers, actions, objects, lift, fatigue, invalid bool
}

// report is the rows of one plan, by their keys.
type report struct {
	plan *plan
	rows []*row
	by   map[string]*row
}

// read runs the aggregates that are needed, a fixed number however many rows there are.
func (p *plan) read(ctx context.Context, tx store.Tx, n needs) ([]*row, error) {
	r := &report{plan: p, by: map[string]*row{}}
	if err := r.readCounts(ctx, tx); err != nil {
		return nil, err
	}
	if n.viewers {
		if err := r.readViewers(ctx, tx); err != nil {
			return nil, err
		}
	}
	if n.actions {
		if err := r.readActions(ctx, tx); err != nil {
			return nil, err
		}
	}
	if n.lift {
		if err := r.readLift(ctx, tx); err != nil {
			return nil, err
		}
	}
	if n.invalid {
		if err := r.readInvalid(ctx, tx); err != nil {
			return nil, err
		}
	}
	if n.fatigue {
		if err := r.readFatigue(ctx, tx); err != nil {
			return nil, err
		}
	}
	return r.rows, nil
}

// rowKey identifies a row of the report.
func rowKey(period int, keys []string) string {
	return strconv.Itoa(period) + "\x00" + strings.Join(keys, "\x00")
}

// readCounts reads impressions, clicks and spend, and with them which rows there are.
func (r *report) readCounts(ctx context.Context, tx store.Tx) error {
	err := r.plan.aggregate(ctx, tx, "rollup_days", nil, []string{sum("f.impressions"), sum("f.clicks"), sum("f.spend"), sum("f.views")}, maxGroups+1,
		func(period int, keys []string, sums []int64) error {
			line := r.plan.row(period, slices.Clone(keys))
			line.impressions, line.clicks, line.spend, line.views = sums[0], sums[1], sums[2], sums[3]
			line.reach, line.clickers = sums[0], sums[1] // as if each were another person; readViewers corrects it
			r.by[rowKey(period, keys)] = line
			r.rows = append(r.rows, line)
			return nil
		})
	if len(r.rows) > maxGroups {
		return tooMuch()
	}
	return err
}

// row is an empty row for a group's keys.
func (p *plan) row(period int, keys []string) *row {
	at := Range{p.periods[0].Since + Day(period*p.step), 0}
	if p.step == 0 {
		at = p.periods[period]
	} else {
		at.Until = min(at.Since+Day(p.step)-1, p.periods[len(p.periods)-1].Until)
	}
	line := &row{period: at, ids: keys[:p.ids], split: keys[p.ids:], counts: counts{events: map[string]*tally{}}}
	if p.combinations {
		line.shown = &shown{ad: line.split[0], combination: line.split[1]}
		line.split = nil
	}
	return line
}

// readViewers reads how many different people saw and clicked. Impressions and clicks of unknown viewers have no row in
// the table of viewers; each is taken for a person of its own.
func (r *report) readViewers(ctx context.Context, tx store.Tx) error {
	return r.plan.aggregate(ctx, tx, "rollup_viewers", nil, []string{
		"COUNT(DISTINCT CASE WHEN f.impressions > 0 THEN f.viewer END)", "COUNT(DISTINCT CASE WHEN f.clicks > 0 THEN f.viewer END)",
		sum("f.impressions"), sum("f.clicks"),
	}, 0, func(period int, keys []string, sums []int64) error {
		if line := r.by[rowKey(period, keys)]; line != nil {
			line.reach += sums[0] - sums[2]
			line.clickers += sums[1] - sums[3]
		}
		return nil
	})
}

// readActions reads the attributed conversions.
func (r *report) readActions(ctx context.Context, tx store.Tx) error {
	return r.plan.aggregate(ctx, tx, "rollup_actions", []string{"f.event", "f.credited"}, []string{sum("f.count"), sumWorth("f.value")}, 0,
		func(period int, keys []string, sums []int64) error {
			n := len(keys) - 2
			line := r.by[rowKey(period, keys[:n])]
			if line == nil {
				return nil
			}
			t := line.events[keys[n]]
			if t == nil {
				t = &tally{map[string]int64{}, map[string]int64{}}
				line.events[keys[n]] = t
			}
			t.count[keys[n+1]] = sums[0]
			t.value[keys[n+1]] = sums[1]
			return nil
		})
}

// tooMuch refuses a request with more rows than one answer can hold.
func tooMuch() error {
	return &object.Fault{Rule: "insights.rows.max", Code: 100, Subcode: 1487534, Limit: maxGroups,
		Message: "Please reduce the amount of data you're asking for, then retry your request",
		Title:   "Too much data", Detail: "Narrow the time range, take fewer breakdowns or a higher level."}
}
