package world

import (
	"math/rand/v2"

	"github.com/marquetry/marquetry/client"
)

// Segment is one kind of people: how many of them there are and what a site would know of them. What they like is in the world.
type Segment struct {
	Name       string  `json:"name"`
	Share      float64 `json:"share"` // of all people; the shares of all segments sum to 1
	Ages       []Mix   `json:"ages"`
	Genders    []Mix   `json:"genders"`
	Devices    []Mix   `json:"devices"`
	Placements []Mix   `json:"placements"`
	clicks     float64 // log-odds above the average click rate
	buys       float64 // log-odds above the average of purchases per click
}

// Mix is one value of an attribute and its share within the segment.
type Mix struct {
	Value string  `json:"value"`
	Share float64 `json:"share"`
}

// segments are the four kinds of people of every world. They differ in where they are met, overlap in age, gender and device, and
// no attribute names them: telling them apart is the learner's task.
func segments() []Segment {
	return []Segment{
		{
			Name: "students", Share: 0.25, clicks: 0.10, buys: -0.25,
			Ages:       []Mix{{"18-24", 0.8}, {"25-34", 0.2}},
			Genders:    []Mix{{"female", 0.5}, {"male", 0.5}},
			Devices:    []Mix{{"iphone", 0.5}, {"android_smartphone", 0.5}},
			Placements: []Mix{{"INSTAGRAM_STORY", 0.85}, {"INSTAGRAM_REELS", 0.15}},
		},
		{
			Name: "young families", Share: 0.3, clicks: 0.05, buys: 0.10,
			Ages:       []Mix{{"25-34", 0.6}, {"35-44", 0.4}},
			Genders:    []Mix{{"female", 0.6}, {"male", 0.4}},
			Devices:    []Mix{{"android_smartphone", 0.6}, {"iphone", 0.4}},
			Placements: []Mix{{"MOBILE_FEED_STANDARD", 1}},
		},
		{
			Name: "office workers", Share: 0.25, clicks: -0.15, buys: 0,
			Ages:       []Mix{{"35-44", 0.5}, {"45-54", 0.5}},
			Genders:    []Mix{{"male", 0.6}, {"female", 0.4}},
			Devices:    []Mix{{"desktop", 1}},
			Placements: []Mix{{"DESKTOP_FEED_STANDARD", 0.85}, {"RIGHT_COLUMN_STANDARD", 0.15}},
		},
		{
			Name: "home cooks", Share: 0.2, clicks: 0, buys: 0.15,
			Ages:       []Mix{{"45-54", 0.3}, {"55-64", 0.7}},
			Genders:    []Mix{{"female", 0.7}, {"male", 0.3}},
			Devices:    []Mix{{"ipad", 0.5}, {"iphone", 0.5}},
			Placements: []Mix{{"INSTAGRAM_STANDARD", 1}},
		},
	}
}

// Viewer draws a person: the segment and what a site would tell of the person. It has no id.
func (w *World) Viewer(rng *rand.Rand) (segment int, v client.Viewer) {
	segment = len(w.segments) - 1
	for u, i := rng.Float64(), 0; i < segment; i++ {
		if u -= w.segments[i].Share; u < 0 {
			segment = i
		}
	}
	s := w.segments[segment]
	v = client.Viewer{Country: "US", Age: pick(rng, s.Ages), Gender: pick(rng, s.Genders), Device: pick(rng, s.Devices)}
	return segment, v
}

// pick draws a value by its share.
func pick(rng *rand.Rand, values []Mix) string {
	u := rng.Float64()
	for _, v := range values {
		if u -= v.Share; u < 0 {
			return v.Value
		}
	}
	return values[len(values)-1].Value // the shares sum to 1 but for rounding
}
