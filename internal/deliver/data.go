package deliver

// The readers below take one member out of stored Data; what is absent or of another type reads as zero.

// text reads a string.
func text(data map[string]any, name string) string {
	s, _ := data[name].(string)
	return s
}

// whole reads an integer; the store keeps numbers without fraction as int64.
func whole(data map[string]any, name string) int64 {
	switch n := data[name].(type) {
	case int64:
		return n
	case float64:
		return int64(n)
	}
	return 0
}

// members reads an object.
func members(data map[string]any, name string) map[string]any {
	m, _ := data[name].(map[string]any)
	return m
}
