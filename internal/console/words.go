package console

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
)

// number writes a count with thousands separated: 12,345.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent writes a rate as a percentage with three significant digits at least: 4.25 %, 0.0125 %.
func percent(rate float64) string {
	digits := 2
	for p := rate * 100; p > 0 && p < 1 && digits < 5; p *= 10 {
		digits++
	}
	return strconv.FormatFloat(rate*100, 'f', digits, 64) + " %"
}

// change writes a ratio as what it adds: +12 %, -3 %.
func change(ratio float64) string {
	return fmt.Sprintf("%+.0f %%", 100*(ratio-1)+0) // -0 is written as +0
}

// sayLabel is what can be said of an asset or a pair in a person's words, with its style class; "" when that is nothing.
func sayLabel(s bandit.Say) (label, tone string) {
	switch s {
	case bandit.SayBetter:
		return "Better", "good"
	case bandit.SayWorse:
		return "Worse", "warn"
	case bandit.SayEven:
		return "No difference", "calm"
	case bandit.SayLearning:
	}
	return "", ""
}

// chance writes a probability in whole percent.
func chance(p float64) string {
	switch {
	case p < 0.01:
		return "under 1 %"
	case p > 0.99:
		return "over 99 %"
	}
	return strconv.FormatFloat(p*100, 'f', 0, 64) + " %"
}

// stateLabel is a learning state in a person's words.
func stateLabel(s bandit.State) string {
	switch s {
	case bandit.LearningLimited:
		return "Learning limited"
	case bandit.StableWinner:
		return "Winner found"
	case bandit.StableEven:
		return "No material difference"
	}
	return "Learning"
}

// stateTone is the style class of a learning state.
func stateTone(s bandit.State) string {
	switch s {
	case bandit.LearningLimited:
		return "warn"
	case bandit.StableWinner:
		return "good"
	case bandit.StableEven:
		return "calm"
	}
	return "busy"
}

// sentence explains a learning state by the optimisation events since the last significant edit, as reports do; goal is what the ad is optimised
// for. Nil is an ad of which nothing has been learnt.
func sentence(l *bandit.Learned, goal string) string {
	if l == nil {
		l = &bandit.Learned{State: bandit.Learning}
	}
	so := fmt.Sprintf("%s in %s so far", count(l.Progress.Events, goal), plural(int64(l.Progress.Days), "day"))
	if l.Totals.Since > l.Totals.FirstDay {
		so += " since the last significant edit"
	}
	switch l.State {
	case bandit.LearningLimited:
		return so + ": at this rate there will not be enough of them to tell the combinations apart. A wider audience, a higher budget or fewer assets would help."
	case bandit.StableWinner:
		return so + ": one combination is better than showing all of them evenly, and little is left to gain by looking further."
	case bandit.StableEven:
		return so + ": the combinations do about equally well, so it matters little which one is shown."
	case bandit.Learning:
	}
	return so + ": the differences are still uncertain, so all combinations keep getting a chance and no winner is named yet." + forecast(l.Exit)
}

// forecast says when learning is expected to be over, with a space before it; "" when that is not known.
func forecast(f bandit.Forecast) string {
	if !f.Known || f.Days <= 0 || math.IsInf(f.Days, 0) {
		return ""
	}
	low, high := int64(math.Ceil(f.LowDays)), plural(int64(math.Ceil(f.HiDays)), "day")
	if math.IsInf(f.HiDays, 0) || f.HiDays > 365 {
		return fmt.Sprintf(" That takes %s more at least.", plural(max(1, low), "day"))
	}
	return fmt.Sprintf(" That takes about %s more, with 90 %% probability %d to %s.", plural(int64(math.Ceil(f.Days)), "day"), low, high)
}

// plural writes a count with its noun.
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// count writes a count with what is counted, which is given in the plural: purchases, searches.
func count(n int64, nouns string) string {
	if n == 1 {
		return "1 " + singular(nouns)
	}
	return number(n) + " " + nouns
}

// singular is one of what events or goalOf name.
func singular(nouns string) string {
	if stem, ok := strings.CutSuffix(nouns, "hes"); ok {
		return stem + "h"
	}
	return strings.TrimSuffix(nouns, "s")
}

// goalOf is what an ad set optimises for, in the plural: clicks, or the pixel's event.
func goalOf(adset map[string]any) string {
	switch adset["optimization_goal"] {
	case "OFFSITE_CONVERSIONS", "VALUE":
		return events(object.PromotedEvent(adset))
	}
	return "clicks"
}

// events is the plural of a pixel's event in a person's words: CompleteRegistration is complete registrations.
func events(name string) string {
	word := spaced(name)
	if strings.HasSuffix(word, "h") {
		word += "e"
	}
	return word + "s"
}

// spaced is a pixel's event as words: complete registration.
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// capital writes the first letter large.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// contextLabel writes a context's known values: mobile feed standard, 25-34, female.
func contextLabel(sig bandit.Signature) string {
	var known []string
	for value := range strings.SplitSeq(string(sig), "|") {
		switch value {
		case "":
		case "1":
			known = append(known, "for the first time")
		case "2-3", "4+":
			known = append(known, value+" times")
		default:
			known = append(known, strings.ToLower(strings.ReplaceAll(value, "_", " ")))
		}
	}
	if len(known) == 0 {
		return "nothing known"
	}
	return strings.Join(known, ", ")
}
