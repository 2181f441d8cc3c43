package ads

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// reviewGate is what setting an ad ACTIVE does with its generated assets.
func reviewGate(_ *graph.Call, account *store.Object) any {
	return cmp.Or(account.Text("review_gate"), "activation")
}

// fourEyes is whether nobody may approve what was generated at their own request.
func fourEyes(_ *graph.Call, account *store.Object) any {
	on, _ := account.Data["four_eyes"].(bool)
	return on
}

// reviewSettings keeps who is reviewed from changing by whom: that takes the scope admin.
func reviewSettings(w *graph.Write) {
	for _, name := range []string{"review_gate", "four_eyes"} {
		if _, sent := w.Sent[name]; sent && !w.Caller.Can(object.Admin) {
			w.Fault(coded(object.Broken("account.review", 0, name+" can be changed by a token with the scope admin only", name), 10))
		}
	}
}

// mostColours is how many colours a brand has.
const mostColours = 5

// colour is how a brand's colours are written.
var colour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// brandColours checks what was sent as brand_colors.
func brandColours(w *graph.Write) {
	list, _ := w.Sent["brand_colors"].([]any)
	if len(list) > mostColours {
		f := object.Broken("brand_colors.max", 0, fmt.Sprintf("brand_colors has %d colours, at most %d are allowed", len(list), mostColours), "brand_colors")
		f.Sent, f.Limit = len(list), mostColours
		w.Fault(f)
	}
	for i, one := range list {
		if text, _ := one.(string); !colour.MatchString(text) {
			w.Fault(object.Broken("brand_colors.colour", 0, fmt.Sprintf("%q is no colour; write it as #1b4332", one), "brand_colors", strconv.Itoa(i)).Without())
		}
	}
}

// guidelineLists are the members of text_guidelines: how many texts each may hold, and how many characters each text.
func guidelineLists() map[string][2]int {
	return map[string][2]int{"term_exclusions": {25, 100}, "messaging_restrictions": {40, 300}}
}

// guidelines checks what was sent as text_guidelines, and stores it without empty texts.
func guidelines(w *graph.Write) {
	sent, _ := w.Sent["text_guidelines"].(map[string]any)
	kept := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		most, known := guidelineLists()[name]
		list, isList := sent[name].([]any)
		at := []string{"text_guidelines", name}
		switch {
		case !known:
			w.Fault(drop(object.Broken("guidelines.member", 0, "text_guidelines has no "+name+"; it takes term_exclusions and messaging_restrictions", at...)))
		case !isList:
			w.Fault(object.Broken("guidelines.list", 0, name+" must be a list of texts", at...).Without())
		case len(list) > most[0]:
			f := object.Broken("guidelines.max", 0, fmt.Sprintf("%s has %d texts, at most %d are allowed", name, len(list), most[0]), at...)
			f.Sent, f.Limit = len(list), most[0]
			w.Fault(f)
		default:
			kept[name] = guidelineTexts(w, name, list, most[1])
		}
	}
	if sent != nil {
		w.Data["text_guidelines"] = kept
	}
}

// guidelineTexts are the texts of a list, trimmed; what is too long or no text is a fault.
func guidelineTexts(w *graph.Write, name string, list []any, most int) []any {
	texts := []any{}
	for i, elem := range list {
		text, isText := elem.(string)
		text = strings.TrimSpace(text)
		at := []string{"text_guidelines", name, strconv.Itoa(i)}
		switch n := utf8.RuneCountInString(text); {
		case !isText:
			w.Fault(object.Broken("guidelines.text", 0, "an element of "+name+" must be a text", at...).Without())
		case n > most:
			f := object.Broken("guidelines.length", 0, fmt.Sprintf("a text of %s has %d characters, at most %d are allowed", name, n, most), at...)
			f.Sent, f.Limit = n, most
			w.Fault(f)
		case text != "" && !slices.Contains(texts, any(text)):
			texts = append(texts, text)
		}
	}
	return texts
}
