package object

// Limits of frequency caps.
const (
	MaxFrequencyCaps = 5  // of one object and field
	MaxFrequencyDays = 90 // of a window
	MaxFrequency     = 90 // times in it
)

// FrequencyFields are the fields of an object that hold frequency caps: the platform's and ours.
func FrequencyFields() []string {
	return []string{"frequency_control_specs", "marquetry_frequency_caps"}
}

// FrequencyCap says that a viewer is shown something at most so often within any so many times 24 hours.
type FrequencyCap struct{ Days, Most int64 }

// FrequencyCaps reads all caps of an object; those that are out of bounds are left out.
func FrequencyCaps(data map[string]any) (caps []FrequencyCap) {
	for _, field := range FrequencyFields() {
		for _, elem := range Listed(data, field) {
			spec, _ := elem.(map[string]any)
			c := FrequencyCap{Whole(spec, "interval_days"), Whole(spec, "max_frequency")}
			if 1 <= c.Days && c.Days <= MaxFrequencyDays && 1 <= c.Most && c.Most <= MaxFrequency {
				caps = append(caps, c)
			}
		}
	}
	return caps
}

// frequencyField is the declaration of our own field of caps.
func frequencyField(of string) Field {
	return Field{
		Name: "marquetry_frequency_caps", Kind: List, Elem: Object, Inside: Kinds{"interval_days": Int, "max_frequency": Int}, Mode: Editable,
		Doc: "Ours: how often a person may see the " + of + ".", Example: `[{"event":"IMPRESSIONS","interval_days":1,"max_frequency":2}]`,
	}
}
