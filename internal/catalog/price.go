package catalog

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// iso4217 is every currency in which a price can be.
const iso4217 = `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL`

// IsCurrency reports whether a word is the code of a currency, in capital letters.
func IsCurrency(code string) bool {
	return len(code) == 3 && !strings.ContainsAny(code, " \n") && strings.Contains(iso4217, code)
}

// amountPattern is digits with a decimal point, perhaps with commas between thousands.
var amountPattern = regexp.MustCompile(`^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d+))?$`)

// ParsePrice reads "9.99 USD", also "USD 9.99", or an amount alone in the fallback currency, into minor units.
func ParsePrice(text, fallback string) (minor int64, currency string, err error) {
	amount, currency, _ := strings.Cut(strings.TrimSpace(text), " ")
	currency = strings.TrimSpace(currency)
	if IsCurrency(strings.ToUpper(amount)) {
		amount, currency = currency, amount
	}
	if currency == "" {
		currency = fallback
	}
	currency = strings.ToUpper(currency)
	parts := amountPattern.FindStringSubmatch(amount)
	switch {
	case parts == nil:
		return 0, "", fmt.Errorf("%q is no price such as 9.99 USD", text)
	case currency == "":
		return 0, "", fmt.Errorf("%q names no currency; write it as in 9.99 USD", text)
	case !IsCurrency(currency):
		return 0, "", fmt.Errorf("%q is no currency of ISO 4217", currency)
	}
	minor, err = minorUnits(strings.ReplaceAll(parts[1], ",", ""), parts[2], object.Decimals(currency))
	return minor, currency, err
}

// minorUnits counts an amount in the currency's smallest unit. Zeros behind what the currency has are no harm.
func minorUnits(whole, fraction string, decimals int) (int64, error) {
	if len(fraction) > decimals && strings.Trim(fraction[decimals:], "0") != "" {
		return 0, fmt.Errorf("the price has more than the currency's %d decimals", decimals)
	}
	fraction += strings.Repeat("0", decimals)
	return strconv.ParseInt(whole+fraction[:decimals], 10, 64)
}

// FormatPrice writes minor units as a shop window in English does: "$1,299.00", "¥500", "CHF12.50".
func FormatPrice(minor int64, currency string) string {
	decimals := object.Decimals(currency)
	unit := int64(math.Pow10(decimals))
	text := symbol(currency) + grouped(minor/unit)
	if decimals > 0 {
		text += fmt.Sprintf(".%0*d", decimals, minor%unit)
	}
	return text
}

// grouped puts commas between thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// symbol is what stands before an amount.
func symbol(currency string) string {
	switch currency {
	case "USD":
		return "$"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "JPY":
		return "¥"
	case "INR":
		return "₹"
	case "KRW":
		return "₩"
	case "ILS":
		return "₪"
	case "VND":
		return "₫"
	case "AUD":
		return "A$"
	case "BRL":
		return "R$"
	case "CAD":
		return "CA$"
	case "MXN":
		return "MX$"
	case "NZD":
		return "NZ$"
	case "HKD":
		return "HK$"
	case "TWD":
		return "NT$"
	}
	return currency
}
