package bandit

// week is the days over which the rate of events is judged.
const week = 7

// Progress is what an ad has seen since its last significant edit.
type Progress struct {
	Events int64 // optimisation events
	Days   int32 // from that of the edit to the last with an impression, both included
	Recent int64 // optimisation events of the last seven of them
}

// dailyEvents is the optimisation events of every day from the first that counts to the last with an impression.
func dailyEvents(cells []Cell, t Totals, objective Objective) []int64 {
	first := max(t.FirstDay, t.Since)
	if t.LastDay < first {
		return nil
	}
	events := make([]int64, t.LastDay-first+1)
	for _, c := range cells {
		if c.Day < first || c.Day > t.LastDay {
			continue
		}
		if objective == Clicks {
			events[c.Day-first] += c.Clicks
		} else {
			events[c.Day-first] += c.Conversions
		}
	}
	return events
}

// progressOf sums days.
func progressOf(events []int64) Progress {
	p := Progress{Days: int32(len(events))}
	for i, n := range events {
		p.Events += n
		if i >= len(events)-week {
			p.Recent += n
		}
	}
	return p
}
