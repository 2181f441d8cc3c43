package store

import "math"

// bounds is the condition that the page puts on seq, with args extended by its values.
func (p Page) bounds(args []any) (string, []any) {
	where := ""
	if p.After > 0 {
		where += " AND seq < ?"
		args = append(args, p.After)
	}
	if p.Before > 0 {
		where += " AND seq > ?"
		args = append(args, p.Before)
	}
	return where, args
}

// direction is the order in which the objects nearest to the page's bound come first.
func (p Page) direction() string {
	if p.Before > 0 && p.After == 0 {
		return "ASC"
	}
	return "DESC"
}

// limit is the number of objects that the page can have.
func (p Page) limit() int {
	if p.Limit <= 0 {
		return math.MaxInt32
	}
	return p.Limit
}
