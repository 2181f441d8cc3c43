package insights

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// plan is the part that all aggregates of one request share: what to group by, and which rows take part.
type plan struct {
	keys         []string // SQL expressions: the period's number, the ids down to the level, then the breakdowns
	ids          int      // how many of the keys are ids
	combinations bool     // the keys after the ids are those of a shown
	periods      []Range
	step         int    // days per period when they are all equally long, else 0
	scope, id    string // column and value that select the object asked
	where        []string
	args         []any
}

// newPlan prepares the aggregates of a request over periods.
func newPlan(q *Request, periods []Range) *plan {
	p := &plan{periods: periods, step: max(0, q.Increment), ids: q.Level.depth() + 1}
	first := "p.n"
	if p.step > 0 {
		since, until := periods[0].Since, periods[len(periods)-1].Until
		first = fmt.Sprintf("(f.day - %d) / %d", since, p.step)
		p.where = append(p.where, fmt.Sprintf("f.day BETWEEN %d AND %d", since, until))
	}
	p.keys = append(p.keys, first)
	for _, l := range levels()[:p.ids] {
		p.keys = append(p.keys, "c."+l.idColumn())
	}
	for _, b := range q.Breakdowns {
		switch column, _ := splitColumn(b); b {
		case combinationBreakdown:
			p.combinations = true
			p.keys = append(p.keys, "c.ad_id", "c.combination_id")
		case pairBreakdown:
			p.keys = append(p.keys, "c.ad_id")
			for _, column := range pairColumns() {
				p.keys = append(p.keys, "c."+column)
			}
		default:
			p.keys = append(p.keys, column)
		}
		if isAssetColumn(b) {
			p.where = append(p.where, "c."+b+" <> ''") // ads without such an asset have no row
		}
	}
	level := levelOf(q.Object)
	id := q.Object.ID
	if level == AccountLevel {
		id = q.Object.AccountID
	}
	p.scope, p.id = "c."+level.idColumn(), id
	p.restrict(p.scope, false, []string{id})
	return p
}

// total is the plan of the one row that sums up everything.
func (p *plan) total() *plan {
	span := Range{p.periods[0].Since, p.periods[0].Until}
	for _, r := range p.periods {
		span = Range{min(span.Since, r.Since), max(span.Until, r.Until)}
	}
	whole := *p
	whole.periods, whole.step = []Range{span}, 0
	whole.keys, whole.ids, whole.combinations = []string{"p.n"}, 0, false
	return &whole
}

// restrict keeps rows whose column is, or is not, one of these values.
func (p *plan) restrict(column string, not bool, values []string) {
	in := column + " IN (" + marks(len(values)) + ")"
	switch {
	case len(values) == 0 && not:
		return
	case len(values) == 0:
		in = "1 = 0"
	case not:
		in = column + " NOT IN (" + marks(len(values)) + ")"
	}
	p.where = append(p.where, in)
	for _, v := range values {
		p.args = append(p.args, v)
	}
}

// sql writes an aggregate over a fact table f: sums are its result columns after the keys, extra further keys. Only the keys
// and the facts differ between aggregates, so the groups of all of them match.
func (p *plan) sql(facts string, extra []string, sums ...string) string {
	keys := slices.Concat(p.keys, extra)
	var b strings.Builder
	if p.step == 0 {
		var values []string
		for n, r := range p.periods {
			values = append(values, fmt.Sprintf("(%d, %d, %d)", n, r.Since, r.Until))
		}
		b.WriteString("WITH p(n, since, until) AS (VALUES " + strings.Join(values, ", ") + ") ")
	}
	b.WriteString("SELECT " + strings.Join(slices.Concat(keys, sums), ", ") + " FROM rollup_combinations c" +
		" JOIN rollup_cells x ON x.combination = c.id JOIN " + facts + " f ON f.cell = x.id")
	if p.step == 0 {
		b.WriteString(" JOIN p ON f.day BETWEEN p.since AND p.until")
	}
	b.WriteString(" WHERE " + strings.Join(p.where, " AND ") + " GROUP BY ")
	for i := range keys {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, i+1)
	}
	return b.String()
}

// sum is the total of a column as a 64-bit integer in both databases.
func sum(column string) string { return "CAST(SUM(" + column + ") AS BIGINT)" }

// aggregate runs an aggregate and calls each for every group, with the keys after the period's number, extras included,
// and with the sums.
func (p *plan) aggregate(ctx context.Context, tx store.Tx, facts string, extra, sums []string, limit int, group func(period int, keys []string, sums []int64) error) error {
	query := p.sql(facts, extra, sums...)
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	rows, err := tx.Query(ctx, query, p.args...)
	if err != nil {
		return fmt.Errorf("insights: aggregate %s: %w", facts, err)
	}
	keys := make([]string, len(p.keys)-1+len(extra))
	numbers := make([]int64, len(sums))
	var period int
	targets := []any{&period}
	for i := range keys {
		targets = append(targets, &keys[i])
	}
	for i := range numbers {
		targets = append(targets, &numbers[i])
	}
	return each(rows, func() error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		return group(period, keys, numbers)
	})
}
