package inspect

import "encoding/json"

// encode is a record as JSON that takes no more than its share of the ring: one that is too large loses the corrected payload first, then
// what was sent, then everything but its head.
func encode(r Record) (text []byte, err error) {
	for _, shrink := range []func(*Record){func(*Record) {}, shortExplanation, shortValues, headOnly} {
		shrink(&r)
		if text, err = json.Marshal(r); err != nil || len(text) <= mostRecord {
			break
		}
	}
	return text, err
}

// shortExplanation leaves the faults, and not all of them.
func shortExplanation(r *Record) {
	if r.Explanation != nil {
		r.Explanation = &Explanation{Fault: r.Explanation.Fault, Faults: r.Explanation.Faults[:min(len(r.Explanation.Faults), widest)]}
	}
}

// shortValues leaves out what was sent and stored.
func shortValues(r *Record) {
	r.Sent = map[string]any{"…": "(too large to keep)"}
	stored := make([]Stored, min(len(r.Stored), widest))
	for i := range stored {
		stored[i] = Stored{ID: r.Stored[i].ID, Type: r.Stored[i].Type, Action: r.Stored[i].Action}
	}
	r.Stored = stored
}

// headOnly leaves what a list shows.
func headOnly(r *Record) { r.Stored, r.Notes, r.Explanation = nil, Notes{}, nil }
