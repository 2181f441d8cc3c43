package previews

import "strings"

// Lengths of texts under stress, in characters: what the platform still takes, or a bit more than it advises.
const (
	longPage  = 75
	longBody  = 600
	longTitle = 255
)

// Words of our own that texts are filled up or replaced with: for the long view where an ad says nothing, and for the view from right to left.
const (
	filler      = "Words that go on for longer than anyone planned, with Donaudampfschifffahrtsgesellschaftskapitän among them. "
	arabicName  = "متجر الحديقة"
	arabicWords = "مصابيح مصنوعة باليد تدوم طويلاً، توصيل مجاني داخل المدينة خلال يومين. اطلبها اليوم قبل نفاد الكمية! "
	arabicPress = "تسوق الآن"
)

// stress changes the texts of a scene to see whether a layout bears them: "long" makes them as long as they may be, "rtl" writes them in
// Arabic, about as long as they are.
func (s *scene) stress() {
	var change func(text string, most int) string
	switch s.Stress {
	case "long":
		s.Page = grown(s.Page, s.Page+" ", longPage)
		change = func(text string, most int) string { return grown(text, strings.TrimSpace(text+" "+filler)+" ", most) }
	case "rtl":
		s.Page = arabicName
		change = func(text string, _ int) string { return grown("", arabicWords, len([]rune(text))) }
	default:
		return
	}
	s.Body = change(s.Body, longBody)
	for i := range s.Cards {
		c := &s.Cards[i]
		c.Title, c.Description = change(c.Title, longTitle), change(c.Description, longTitle)
		if s.Stress == "rtl" && c.Button != "" {
			c.Button = arabicPress
		}
	}
}

// grown is a text with more behind it, again and again, of exactly that many characters; one that is longer stays.
func grown(text, more string, most int) string {
	runes := []rune(text)
	if len(runes) >= most || strings.TrimSpace(more) == "" {
		return text
	}
	more = strings.Repeat(more, most/len([]rune(more))+2)
	if len(runes) > 0 {
		more = " " + more
	}
	return strings.TrimSpace(string(append(runes, []rune(more)...)[:most]))
}
