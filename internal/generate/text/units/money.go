package units

import (
	"strings"
)

// price finds an amount of money with its currency on either side, a range, and what it is paid for: $9.99/month, 79,90 €, EUR 30.
func (f *finder) price(i int) int {
	value, n := f.money(i)
	if n == 0 {
		return 0
	}
	if mark := f.text(i + n); (mark == "-" || mark == "–") && f.is(i+n+1, figure) {
		if upper, m := f.money(i + n + 1); m > 0 {
			value, n = value+"-"+upper, n+1+m
		}
	}
	period, m := f.period(i + n)
	if a := f.amount(i + n - 1); a.tail != "" && period == "" && multiple(lower(a.tail)) == 1 {
		period, _ = look(measures, strings.TrimPrefix(lower(a.tail), "a-"))
	}
	if period != "" {
		value += "/" + period
	}
	return f.add(Price, i, n+m, value)
}

// money reads an amount of money at token i: its value and how many tokens it takes.
func (f *finder) money(i int) (string, int) {
	at, n := i, 1
	sign := ""
	if !f.is(i, figure) {
		code, ok := look(currencies, f.low(i))
		if !ok || !f.is(i+1, figure) || f.is(i, word) && f.text(i) == strings.ToLower(f.text(i)) && len(f.text(i)) > 2 {
			return "", 0
		}
		sign, at, n = code, i+1, 2
		if f.text(i+1) == "." {
			return "", 0
		}
	}
	a := f.amount(at)
	if a.per {
		return "", 0
	}
	number, after := plain(a.digits), f.low(i+n)
	if a.sign != "" {
		sign, _ = look(currencies, lower(a.sign))
	}
	factor := multiple(lower(a.tail))
	if factor == 1 && a.tail == "" {
		if factor = multiple(after); factor != 1 {
			n++
			after = f.low(i + n)
		}
	}
	if sign == "" {
		code, ok := look(currencies, after)
		if !ok || f.is(i+n, word) && f.is(i+n+1, figure) && len(after) == 2 {
			return "", 0
		}
		sign, n = code, n+1
		if strings.HasPrefix(f.text(i+n), ".") && has(currencies, after+".") && f.is(i+n+1, word) {
			n++
		}
	}
	if code, ok := strings.CutSuffix(sign, "/100"); ok {
		return scaled(number, factor*0.01) + " " + code, n
	}
	if factor != 1 {
		number = scaled(number, factor)
	}
	return number + " " + sign, n
}

// multiple is what k, m, million and the like multiply by; 1 for other words.
func multiple(w string) float64 {
	switch w {
	case "k", "thousand", "tsd", "mil":
		return 1e3
	case "m", "mn", "mio", "million", "millionen", "millions", "millones", "milioni", "milhões":
		return 1e6
	case "bn", "billion":
		return 1e9
	}
	return 1
}

// period finds what a price is paid for: /month, per month, a month, pro Monat, par personne.
func (f *finder) period(i int) (string, int) {
	switch f.low(i) {
	case "/", "per", "a", "an", "each", "every", "pro", "par", "por", "al", "alla", "all", "à", "la", "im", "p":
	default:
		return "", 0
	}
	name, ok := look(measures, f.low(i+1))
	if !ok && (f.text(i) == "/" || f.low(i) == "per" || f.low(i) == "pro" || f.low(i) == "par" || f.low(i) == "por") && f.is(i+1, word) {
		name, ok = f.low(i+1), true
	}
	if !ok {
		return "", 0
	}
	return name, 2
}
