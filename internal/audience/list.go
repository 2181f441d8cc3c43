package audience

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// List is who is in an audience, for looking up. It is not changed once it is made.
type List struct {
	revision int64
	members  []Member // sorted
}

// Read reads an audience, or what changed since an older list of it was read; old may be nil.
func Read(ctx context.Context, tx store.Tx, audience *store.Object, old *List) (*List, error) {
	revision, after := object.Whole(audience.Data, revisionMember), int64(0)
	if old != nil && old.revision == revision {
		return old, nil
	}
	next := &List{revision: revision}
	if old != nil && old.revision >= object.Whole(audience.Data, anewMember) {
		after, next.members = old.revision, old.members
	}
	in, out, err := changes(ctx, tx, audience.ID, after)
	if err != nil {
		return nil, fmt.Errorf("audience: read members: %w", err)
	}
	next.members = merged(next.members, in, out)
	return next, nil
}

// changes reads who came and who went after a revision, each sorted.
func changes(ctx context.Context, tx store.Tx, audience string, after int64) (in, out []Member, err error) {
	rows, err := tx.Query(ctx, "SELECT member, gone FROM audience_members WHERE audience_id = ? AND revision > ?", audience, after)
	if err != nil {
		return nil, nil, err
	}
	defer func(rows *sql.Rows) { _ = rows.Close() }(rows) // rows.Err below has the cause
	for rows.Next() {
		var member, gone int64
		if err := rows.Scan(&member, &gone); err != nil {
			return nil, nil, err
		}
		if gone == 0 {
			in = append(in, Member(member))
		} else if after > 0 {
			out = append(out, Member(member))
		}
	}
	slices.Sort(in)
	slices.Sort(out)
	return in, out, rows.Err()
}

// merged is a sorted list with some members more and some less.
func merged(old, in, out []Member) []Member {
	all := make([]Member, 0, len(old)+len(in))
	for len(old) > 0 || len(in) > 0 {
		var m Member
		if len(in) == 0 || len(old) > 0 && old[0] <= in[0] {
			m, old = old[0], old[1:]
		} else {
			m, in = in[0], in[1:]
		}
		for len(out) > 0 && out[0] < m {
			out = out[1:]
		}
		if gone := len(out) > 0 && out[0] == m; !gone && (len(all) == 0 || all[len(all)-1] != m) {
			all = append(all, m)
		}
	}
	return all
}

// Len is how many members there are.
func (l *List) Len() int { return len(l.members) }

// Holds reports whether somebody is in the list. Members are evenly spread, so that where one has to be is close to where it is: a million are
// searched in about four steps.
func (l *List) Holds(m Member) bool {
	some := l.members
	for len(some) > 0 && some[0] <= m && m <= some[len(some)-1] {
		first, span := some[0], uint64(some[len(some)-1]-some[0])
		if span == 0 {
			return true
		}
		high, low := bits.Mul64(uint64(m-first), uint64(len(some)-1))
		at, _ := bits.Div64(high, low, span)
		switch found := some[at]; {
		case found == m:
			return true
		case found < m:
			some = some[at+1:]
		default:
			some = some[:at]
		}
	}
	return false
}
