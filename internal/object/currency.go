package object

import "strings"

// Currencies are the codes (ISO 4217) in which the platform bills ad accounts.
func Currencies() []string {
	return strings.Fields(`AED ARS AUD BDT BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP GTQ HKD HNL HUF IDR ILS INR ISK JPY KES KRW LKR
		MOP MXN MYR NGN NIO NOK NZD PEN PHP PKR PLN PYG QAR RON SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR`)
}

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
