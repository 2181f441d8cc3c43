package units

import (
	"strconv"
	"strings"
)

// plain brings the digits of a number to a form to compare: digits of any script, without thousands marks, with a point before decimals.
func plain(digits string) string {
	var b strings.Builder
	for _, r := range digits {
		if n := digitValue(r); n >= 0 {
			b.WriteByte(byte('0' + n))
			continue
		}
		switch r {
		case '½':
			b.WriteString(".5")
		case '¼':
			b.WriteString(".25")
		case '¾':
			b.WriteString(".75")
		case '٫', ',':
			b.WriteByte(',')
		case '٬', '\'', '’', ' ', '\u00A0', '\u202F':
		case '–':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	parts := strings.Split(b.String(), "-")
	for i, p := range parts {
		parts[i] = decimal(p)
	}
	return strings.Join(parts, "-")
}

// digitValue is the value of a digit in the scripts that ads are written in, -1 for other runes.
func digitValue(r rune) int {
	for _, zero := range [...]rune{'0', '٠', '۰', '०', '০', '๐', '０'} {
		if r >= zero && r <= zero+9 {
			return int(r - zero)
		}
	}
	return -1
}

// decimal decides which mark is the decimal one. The last of two kinds is; a mark that occurs twice, or once before exactly three digits, is not.
func decimal(s string) string {
	if strings.ContainsAny(s, ":/") {
		return s
	}
	last := strings.LastIndexAny(s, ".,")
	if last < 0 {
		return trimZeros(s)
	}
	sep := s[last : last+1]
	whole := strings.NewReplacer(".", "", ",", "").Replace(s[:last])
	tail := s[last+1:]
	both := strings.ContainsAny(s[:last], ".,") && !strings.Contains(s[:last], sep)
	if !both && (strings.Contains(s[:last], sep) || len(tail) == 3 && whole != "0" && whole != "") {
		return trimZeros(whole + tail)
	}
	if tail = strings.TrimRight(tail, "0"); tail == "" {
		return trimZeros(whole)
	}
	return trimZeros(whole) + "." + tail
}

// trimZeros takes leading zeros off, but for the last.
func trimZeros(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// scaled multiplies a plain number by thousands or millions: 10k, 2M, 1.5 million. Anything but a plain decimal stays as it is.
func scaled(number string, factor float64) string {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return number
	}
	return strconv.FormatFloat(v*factor, 'f', -1, 64)
}
