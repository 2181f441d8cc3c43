package insights

import "fmt"

// mostWorth is the most that one row of a rollup is worth, in millionths of the account's currency: a million million units. Whoever has a click's token
// may name what conversions are worth, and a sum beyond 64 bits is an error for a database, which would stop the fold or the report.
const mostWorth = 1_000_000_000_000_000_000

// boundedWorth keeps a worth within its bounds.
func boundedWorth(worth int64) int64 { return min(max(worth, -mostWorth), mostWorth) }

// boundedSQL is boundedWorth of an SQL expression, as another type.
func boundedSQL(expression, as string) string {
	return fmt.Sprintf("CASE WHEN %[1]s > %[2]d THEN %[2]d WHEN %[1]s < -%[2]d THEN -%[2]d ELSE CAST(%[1]s AS %[3]s) END", expression, int64(mostWorth), as)
}

// sumWorth is [sum] of a column that holds worths: of any number of rows, exact up to nine thousand million units.
func sumWorth(column string) string {
	return boundedSQL("SUM(CAST("+column+" AS DOUBLE PRECISION))", "BIGINT")
}
