package units

import (
	"strings"
	"unicode"
)

// scripts are the ones that are told apart, the commoner ones first.
func scripts() []script {
	return []script{
		{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Arabic", unicode.Arabic}, {"Han", unicode.Han}, {"Hiragana", unicode.Hiragana},
		{"Katakana", unicode.Katakana}, {"Hangul", unicode.Hangul}, {"Thai", unicode.Thai}, {"Devanagari", unicode.Devanagari}, {"Hebrew", unicode.Hebrew},
		{"Greek", unicode.Greek}, {"Bengali", unicode.Bengali}, {"Tamil", unicode.Tamil}, {"Telugu", unicode.Telugu}, {"Georgian", unicode.Georgian},
		{"Armenian", unicode.Armenian}, {"Gujarati", unicode.Gujarati}, {"Gurmukhi", unicode.Gurmukhi}, {"Kannada", unicode.Kannada},
		{"Malayalam", unicode.Malayalam}, {"Sinhala", unicode.Sinhala}, {"Khmer", unicode.Khmer}, {"Lao", unicode.Lao}, {"Myanmar", unicode.Myanmar},
		{"Ethiopic", unicode.Ethiopic},
	}
}

// script is a script with its letters.
type script struct {
	name  string
	table *unicode.RangeTable
}

// scriptOf is the script of most letters; Kana where there is any beside Han, "Other" for one that is not known, "" without letters.
func scriptOf(s string) string {
	all := scripts()
	counts := make([]int, len(all))
	other, kana, best, most := 0, 0, "", 0
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if r < 0x250 {
			counts[0]++
			continue
		}
		at := scriptIndex(all, r)
		if at < 0 {
			other++
			continue
		}
		counts[at]++
	}
	for i, n := range counts {
		if n > most {
			best, most = all[i].name, n
		}
	}
	kana = counts[4] + counts[5]
	switch {
	case other > most:
		return "Other"
	case kana > 0 && (kana+counts[3] >= most || best == "Han" || best == "Hiragana" || best == "Katakana"):
		return "Kana"
	}
	return best
}

// scriptIndex finds a rune's script, -1 for none of the list.
func scriptIndex(all []script, r rune) int {
	for i, s := range all {
		if unicode.Is(s.table, r) {
			return i
		}
	}
	return -1
}

// byScript is the language of a text in a script other than Latin: letters that only one language has decide.
func byScript(s, script string) string {
	switch script {
	case "Cyrillic":
		return cyrillic(s)
	case "Arabic":
		switch {
		case strings.ContainsAny(s, "ٹڈڑںےھ"):
			return "ur"
		case strings.ContainsAny(s, "پچژگک"):
			return "fa"
		}
		return "ar"
	case "Devanagari":
		if strings.Contains(s, "ळ") || strings.Contains(s, " आहे") {
			return "mr"
		}
		return "hi"
	}
	for _, pair := range [...][2]string{{"Han", "zh"}, {"Kana", "ja"}, {"Hangul", "ko"}, {"Thai", "th"}, {"Hebrew", "he"}, {"Greek", "el"}, {"Bengali", "bn"},
		{"Tamil", "ta"}, {"Telugu", "te"}, {"Georgian", "ka"}, {"Armenian", "hy"}, {"Gujarati", "gu"}, {"Gurmukhi", "pa"}, {"Kannada", "kn"},
		{"Malayalam", "ml"}, {"Sinhala", "si"}, {"Khmer", "km"}, {"Lao", "lo"}, {"Myanmar", "my"}, {"Ethiopic", "am"}} {
		if pair[0] == script {
			return pair[1]
		}
	}
	return ""
}

// cyrillic tells the languages of the script apart by letters of their own.
func cyrillic(s string) string {
	low := strings.ToLower(s)
	switch {
	case strings.ContainsAny(low, "ўў"):
		return "be"
	case strings.ContainsAny(low, "әғқңөұүһ"):
		return "kk"
	case strings.ContainsAny(low, "їєґ") || strings.Contains(low, "і"):
		return "uk"
	case strings.ContainsAny(low, "љњћђџ"):
		return "sr"
	case strings.ContainsAny(low, "ѓќѕ"):
		return "mk"
	case strings.ContainsAny(low, "ыэё"):
		return "ru"
	}
	for _, w := range strings.Fields(low) {
		switch strings.Trim(w, ".,!?:;") {
		case "и", "на", "от", "с", "в", "для", "не", "по", "до":
			continue
		case "за", "се", "вашия", "със", "ще", "към", "това", "безплатна", "доставка":
			if strings.Contains(low, "ъ") {
				return "bg"
			}
		}
	}
	return "ru"
}
