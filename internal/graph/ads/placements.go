package ads

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// platforms are where ads can show.
func platforms() []string {
	return []string{"facebook", "instagram", "audience_network", "messenger", "threads", "whatsapp"}
}

// placements checks where the ads may show: known platforms and devices, positions of platforms that are chosen, and none that has been
// taken away.
func placements(w *graph.Write, targeting map[string]any) {
	words(w, targeting, "publisher_platforms", platforms())
	words(w, targeting, "device_platforms", []string{"mobile", "desktop"})
	chosen := object.Listed(targeting, "publisher_platforms")
	for _, platform := range platforms() {
		name := platform + "_positions"
		positions := object.Listed(targeting, name)
		if len(positions) > 0 && len(chosen) > 0 && !slices.Contains(chosen, any(platform)) {
			w.Fault(drop(object.Broken("targeting.position", 0, name+" needs "+platform+" among publisher_platforms", "targeting", name)))
		}
		for i, position := range positions {
			path := []string{"targeting", name, digits(i)}
			switch {
			case platform == "instagram" && position == "explore":
				w.Fault(drop(object.Broken("targeting.retired", 2490589, "the placement explore of Instagram is no longer offered; use explore_home", path...)))
			case platform == "messenger" && position == "story" && w.Version >= 260:
				w.Fault(drop(object.Broken("targeting.retired", 0, "the placement story of Messenger is gone since v26.0", path...)))
			}
		}
	}
}

// words checks a list of known words.
func words(w *graph.Write, targeting map[string]any, name string, known []string) {
	for i, word := range object.Listed(targeting, name) {
		if text, _ := word.(string); !slices.Contains(known, text) {
			w.Fault(drop(object.Broken("targeting.word", 0, name+" takes "+strings.Join(known, ", "), "targeting", name, digits(i))))
		}
	}
}
