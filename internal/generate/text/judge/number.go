package judge

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// number is an amount that a text names.
type number struct {
	value float64
	unit  string // "%", a currency such as "$" or "EUR", or "" for a plain number
	text  string // as written
	word  int    // index of its first word
	end   int    // index after its last
	vague bool   // a word such as "one", which licenses a number and needs no licence
}

// numerals knows how numbers are written.
type numerals struct {
	words    map[string]float64 // "twenty" is 20
	units    map[string]string  // "eur" is "€"
	tens     map[string]bool    // words that a smaller one may follow: "forty-nine"
	compound *regexp.Regexp     // digits, thousands and decimals, then the rest
}

// newNumerals reads the lists: "twenty=20", "euro=€".
func newNumerals(lists map[string][]string) numerals {
	n := numerals{words: map[string]float64{}, units: map[string]string{}, tens: map[string]bool{}, compound: regexp.MustCompile(`^\D*(\d[\d.,]*)(\D*)`)}
	for _, entry := range lists["number words"] {
		name, value, _ := strings.Cut(entry, "=")
		n.words[name], _ = strconv.ParseFloat(value, 64)
		n.tens[name] = n.words[name] >= 20 && n.words[name] < 100 && math.Mod(n.words[name], 10) == 0
	}
	for _, entry := range lists["currencies"] {
		name, unit, _ := strings.Cut(entry, "=")
		n.units[name] = unit
	}
	return n
}

// western writes the digits and marks of other scripts in our own.
func western(text string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10} { // Arabic, Persian, Devanagari, Bengali, Thai, full width
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		switch r {
		case '٫':
			return '.'
		case '٬', '،', '，':
			return ','
		case '٪', '％':
			return '%'
		}
		return r
	}, text)
}

// numbersOf lists the numbers of a text whose words are known.
func (j *Judge) numbersOf(r *reading) []number {
	var list []number
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		if w.mark {
			continue
		}
		n, used, ok := j.numerals.at(r, i)
		if !ok {
			continue
		}
		n.word, n.end = i, i+used
		if n.unit == "" {
			n.unit = j.numerals.unit(r, i, i+used)
		}
		list = append(list, n)
		i += used - 1
	}
	ranges(r, list)
	return list
}

// ranges gives both ends of a range the unit that only one of them has: "€199–299", "10 to 20%".
func ranges(r *reading, list []number) {
	for i := 0; i+1 < len(list); i++ {
		a, b := &list[i], &list[i+1]
		between := strings.Trim(strings.ToLower(r.text[r.words[a.word].end():r.words[b.word].at]), " \u00a0%€£$")
		switch between {
		case "–", "-", "—", "to", "bis", "a", "à", "or", "and", "до", "al":
			if a.unit == "" && b.unit == "%" {
				a.unit = "%"
			}
			if b.unit == "" && a.unit != "%" && between != "or" && between != "and" {
				b.unit = a.unit
			}
		}
	}
}

// at reads the number that begins at a word, and how many words it takes.
func (n numerals) at(r *reading, i int) (found number, used int, ok bool) {
	w := r.words[i]
	if digitsOf(w.text) != "" {
		return n.digits(r, i)
	}
	value, ok := n.words[w.low]
	if !ok {
		return number{}, 0, false
	}
	found, used = number{value: value, text: w.text, vague: value == 1}, 1
	if i+1 < len(r.words) && !r.words[i+1].first {
		next, more := n.words[r.words[i+1].low]
		switch {
		case more && n.tens[w.low] && next < 10:
			found.value, used = value+next, 2
		case more && next >= 100 && value < 100 && value != 0.5:
			found.value, found.vague, used = value*next, false, 2
		}
	}
	return found, used, true
}

// digits reads a number written in digits: thousands and decimals are told apart by what stands where.
func (n numerals) digits(r *reading, i int) (found number, used int, ok bool) {
	w := r.words[i]
	parts := n.compound.FindStringSubmatch(western(w.text))
	if parts == nil {
		return number{}, 0, false
	}
	text, used := strings.TrimRight(parts[1], ".,"), 1
	for i+used < len(r.words) && grouped(text, western(r.words[i+used].text), r.gap(i+used)) {
		text += western(r.words[i+used].text)
		used++
	}
	value, err := strconv.ParseFloat(decimal(text), 64)
	if err != nil {
		return number{}, 0, false
	}
	switch strings.ToLower(parts[2]) {
	case "k":
		value *= 1000
	case "m", "mn", "mio":
		value *= 1e6
	}
	if i+used < len(r.words) && !r.words[i+used].first {
		if scale := n.words[r.words[i+used].low]; scale >= 1000 {
			value *= scale
		}
	}
	return number{value: value, text: w.text}, used, true
}

// grouped says whether a token of three digits goes on with a number that a space parts: "1 000 €".
func grouped(text, next, gap string) bool {
	return len(text) <= 3 && !strings.ContainsAny(text, ".,") && (gap == "\u00a0" || gap == "\u202f") && len(next) >= 3 && digitsOf(next[:3]) == next[:3]
}

// decimal writes a number for the parser: the last mark is a decimal one unless three digits follow it or it comes more than once.
func decimal(text string) string {
	at := strings.LastIndexAny(text, ".,")
	if at < 0 {
		return text
	}
	whole := strings.NewReplacer(".", "", ",", "").Replace(text[:at])
	mark, rest := text[at:at+1], text[at+1:]
	if len(rest) == 3 && (whole != "0") || strings.Count(text, mark) > 1 {
		return whole + rest
	}
	return whole + "." + rest
}

// unit is the percent sign or currency beside the words from i up to end.
func (n numerals) unit(r *reading, i, end int) string {
	before, after := western(r.gap(i)), western(r.gap(end))
	lead := strings.TrimLeft(after, " \u00a0\u202f")
	if strings.HasPrefix(lead, "%") || strings.HasSuffix(strings.TrimRight(before, " \u00a0"), "%") && !strings.HasSuffix(before, "% ") {
		return "%"
	}
	if unit := n.symbol(strings.TrimRight(before, " \u00a0\u202f"), strings.HasSuffix); unit != "" {
		if i > 0 && unit == "$" && strings.EqualFold(r.words[i-1].text, "R") {
			return "R$"
		}
		return unit
	}
	if unit := n.symbol(lead, strings.HasPrefix); unit != "" {
		return unit
	}
	return n.named(r, i, end, after)
}

// symbol is the currency sign at one end of a gap.
func (n numerals) symbol(gap string, has func(s, part string) bool) string {
	for _, sign := range []string{"€", "£", "$", "₹", "₪", "₽", "₺", "¥", "₩", "₫", "₴", "zł", "฿", "₱", "₦"} {
		if has(gap, sign) {
			return sign
		}
	}
	return ""
}

// named is a unit written as a word after a number, within it ("1,980円") or before it: "30 percent", "GBP 20", "20 euros".
func (n numerals) named(r *reading, i, end int, after string) string {
	if unit := n.units[strings.TrimLeft(western(r.words[end-1].low), "0123456789.,")]; unit != "" {
		return unit
	}
	if end < len(r.words) && strings.Trim(after, " \u00a0\u202f-") == "" && !r.words[end].first {
		low := r.words[end].low
		if _, scale := n.words[low]; scale && end+1 < len(r.words) {
			low = r.words[end+1].low
		}
		if unit := n.units[low]; unit != "" {
			return unit
		}
	}
	if i > 0 && strings.Trim(r.gap(i), " \u00a0.") == "" && len(r.words[i-1].low) <= 3 {
		return n.units[r.words[i-1].low]
	}
	return ""
}

// strange lists the numbers of a text that neither the source nor the Page has.
func (j *Judge) strange(text *reading, base []*reading) []number {
	var list []number
	for _, n := range text.numbers {
		if !n.vague && !licensed(n, base) {
			list = append(list, n)
		}
	}
	return list
}

// licensed says whether a number comes in one of the readings with the same unit; half of something is fifty percent.
func licensed(n number, base []*reading) bool {
	for _, r := range base {
		for _, m := range r.numbers {
			same := n.value == m.value && n.unit == m.unit
			half := n.value == 0.5 && n.unit == "" && m.value == 50 && m.unit == "%" || n.value == 50 && n.unit == "%" && m.value == 0.5
			if same || half {
				return true
			}
		}
	}
	return false
}
