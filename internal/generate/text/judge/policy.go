package judge

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Limits of what an advertisement may look like.
const (
	maxExclamations = 2
	maxEmoji        = 3
	shout           = 4 // letters of a word in capitals that is not likely to be an abbreviation
)

// allowed adds what advertising rules do not let through.
func (j *Judge) allowed(s subject, text *reading, add func(group, class string, what ...string)) {
	add(policy, "caps", shouting(s, text)...)
	raw := text.text
	add(policy, "punct", firstOf(j.repeated(raw))...)
	if strings.Count(raw, "!")+strings.Count(raw, "！") > max(maxExclamations, 0) {
		add(policy, "exclaim", raw)
	}
	for _, h := range j.profane.find(text.words) {
		add(policy, "profanity", h.term)
	}
	for _, h := range j.personal.find(text.words) {
		if !slices.ContainsFunc(j.personal.find(s.source.words), func(other hit) bool { return other.term == h.term }) {
			add(policy, "personal", h.term)
		}
	}
	add(policy, "markup", firstOf(j.markup.FindAllString(raw, -1))...)
	controls, fonts, emoji := odd(raw, s.Lang)
	add(policy, "control-char", firstOf(controls)...)
	add(policy, "fancy-font", firstOf(fonts)...)
	if emoji > maxEmoji {
		add(policy, "emoji", raw)
	}
	if n := uniseg.GraphemeClusterCount(raw); float64(n) > max(160, 1.6*float64(uniseg.GraphemeClusterCount(s.source.text))) {
		add(policy, "too-long", raw)
	}
}

// firstOf is a list's first entry, for what counts once a text.
func firstOf(list []string) []string { return list[:min(1, len(list))] }

// repeated lists the marks that come where one would do.
func (j *Judge) repeated(raw string) []string {
	return j.breaks.FindAllString(strings.NewReplacer("¡", "", "¿", "").Replace(raw), -1)
}

// shouting lists words in capitals: two or more, or one that the source writes otherwise. Names of the Page and codes may be so.
func shouting(s subject, text *reading) []string {
	var loud, new []string
	for _, w := range text.words {
		letters := []rune(w.text)
		if w.mark || len(letters) < shout || strings.ContainsFunc(w.text, func(c rune) bool { return !unicode.IsUpper(c) }) {
			continue
		}
		if slices.ContainsFunc(s.page, func(r *reading) bool { return r.has(w.text) }) || slices.Contains(s.KeepAll, w.text) {
			continue
		}
		loud = append(loud, w.text)
		if !s.source.has(w.text) {
			new = append(new, w.text)
		}
	}
	if len(once(loud)) >= 2 {
		return []string{strings.Join(loud, " ")}
	}
	return firstOf(new)
}

// has says whether a reading has a word written just so.
func (r *reading) has(text string) bool {
	return slices.ContainsFunc(r.words, func(w word) bool { return w.text == text })
}

// odd lists the characters that people do not type: controls and directions, letters of decoration; and it counts the pictures.
func odd(raw, lang string) (controls, fonts []string, emoji int) {
	clusters := uniseg.NewGraphemes(raw)
	for clusters.Next() {
		runes := clusters.Runes()
		if isEmoji(runes[0]) {
			emoji++
			continue
		}
		for _, c := range runes {
			switch {
			case hidden(c, lang):
				controls = append(controls, string(c))
			case c >= 0x1D400 && c <= 0x1D7FF, c >= 0x1F130 && c <= 0x1F189, c >= 0x24B6 && c <= 0x24E9, c >= 0xFF21 && c <= 0xFF5A && lang != "ja" && lang != "zh":
				fonts = append(fonts, string(c))
			}
		}
	}
	return controls, fonts, emoji
}

// hidden says whether a character is not seen and steers what is. Joiners belong to Indic and Persian writing, marks of direction to
// texts that run from right to left.
func hidden(c rune, lang string) bool {
	switch c {
	case '\n', 0xFE0F:
		return false
	case 0x200C, 0x200D:
		return lang != "hi" && lang != "fa" && lang != "bn" && lang != "ur"
	case 0x200E, 0x200F, 0x061C:
		return lang != "he" && lang != "ar" && lang != "fa" && lang != "ur"
	}
	return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == 0xFFFD || c == 0x2028 || c == 0x2029
}
