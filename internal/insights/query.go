package insights

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Reporter answers insights queries.
type Reporter struct {
	Learner Learner // nil when nothing learns
}

// Query answers one request with a page of rows. What is wrong with the request comes back as an error that is an object.Fault
// or object.Faults. The number of store calls does not depend on the number of rows.
func (re *Reporter) Query(ctx context.Context, tx store.Tx, q Request) (*Result, error) {
	own := levelOf(q.Object)
	if own == "" {
		return nil, &object.Fault{Rule: "insights.object", Message: "This object has no insights"}
	}
	if q.Level == "" {
		q.Level = own
	}
	if q.Level.depth() < own.depth() {
		return nil, &object.Fault{Path: []string{"level"}, Rule: "insights.level",
			Message: fmt.Sprintf("level %s is above the %s that was asked", q.Level, own)}
	}
	account, err := tx.Object(ctx, "act_"+q.Object.AccountID)
	if err != nil {
		return nil, fmt.Errorf("insights: account of %s: %w", q.Object.ID, err)
	}
	w := &writer{q: &q, account: accountOf(account), accountName: account.Text("name"), fields: fields()}
	periods, err := periodsOf(&q, w.account)
	if err != nil {
		return nil, err
	}
	p := newPlan(&q, periods)
	if err := p.filter(ctx, tx, &q); err != nil {
		return nil, err
	}
	out, err := re.answer(ctx, tx, w, p)
	if err != nil {
		return nil, err
	}
	out.Days = Range{periods[0].Since, periods[len(periods)-1].Until}
	return out, nil
}

// answer reads, orders, cuts and writes the rows.
func (re *Reporter) answer(ctx context.Context, tx store.Tx, w *writer, p *plan) (*Result, error) {
	q := w.q
	n := w.needs()
	rows, err := p.read(ctx, tx, n)
	if err != nil {
		return nil, err
	}
	if w.by(pairBreakdown) {
		if rows, err = pairsOf(rows); err != nil {
			return nil, err
		}
		if w.ads, err = re.readPairs(ctx, tx, q, rows); err != nil { // before the rows are put in order, which depends on what is known
			return nil, err
		}
	}
	if n.objects {
		if w.objects, err = readObjects(ctx, tx, rows); err != nil {
			return nil, err
		}
	}
	rows = w.filter(rows)
	w.sort(rows)
	out, from, to := pageOf(len(rows), q.After, q.Limit)
	page := rows[from:to]
	if err := re.describe(ctx, tx, w, page); err != nil {
		return nil, err
	}
	for _, r := range page {
		out.Rows = append(out.Rows, w.write(r, q.Fields))
	}
	if q.Summary != nil && len(rows) > 0 {
		out.Summary, err = w.summary(ctx, tx, p, n)
	}
	return out, err
}

// describe looks up what the rows of a page mention: assets and combinations.
func (re *Reporter) describe(ctx context.Context, tx store.Tx, w *writer, page []*row) (err error) {
	for i, b := range w.q.Breakdowns {
		switch {
		case isAssetColumn(b):
			ids := map[string]bool{}
			for _, r := range page {
				ids[r.split[i]] = true
			}
			if w.assets, err = readAssets(ctx, tx, w.q, b, missing(map[string]bool{}, ids)); err == nil && re.effects(w.q) {
				w.ads, err = re.readPresent(ctx, tx, w.q, page)
			}
		case b == combinationBreakdown:
			w.ads, err = re.readCombinations(ctx, tx, w.q, page)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// needs adds up what the asked fields, the filters, the order and the summary need.
func (w *writer) needs() needs {
	n := needs{actions: w.by(combinationBreakdown) || w.by(pairBreakdown)}
	names := slices.Concat(w.asked(w.q.Fields), w.q.Summary)
	for _, o := range w.q.Sort {
		names = append(names, o.Field)
	}
	for _, f := range w.q.Filters {
		names = append(names, f.Field)
	}
	for _, name := range names {
		f := w.fields[name].needs
		n.viewers = n.viewers || f.viewers
		n.actions = n.actions || f.actions
		n.objects = n.objects || f.objects
		n.invalid = n.invalid || f.invalid
		n.lift = n.lift || f.lift && !w.ofParts()
		n.fatigue = n.fatigue || f.fatigue && !w.by(pairBreakdown)
	}
	return n
}

// summary is one row of totals over everything that the filters let pass. Metric filters are about rows, not about the total.
func (w *writer) summary(ctx context.Context, tx store.Tx, p *plan, n needs) (object.Ordered, error) {
	rows, err := p.total().read(ctx, tx, n)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	total := *w
	q := *w.q
	q.Breakdowns = nil
	total.q = &q
	return total.write(rows[0], w.q.Summary), nil
}

// readObjects loads the campaigns, ad sets and ads of rows: one store call.
func readObjects(ctx context.Context, tx store.Tx, rows []*row) (map[string]*store.Object, error) {
	ids := map[string]bool{}
	for _, r := range rows {
		for _, id := range r.ids[1:] {
			ids[id] = true
		}
	}
	objects, err := tx.Objects(ctx, missing(map[string]bool{}, ids))
	if err != nil {
		return nil, fmt.Errorf("insights: read objects: %w", err)
	}
	return objects, nil
}

// periodsOf resolves the days of a request in the account's time zone: a period per row. Without any, it is the last 30 days.
func periodsOf(q *Request, account *accountInfo) ([]Range, error) {
	today := dayOf(q.Now*1000, account.location)
	periods := q.Ranges
	if len(periods) == 0 {
		span, ok := preset(or(q.Preset, "last_30d"), today)
		if !ok {
			return nil, errors.New("insights: a date_preset that Parse did not check: " + q.Preset)
		}
		if q.Range != nil {
			span = *q.Range
		}
		periods = span.cut(q.Increment)
	}
	for _, r := range periods {
		if r.Since < oldest(today) {
			return nil, &object.Fault{Path: []string{"time_range"}, Rule: "insights.time_range.oldest", Code: 3018, Limit: Retention,
				Message: fmt.Sprintf("The start date of the time range cannot be beyond %d months from the current date", Retention)}
		}
	}
	return periods, nil
}
