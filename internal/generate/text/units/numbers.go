package units

import "strings"

// amount reads the number in token i.
func (f *finder) amount(i int) amount {
	if !f.is(i, figure) {
		return amount{}
	}
	start := f.tokens[i].start
	if f.s[start] == '#' {
		start++
	}
	a, _ := readAmount(f.s, start)
	return a
}

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

// percent finds a percentage: 20%, 20 %, 20 per cent.
func (f *finder) percent(i int) int {
	if f.text(i) == "%" && f.is(i+1, figure) && f.touches(i+1) {
		return f.add(Percent, i, 2, plain(f.amount(i+1).digits)+"%")
	}
	if !f.is(i, figure) {
		return 0
	}
	a := f.amount(i)
	value := plain(a.digits) + "%"
	switch next := f.low(i + 1); {
	case a.per:
		return f.add(Percent, i, 1, value)
	case next == "%" || next == "percent" || next == "prozent" || next == "pct":
		return f.add(Percent, i, 2, value)
	case next == "per" && f.low(i+2) == "cent", next == "pour" && f.low(i+2) == "cent", next == "por" && (f.low(i+2) == "ciento" || f.low(i+2) == "cento"), next == "per" && f.low(i+2) == "cento":
		return f.add(Percent, i, 3, value)
	}
	return 0
}

// number finds any other number, in figures or words. Its value names the measure that it has or that follows: "18 hour" of 18-hour and of
// 18 hours.
func (f *finder) number(i int) int {
	if f.is(i, figure) {
		a := f.amount(i)
		value := plain(a.digits)
		tail := lower(a.tail)
		if factor := multiple(tail); factor != 1 && len(tail) < 3 && a.tail != "m" {
			value, tail = scaled(value, factor), ""
		}
		return f.add(Number, i, 1, withMeasure(value, tail, f.low(i+1)))
	}
	if value := f.numberWord(i); value != "" {
		n := 1
		for factor := multiple(f.low(i + n)); factor != 1 && f.is(i+n, word); factor = multiple(f.low(i + n)) {
			value = scaled(value, factor)
			n++
		}
		if f.low(i+n) == "hundred" {
			value = scaled(value, 100)
			n++
		}
		_, tail, _ := strings.Cut(f.low(i), "-")
		if f.numeral(tail) != "" {
			tail = ""
		}
		return f.add(Number, i, n, withMeasure(value, tail, f.low(i+n)))
	}
	return 0
}

// withMeasure adds the measure of a number, which is in its own word or the next.
func withMeasure(value, tail, next string) string {
	first, _, _ := strings.Cut(tail, "-")
	if name, ok := look(measures, first); ok {
		return value + " " + name
	}
	if tail != "" {
		return value + " " + tail
	}
	if name, ok := look(measures, next); ok {
		return value + " " + name
	}
	return value
}

// isNumberWord says whether token i is a number in words.
func (f *finder) isNumberWord(i int) bool { return f.numberWord(i) != "" }

// numberWord is the value of a number in words, such as three, twenty-five or two-week; "" for none. "One" is left alone where it is a pronoun.
func (f *finder) numberWord(i int) string {
	if !f.is(i, word) {
		return ""
	}
	low := f.low(i)
	first, rest, compound := strings.Cut(low, "-")
	value := f.numeral(first)
	if value == "" {
		return ""
	}
	if first == "one" && !f.isNumeralOne(i, rest) || compound && f.numeral(rest) == "" && !has(measures, prefix(rest)) && !kind(rest, "na") {
		return ""
	}
	if units := f.numeral(rest); units != "" && len(value) == 2 && value[1] == '0' && len(units) == 1 {
		return value[:1] + units
	}
	return value
}

// prefix is what stands before the first hyphen.
func prefix(s string) string {
	first, _, _ := strings.Cut(s, "-")
	return first
}

// numeral is the value of a number word in the text's language.
func (f *finder) numeral(w string) string {
	entry, ok := look(numbers, w)
	if !ok {
		return ""
	}
	lang := f.lang
	if lang == "" {
		lang = "en"
	}
	for e := range strings.FieldsSeq(entry) {
		if value, ok := strings.CutPrefix(e, lang+":"); ok {
			return value
		}
	}
	return ""
}

// isNumeralOne says whether "one" counts something: one family, one-hour; not "the one", "one of", "one-off", "no one", "one another".
func (f *finder) isNumeralOne(i int, rest string) bool {
	if rest != "" {
		return has(measures, prefix(rest))
	}
	switch f.low(i - 1) {
	case "the", "this", "that", "no", "any", "every", "each", "which", "our", "your", "another", "every-", "loved", "little", "new":
		return false
	}
	return f.is(i+1, word) && IsNoun(f.low(i+1))
}
