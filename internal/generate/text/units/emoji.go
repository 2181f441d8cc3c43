package units

import (
	"github.com/rivo/uniseg"
	"strings"
	"unicode"
)

// grapheme is the first grapheme of a text.
func grapheme(s string) string {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return cluster
}

// isEmojiAt says whether a pictograph begins at i: by its block, by a variation selector, or as a keycap.
func isEmojiAt(s string, i int, r rune, size int) bool {
	if isPictograph(r) {
		return true
	}
	if r < 0x80 && !unicode.IsDigit(r) && r != '#' && r != '*' || unicode.IsLetter(r) {
		return false
	}
	rest := s[i+size:]
	return strings.HasPrefix(rest, "\uFE0F") || strings.HasPrefix(rest, "\u20E3")
}

// isPictograph says whether a rune is drawn as a picture by itself.
func isPictograph(r rune) bool {
	switch {
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0x2B05 && r <= 0x2B55, r >= 0x23E9 && r <= 0x23FA, r == 0x231A, r == 0x231B:
		return true
	}
	return r == 0x203C || r == 0x2049 || r == 0x25AA || r == 0x25B6 || r == 0x25C0 || r >= 0x25FB && r <= 0x25FE
}
