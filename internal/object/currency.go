package object

// Decimals is how many decimals amounts of a currency (ISO 4217) have on the platform: two, or none for those that it counts in
// whole units.
func Decimals(currency string) int {
	switch currency {
	case "CLP", "COP", "CRC", "HUF", "ISK", "IDR", "JPY", "KRW", "PYG", "TWD", "VND":
		return 0
	}
	return 2
}

// MicrosPerMinor is how many millionths of a currency its minor unit is worth: a cent is 10,000, a yen, which has no smaller
// unit, a million.
func MicrosPerMinor(currency string) int64 {
	if Decimals(currency) == 0 {
		return 1_000_000
	}
	return 10_000
}
