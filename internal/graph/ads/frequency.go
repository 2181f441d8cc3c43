package ads

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// frequency checks the frequency caps that are sent: each counts impressions, in a window of whole days.
func frequency(w *graph.Write) {
	for _, field := range object.FrequencyFields() {
		if _, sent := w.Sent[field]; !sent {
			continue
		}
		specs := object.Listed(w.Data, field)
		if n := len(specs); n > object.MaxFrequencyCaps {
			f := object.Broken("frequency.max", 0, fmt.Sprintf("%s has %d caps, at most %d are allowed", field, n, object.MaxFrequencyCaps), field)
			f.Sent, f.Limit = n, object.MaxFrequencyCaps
			w.Fault(f)
			continue
		}
		for i, elem := range specs {
			spec, _ := elem.(map[string]any)
			frequencySpec(w, spec, field, digits(i))
		}
	}
}

// frequencySpec checks one cap.
func frequencySpec(w *graph.Write, spec map[string]any, path ...string) {
	if event := object.Text(spec, "event"); event != "IMPRESSIONS" {
		w.Fault(set(object.Broken("frequency.event", 0, "a cap counts the event IMPRESSIONS", append(path, "event")...), "IMPRESSIONS"))
	}
	for _, member := range []struct {
		name string
		most int64
	}{{"interval_days", object.MaxFrequencyDays}, {"max_frequency", object.MaxFrequency}} {
		if n := object.Whole(spec, member.name); n < 1 || n > member.most {
			w.Fault(set(object.Broken("frequency.range", 0, fmt.Sprintf("%s is %d, 1 to %d are allowed", member.name, n, member.most), append(path, member.name)...),
				min(max(n, 1), member.most)))
		}
	}
}
