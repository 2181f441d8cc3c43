package insights

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// cursor names a row by its position. It looks as the platform's do: base64 with ZD for the padding.
func cursor(position int) string {
	return strings.ReplaceAll(base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(position))), "=", "ZD")
}

// position is the inverse of cursor.
func position(cursor string) (int, error) {
	for strings.HasSuffix(cursor, "ZD") {
		cursor = strings.TrimSuffix(cursor, "ZD")
	}
	text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(cursor, "="))
	if err != nil {
		return 0, fmt.Errorf("not a cursor: %q", cursor)
	}
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n > maxGroups {
		return 0, fmt.Errorf("not a cursor: %q", cursor)
	}
	return n, nil
}

// pageOf is a page of so many rows without the rows: its cursors, whether there are others, and from which row it goes up to which.
func pageOf(total, after, limit int) (out *Result, from, to int) {
	out = &Result{Rows: []object.Ordered{}, Total: total}
	from = min(after, total)
	to = min(from+limit, total)
	if from < to {
		out.First, out.Last = cursor(from), cursor(to-1)
	}
	if to < total {
		out.Next = cursor(to - 1)
	}
	if from > 0 && from < to {
		out.Prev = cursor(from)
	}
	return out, from, to
}
