package insights

import (
	"slices"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/object"
)

// tasteOf finds the asset among two breakdowns of which the other is an attribute that the learner knows by the same name and values.
func tasteOf(breakdowns []string) (asset int, ok bool) {
	if len(breakdowns) != 2 {
		return 0, false
	}
	asset = slices.IndexFunc(breakdowns, isAssetColumn)
	return asset, asset >= 0 && slices.Contains([]string{"age", "gender"}, breakdowns[1-asset])
}

// tasteMembers is what has been learnt of an asset among some people, beyond its effect on all: nothing when nothing is known of that.
func (a *adReport) tasteMembers(id, attribute, value string) object.Ordered {
	l := a.present()
	if l == nil {
		return nil
	}
	p, i, ok := slotOf(a.feeds[a.current], id)
	at := slices.IndexFunc(l.Segments, func(f bandit.SegmentFinding) bool {
		return f.Attribute == attribute && f.Value == value && f.Slot == p && f.Asset == i
	})
	if !ok || at < 0 {
		return nil
	}
	f := l.Segments[at].Finding
	return append(object.Ordered{{Name: "segment_effect", Value: effectOf(f)}}, verdict(Verdict(f.Say), a.whyTaste(l, f))...)
}

// whyTaste says in one sentence what some people make of an asset.
func (a *adReport) whyTaste(l *bandit.Learned, f bandit.Finding) string {
	return a.why(l, f, "among them it", "brings", " than its effect on all lets expect")
}
