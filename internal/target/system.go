package target

import (
	"strconv"
	"strings"
)

// runs reports whether an operating system is one that targeting names: ios, ios_ver_8.0_and_above, android_ver_4.4_to_5.0. A version that is
// not known is any.
func runs(system, version, wanted string) bool {
	name, limits, limited := strings.Cut(wanted, "_ver_")
	if name != system || !limited || version == "" {
		return name == system
	}
	if from, open := strings.CutSuffix(limits, "_and_above"); open {
		return compare(version, from) >= 0
	}
	from, to, ranged := strings.Cut(limits, "_to_")
	if !ranged {
		to = from
	}
	return compare(version, from) >= 0 && compare(version, to) <= 0
}

// compare orders a version by another as far as the other goes: 17.2.1 is 17.2.
func compare(version, other string) int {
	for other != "" {
		var a, b string
		a, version, _ = strings.Cut(version, ".")
		b, other, _ = strings.Cut(other, ".")
		m, _ := strconv.Atoi(a) // what is no number counts as 0
		n, _ := strconv.Atoi(b)
		if m != n {
			return m - n
		}
	}
	return 0
}
