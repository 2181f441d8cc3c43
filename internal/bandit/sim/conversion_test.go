package sim

import (
	"math"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit"
)

// TestDelaysHaveTheShapeOfTheirSource: 35 % within an hour, half within a day, none after thirty.
func TestDelaysHaveTheShapeOfTheirSource(t *testing.T) {
	t.Parallel()
	const n = 20_000
	b, hour, day, longest := newBuyer(World{Seed: 1}), 0.0, 0.0, 0.0
	for range n {
		_, delay := b.next()
		if delay <= 1 {
			hour += 1.0 / n
		}
		if delay <= 24 {
			day += 1.0 / n
		}
		longest = max(longest, delay)
	}
	if math.Abs(hour-0.35) > 0.015 || math.Abs(day-0.50) > 0.015 || longest > 720 || longest < 600 {
		t.Errorf("within an hour %.3f, within a day %.3f, longest %.0f hours", hour, day, longest)
	}
}

// TestConversionsComeLate: what is not instant is known in part, on the day of its click.
func TestConversionsComeLate(t *testing.T) {
	t.Parallel()
	world := NewWorld(preset(t, "real", 3), smallSpace(), 7)
	count := func(instant bool) (conversions, clicks int64) {
		var last []bandit.Cell
		watch := Contender{"watch", 0, func(w World, cells []bandit.Cell) (bandit.Policy, error) {
			last = cells
			return bandit.Uniform{Space: w.Space}, nil
		}}
		config := Config{Impressions: 100_000, Batch: 1000, Day: 10_000, Conversions: true, Instant: instant}
		if _, _, err := Run(world, watch, config); err != nil {
			t.Fatal(err)
		}
		for _, c := range last {
			conversions, clicks = conversions+c.Conversions, clicks+c.Clicks
		}
		return conversions, clicks
	}
	all, clicks := count(true)
	known, same := count(false)
	if rate := float64(all) / float64(clicks); clicks != same || math.Abs(rate-meanConversion) > 0.03 {
		t.Errorf("%d and %d clicks, %d conversions", clicks, same, all)
	}
	if share := float64(known) / float64(all); share < 0.5 || share > 0.9 {
		t.Errorf("%d of %d conversions are known at the end", known, all)
	}
}

func TestReplicasMergeToTheLastBit(t *testing.T) {
	t.Parallel()
	tournament := Tournament{World: preset(t, "real", 3).Worlds(smallSpace()), FirstSeed: 1, Config: Config{Impressions: 5000}}
	same, err := tournament.Replicate(4, bandit.DefaultOptions())
	if err != nil || !same {
		t.Errorf("identical %v, error %v", same, err)
	}
}
