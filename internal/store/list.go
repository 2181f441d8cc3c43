package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
)

// A list is a union of arms, each a range of one index of object_refs read in order up to the limit: one arm per parent and
// status asked for. So the cost of a page depends on its size, not on the number of objects under the parent.
type arm struct {
	text string
	args []any
}

// live keeps what a list shows when no status is asked for.
const live = "status NOT IN ('DELETED', 'ARCHIVED')"

// arms selects (to_id, object_id, seq) for one parent. There are none when nothing can be found.
func arms(l Listing, p Page) []arm {
	if !isText(l.To) {
		return nil
	}
	bound, args := p.bounds([]any{l.To, l.Field, l.Type})
	where, more := l.Where.condition()
	bound, args = bound+where, append(args, more...)
	one := func(status string, more ...any) arm {
		return arm{
			text: "SELECT * FROM (SELECT to_id, object_id, seq FROM object_refs WHERE to_id = ? AND field = ? AND type = ?" + bound + " AND " + status +
				" ORDER BY seq " + p.direction() + " LIMIT ?) a",
			args: append(slices.Concat(args, more), p.limit()),
		}
	}
	if len(l.Statuses) == 0 {
		return []arm{one(live)}
	}
	var all []arm
	for _, status := range l.statuses() {
		all = append(all, one("status = ?", status))
	}
	return all
}

// statuses are those asked for, each once, without such as no object can have.
func (l Listing) statuses() []string {
	all := slices.Compact(slices.Sorted(slices.Values(l.Statuses)))
	return slices.DeleteFunc(all, func(status string) bool { return !isText(status) })
}

// child is an object with the parent under which it was found.
type child struct {
	parent string
	object *Object
}

// children reads the objects of all arms, in no order.
func (t *tx) children(ctx context.Context, all []arm) ([]child, error) {
	if len(all) == 0 {
		return nil, nil
	}
	texts := make([]string, len(all))
	var args []any
	for i, a := range all {
		texts[i] = a.text
		args = append(args, a.args...)
	}
	rows, err := t.Query(ctx, "SELECT r.to_id, "+columns+" FROM ("+strings.Join(texts, " UNION ALL ")+") r JOIN objects o ON o.id = r.object_id", args...)
	return collect(rows, err, func(rows *sql.Rows) (child, error) {
		var c child
		var err error
		c.object, err = scanObject(scanFirst{rows, &c.parent})
		return c, err
	})
}

// scanFirst scans one more column in front of an object's.
type scanFirst struct {
	rows  *sql.Rows
	first any
}

// Scan reads the row into first and dest.
func (s scanFirst) Scan(dest ...any) error {
	return s.rows.Scan(append([]any{s.first}, dest...)...)
}

// List returns a page of the objects that refer to l.To.
func (t *tx) List(ctx context.Context, l Listing, p Page) ([]*Object, error) {
	found, err := t.children(ctx, arms(l, p))
	if err != nil {
		return nil, err
	}
	objects := make([]*Object, len(found))
	for i, c := range found {
		objects[i] = c.object
	}
	slices.SortFunc(objects, newestFirst)
	if extra := len(objects) - p.limit(); extra > 0 && p.direction() == "ASC" {
		objects = objects[extra:]
	} else if extra > 0 {
		objects = objects[:p.limit()]
	}
	return objects, nil
}

// newestFirst is the order of every list.
func newestFirst(a, b *Object) int { return cmp.Compare(b.Seq, a.Seq) }

// armsPerQuery stays below SQLite's limit of 500 terms in a compound SELECT.
const armsPerQuery = 400

// ListMany returns the first page, or the one from l.From on, under each parent; parents without children are left out.
func (t *tx) ListMany(ctx context.Context, l Listing, to []string, limit int) (map[string][]*Object, error) {
	p := l.From
	p.Limit = limit
	lists := make(map[string][]*Object, len(to))
	parentsPerQuery := max(1, armsPerQuery/max(1, len(l.Statuses)))
	for parents := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(to))), parentsPerQuery) {
		var all []arm
		for _, parent := range parents {
			l.To = parent
			all = append(all, arms(l, p)...)
		}
		found, err := t.children(ctx, all)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			lists[c.parent] = append(lists[c.parent], c.object)
		}
	}
	for parent, list := range lists {
		slices.SortFunc(list, newestFirst)
		if extra := len(list) - p.limit(); extra > 0 && p.direction() == "ASC" {
			list = list[extra:]
		}
		lists[parent] = list[:min(len(list), p.limit())]
	}
	return lists, nil
}

// Count is how many objects the listing has. The live ones are counted as three ranges of the index by status, which is cheaper than to
// look at the status of each.
func (t *tx) Count(ctx context.Context, l Listing) (n int, err error) {
	if len(l.Statuses) > 0 || !isText(l.To) {
		counts, err := t.CountMany(ctx, l, []string{l.To})
		return counts[l.To], err
	}
	var ranges []string
	var args []any
	for _, status := range []string{"status < 'ARCHIVED'", "status > 'ARCHIVED' AND status < 'DELETED'", "status > 'DELETED'"} {
		ranges = append(ranges, "(SELECT COUNT(*) FROM object_refs WHERE to_id = ? AND field = ? AND type = ? AND "+status+")")
		args = append(args, l.To, l.Field, l.Type)
	}
	err = t.QueryRow(ctx, "SELECT "+strings.Join(ranges, " + "), args...).Scan(&n)
	return n, err
}

// CountMany counts the objects under each parent from the index of references alone.
func (t *tx) CountMany(ctx context.Context, l Listing, to []string) (map[string]int, error) {
	status, args := live, []any{l.Field, l.Type}
	if len(l.Statuses) > 0 {
		wanted := l.statuses()
		if len(wanted) == 0 {
			return nil, nil
		}
		status = "status IN (" + marks(len(wanted)) + ")"
		args = append(args, anys(wanted)...)
	}
	counts := make(map[string]int, len(to))
	to = slices.DeleteFunc(slices.Clone(to), func(id string) bool { return !isText(id) })
	for parents := range slices.Chunk(to, idsPerQuery) {
		rows, err := t.Query(ctx, "SELECT to_id, COUNT(*) FROM object_refs WHERE field = ? AND type = ? AND "+status+" AND to_id IN ("+marks(len(parents))+") GROUP BY to_id",
			slices.Concat(args, anys(parents))...)
		_, err = collect(rows, err, func(rows *sql.Rows) (id string, err error) {
			var n int
			err = rows.Scan(&id, &n)
			counts[id] = n
			return id, err
		})
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}
