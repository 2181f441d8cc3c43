package insights

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// RestatedQuery asks which conversions changed days that were over.
type RestatedQuery struct {
	Object  *store.Object  // an account, a campaign, an ad set or an ad
	Account *store.Object  // that owns it
	Since   int64          // unix seconds from which on they became known; 0 for ever
	Until   int64          // unix seconds up to which, 0 for ever
	Params  map[string]any // of which limit, after and before count
}

// Restated lists what became known of a day after it was over, the latest first: one store call. Equal changes that became known in the same
// millisecond are one row.
func Restated(ctx context.Context, tx store.Tx, q RestatedQuery) (*Result, error) {
	level := levelOf(q.Object)
	if level == "" {
		return nil, &object.Fault{Rule: "insights.object", Message: "This object has no insights"}
	}
	id := q.Object.ID
	if level == AccountLevel {
		id = q.Object.AccountID
	}
	p := &parser{params: q.Params}
	limit, after := p.limit(), p.after()
	if err := p.faults.Err(); err != nil {
		return nil, err
	}
	until := int64(math.MaxInt64)
	if q.Until > 0 {
		until = q.Until*1000 + 999
	}
	rows, err := tx.Query(ctx, `SELECT f.known, c.ad_id, f.day, f.event, f.credited, `+sum("f.count")+", "+sumWorth("f.value")+`
		FROM rollup_combinations c JOIN rollup_cells x ON x.combination = c.id JOIN rollup_restated f ON f.cell = x.id
		WHERE c.`+level.idColumn()+` = ? AND f.known BETWEEN ? AND ? GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, 3 DESC, 2, 4, 5 LIMIT ? OFFSET ?`,
		id, q.Since*1000, until, limit+1, after)
	if err != nil {
		return nil, fmt.Errorf("insights: read restatements: %w", err)
	}
	var found []object.Ordered
	err = each(rows, func() error {
		var known, count, value int64
		var day Day
		var ad, event, window string
		if err := rows.Scan(&known, &ad, &day, &event, &window, &count, &value); err != nil {
			return err
		}
		found = append(found, q.row(known, ad, day, event, window, count, value))
		return nil
	})
	out, from, to := pageOf(after+len(found), after, limit)
	out.Rows, out.Total = found[:to-from], -1
	return out, err
}

// row writes one change of a day.
func (q *RestatedQuery) row(known int64, ad string, day Day, event, window string, n, value int64) object.Ordered {
	name, out := strings.CutSuffix(window, outside)
	action := event
	if types := actionTypes(event); len(types) > 0 {
		action = types[0]
	}
	return object.Ordered{
		{Name: "ad_id", Value: ad}, {Name: "date", Value: day.String()}, {Name: "action_type", Value: action}, {Name: "attribution_window", Value: name},
		{Name: "in_totals", Value: !out}, {Name: "count", Value: count(n)}, {Name: "value", Value: Money(value, q.Account.Text("currency"))},
		{Name: "known_time", Value: time.UnixMilli(known).In(q.Account.Zone()).Format("2006-01-02T15:04:05-0700")},
	}
}
