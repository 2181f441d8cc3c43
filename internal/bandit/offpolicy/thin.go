package offpolicy

import "github.com/marquetry/marquetry/internal/bandit"

// tally counts events of one context: all, those that are kept, and what the model predicts of these.
type tally struct{ all, kept, predicted float64 }

// thinWeight is how many events' worth the whole stage counts in a context of its own.
const thinWeight = 20

// Thin evaluates the policy that made the events, had it left out all combinations but those for which only is true: the others would
// have taken their place in proportion. It takes the events of a stage together, as many as one policy made or nearly so: how often each
// context showed what is left is counted among them.
func (e *Evaluation) Thin(events []Event, only func(combination int) bool) {
	var total tally
	counts := map[bandit.Signature]*tally{}
	for _, ev := range events {
		t := counts[ev.Signature]
		if t == nil {
			t = &tally{}
			counts[ev.Signature] = t
		}
		for _, t := range []*tally{t, &total} {
			t.all++
			if only(ev.Combination) {
				t.kept++
				t.predicted += e.line(ev.Signature).rate[ev.Combination]
			}
		}
	}
	for _, ev := range events {
		t, w, value := counts[ev.Signature], 0.0, 0.0
		if total.kept > 0 {
			value = (t.predicted + thinWeight*total.predicted/total.kept) / (t.kept + thinWeight)
		}
		if only(ev.Combination) {
			w = (t.all + thinWeight) / (t.kept + thinWeight*total.kept/total.all)
		}
		e.weigh(ev, w, value, e.line(ev.Signature).rate)
	}
}
