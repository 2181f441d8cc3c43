package sim

import (
	"fmt"
	"math"
	"slices"
)

// Preset is the spread of the effects of a world: standard deviations of log-odds, by slot.
type Preset struct {
	Name     string
	MeanCTR  float64 // clicks per impression over all segments and combinations
	Main     func(slot int) float64
	Pair     func(a, b int) float64
	Context  func(slot int) float64 // a segment's taste for an asset
	Residual float64                // what no model of pairs explains
	Segment  float64                // a segment's liking for ads as such
	Drifts   bool                   // tastes change half-way

	liking []float64 // standard normals, drawn with the world
}

// PresetNames lists the presets, the primary one first.
func PresetNames() []string {
	return []string{"real", "hill", "base", "main", "faint", "loud", "null", "aa", "drift"}
}

// NewPreset finds a preset by name for a space of so many slots.
func NewPreset(name string, slots int) (Preset, error) {
	if !slices.Contains(PresetNames(), name) {
		return Preset{}, fmt.Errorf("preset %q is unknown, known are %v", name, PresetNames())
	}
	switch name {
	case "real":
		return realPreset(slots)
	case "hill":
		return even(name, slots, 0.20, 0.28, 0.15, 0), nil
	case "main":
		return even(name, slots, 0.30, 0, 0, 0), nil
	case "faint":
		return even(name, slots, 0.125, 0.075, 0.075, 0.025), nil
	case "null":
		return even(name, slots, 0, 0, 0, 0), nil
	case "aa":
		p := even(name, slots, 0, 0, 0, 0)
		p.Segment = 0.30
		return p, nil
	case "loud":
		p := even(name, slots, 0.30, 0.42, 0.25, 0)
		p.MeanCTR = 0.02
		return p, nil
	}
	p := even(name, slots, 0.25, 0.15, 0.15, 0.05)
	p.Drifts = name == "drift"
	return p, nil
}

// realPreset has slots of different weight: image, title, body, description, call to action.
func realPreset(slots int) (Preset, error) {
	sd := []float64{0.20, 0.25, 0.15, 0.08, 0.05}
	if slots > len(sd) {
		return Preset{}, fmt.Errorf("preset real has %d slots, not %d", len(sd), slots)
	}
	return Preset{
		Name: "real", MeanCTR: 0.015, Residual: 0.05,
		Main:    func(f int) float64 { return sd[f] },
		Pair:    func(f, g int) float64 { return 0.40 * math.Sqrt(sd[f]*sd[g]) },
		Context: func(f int) float64 { return 0.30 * sd[f] },
	}, nil
}

// even spreads the given total deviations of main, pair and context effects evenly over the slots and over the pairs of slots.
func even(name string, slots int, main, pair, context, residual float64) Preset {
	f := float64(slots)
	perSlot, perPair := 1/math.Sqrt(f), 1/math.Sqrt(max(1, f*(f-1)/2))
	return Preset{
		Name: name, MeanCTR: 0.015, Residual: residual,
		Main:    func(int) float64 { return main * perSlot },
		Pair:    func(int, int) float64 { return pair * perPair },
		Context: func(int) float64 { return context * perSlot },
	}
}
