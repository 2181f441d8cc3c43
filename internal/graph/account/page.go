package account

import (
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// Sizes of a page of a table.
const (
	usualRows = 25
	mostRow   = 1000
)

// pageOf cuts a page out of a whole list by limit and after. A cursor is the number of rows before it: tables do not change.
func pageOf(call *graph.Call, list []any) (*graph.Rows, error) {
	limit, from := usualRows, 0
	if n, ok := call.Args["limit"].(int64); ok {
		if n < 1 || n > mostRow {
			return nil, object.Broken("page.limit", 0, fmt.Sprintf("limit must be 1 to %d", mostRow), "limit").Put(min(max(n, 1), mostRow))
		}
		limit = int(n)
	}
	if after := object.Text(call.Args, "after"); after != "" {
		raw, err := base64.RawURLEncoding.DecodeString(after)
		place, bad := strconv.Atoi(string(raw))
		if err != nil || bad != nil || place < 0 {
			return nil, object.Broken("page.after", 0, "(#100) Param after is not a cursor of this list", "after")
		}
		from = min(place, len(list))
	}
	end := min(from+limit, len(list))
	rows := &graph.Rows{Data: list[from:end], Total: len(list), First: place64(from), Last: place64(end)}
	if end < len(list) {
		rows.Next = rows.Last
	}
	return rows, nil
}

// place64 is the cursor of a place in a table.
func place64(n int) string {
	return base64.RawURLEncoding.EncodeToString(strconv.AppendInt(nil, int64(n), 10))
}
