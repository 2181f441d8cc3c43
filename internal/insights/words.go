package insights

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
)

// percent writes a share that is not negative with two digits: 0.19 %, 14 %; more than a hundred percent with all.
func percent(share float64) string {
	digits := 0
	if share > 0 {
		digits = min(max(0, 1-int(math.Floor(math.Log10(100*share)))), 4)
	}
	s := strconv.FormatFloat(100*share, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s + " %"
}

// more writes a ratio as so many percent more or less of something: 14 % more clicks.
func more(ratio float64, of string) string {
	word := " more "
	if ratio < 1 {
		word, ratio = " less ", 2-ratio
	}
	return strings.TrimSpace(percent(ratio-1) + word + of)
}

// between writes an interval of ratios: 3 % to 26 % more; 12 % less to 30 % more.
func between(e bandit.Estimate) string {
	switch {
	case math.IsInf(e.High, 1) && e.Low >= 1:
		return "at least " + more(e.Low, "")
	case math.IsInf(e.High, 1):
		return "anything from " + more(e.Low, "") + " to any number more"
	case e.Low >= 1:
		return percent(e.Low-1) + " to " + more(e.High, "")
	case e.High <= 1:
		return percent(1-e.High) + " to " + more(e.Low, "")
	}
	return more(e.Low, "") + " to " + more(e.High, "")
}

// number writes a count with the right form of a noun: 1 day, 4 days.
func number(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// yield is what an ad is to bring: clicks, Purchase events, or value.
func (a *adReport) yield(l *bandit.Learned) string {
	switch l.Rule.Objective {
	case bandit.Clicks:
		return "clicks"
	case bandit.Value:
		return "value"
	case bandit.Conversions:
	}
	return a.promoted + " events"
}

// event is one of what an ad set optimises for.
func (a *adReport) event(l *bandit.Learned) string {
	if l.Rule.Objective == bandit.Clicks {
		return "click"
	}
	return a.promoted + " event"
}

// ahead is when learning is expected to be over, with the central 90 %; nothing while nobody can know.
func ahead(f bandit.Forecast) string {
	days := math.Ceil(f.Days)
	switch {
	case !f.Known || days <= 0:
		return ""
	case math.IsInf(days, 1):
		return ", and no end is in sight"
	}
	latest := "or more"
	if !math.IsInf(f.HiDays, 1) {
		latest = fmt.Sprintf("to %.0f", math.Ceil(f.HiDays))
	}
	return fmt.Sprintf(", about %s more (%.0f %s)", number(int64(days), "day"), math.Ceil(f.LowDays), latest)
}
