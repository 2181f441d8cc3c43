package insights

import (
	"math"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// million is how many micros one unit of currency has.
const million = 1_000_000

// count writes a whole number as reports do.
func count(n int64) string { return strconv.FormatInt(n, 10) }

// decimals writes a number with up to six decimals.
func decimals(f float64) string {
	s := strconv.FormatFloat(f, 'f', 6, 64)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// ratio is a quotient times a factor, nil when there is nothing to divide by: fields without data are left out.
func ratio(a, b int64, factor float64) any {
	if b == 0 {
		return nil
	}
	return decimals(float64(a) / float64(b) * factor)
}

// Money writes micros in whole units with the currency's decimals, rounded half up; nothing is "0".
func Money(micros int64, currency string) string {
	if micros == 0 {
		return "0"
	}
	digits := object.Decimals(currency)
	scale := math.Pow10(digits)
	minor := math.Floor(float64(micros)/million*scale + 0.5)
	return strconv.FormatFloat(minor/scale, 'f', digits, 64)
}

// perUnit is a cost per something, in units of currency with up to six decimals; nil for nothing.
func perUnit(micros, n int64, factor float64) any { return ratio(micros, n, factor/million) }
