package deliver

import (
	"math"

	"github.com/marquetry/marquetry/internal/bandit"
)

// The platform's rule: the learning phase ends with about 50 optimisation events within 7 days of the last significant edit.
const (
	stageEvents = 50
	stageDays   = 7
)

// Stage is an ad set's learning_stage_info.
type Stage struct {
	Status      string   `json:"status"`      // LEARNING, SUCCESS, or FAIL when the rate is too low
	Conversions int64    `json:"conversions"` // optimisation events since the last significant edit; 0 once SUCCESS
	LastEdit    int64    `json:"last_sig_edit_ts"`
	Windows     []string `json:"attribution_windows"`

	Ads []AdStage `json:"marquetry_ads"` // oldest first
}

// AdStage is how far the learning of one ad has come, as of its last fit.
type AdStage struct {
	ID        string       `json:"ad_id"`
	State     bandit.State `json:"state"`
	Events    int64        `json:"events"`          // optimisation events since the last significant edit
	Remaining float64      `json:"value_remaining"` // share that is lost at most by stopping now, with 95 % probability
	Exit      *exit        `json:"days_to_exit,omitempty"`
}

// exit is the forecast of the end of LEARNING, in days. Without a high end it may never be.
type exit struct {
	Days float64  `json:"median"`
	Low  float64  `json:"low"`  // central 90 %
	High *float64 `json:"high"` //
}

// Stage is how far an ad set's delivery has learnt; not ok for one that is not known. Without a significant edit the last one is when the set,
// its newest ad or what that shows was made.
func (s *Service) Stage(adSetID string) (Stage, bool) {
	snapshot := s.snapshot.Load()
	set := snapshot.objects.adsets[adSetID]
	if set == nil {
		return Stage{}, false
	}
	stage := Stage{Status: "LEARNING", LastEdit: max(set.edited, set.relearns), Windows: set.windows, Ads: []AdStage{}}
	events := map[int32]int64{}
	edited, today := set.since(), dayOf(s.sources.Now(), set.account.zone)
	first := today
	for _, a := range set.ads {
		if learned := snapshot.learned[a.id]; learned != nil {
			stage.Ads = append(stage.Ads, adStage(a.id, learned))
		}
		for _, d := range snapshot.history[a.id] {
			if d.day < edited {
				continue
			}
			first = min(first, d.day)
			n := d.optimised(set)
			events[d.day] += n
			stage.Conversions += n
		}
	}
	switch {
	case mostInDays(events, stageDays) >= stageEvents:
		stage.Status, stage.Conversions = "SUCCESS", 0
	case today-first >= stageDays:
		stage.Status = "FAIL"
	}
	return stage, true
}

// adStage is what is published of an ad's learning.
func adStage(id string, l *bandit.Learned) AdStage {
	stage := AdStage{ID: id, State: l.State, Events: l.Progress.Events, Remaining: l.Remaining}
	if l.Exit.Known {
		stage.Exit = &exit{Days: l.Exit.Days, Low: l.Exit.LowDays}
		if high := l.Exit.HiDays; !math.IsInf(high, 1) {
			stage.Exit.High = &high
		}
	}
	return stage
}

// optimised is how many optimisation events of an ad set happened on a day.
func (d *dayCount) optimised(set *adset) int64 {
	if set.objective == bandit.Clicks {
		return d.clicks
	}
	return d.conversions[set.event]
}

// mostInDays is the largest sum over so many consecutive days.
func mostInDays(counts map[int32]int64, days int32) int64 {
	var most int64
	for from := range counts {
		var sum int64
		for day := from; day < from+days; day++ {
			sum += counts[day]
		}
		most = max(most, sum)
	}
	return most
}
