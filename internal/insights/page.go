package insights

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
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
