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
