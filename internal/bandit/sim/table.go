package sim

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/bandit"
)

// creative is a line of a table.
type creative struct {
	assets []uint8
	rate   float64
}

// readTable reads a table of creatives with their click rates. There is no context.
func readTable(data string) (World, error) {
	var creatives []creative
	for i, line := range strings.Split(strings.TrimRight(data, "\r\n"), "\n") {
		c, err := readCreative(strings.Fields(line))
		if err == nil && i > 0 && len(c.assets) != len(creatives[0].assets) {
			err = fmt.Errorf("%d assets, and %d in the first line", len(c.assets), len(creatives[0].assets))
		}
		if err != nil {
			return World{}, fmt.Errorf("world: line %d: %w", i+1, err)
		}
		creatives = append(creatives, c)
	}
	space := bandit.Space{Sizes: make([]int, len(creatives[0].assets))}
	for _, c := range creatives {
		for f, a := range c.assets {
			space.Sizes[f] = max(space.Sizes[f], int(a)+1)
		}
	}
	if err := space.Validate(); err != nil {
		return World{}, fmt.Errorf("world: %w", err)
	}
	rates := make([]float64, space.Size())
	for i, c := range creatives {
		k := space.Index(c.assets)
		if rates[k] > 0 {
			return World{}, fmt.Errorf("world: line %d: these assets were there before", i+1)
		}
		rates[k] = c.rate
	}
	table := [][]float64{rates}
	w := World{Space: space, Attributes: []string{}, Segments: []bandit.Signature{""}, Before: table, After: table}
	return w, w.restrict(len(creatives))
}

// readCreative reads the fields of a line.
func readCreative(fields []string) (creative, error) {
	if len(fields) < 3 {
		return creative{}, errors.New("wanted an id, the numbers of the assets, and a rate")
	}
	var c creative
	for _, field := range fields[1 : len(fields)-1] {
		a, err := strconv.ParseUint(field, 10, 8)
		if err != nil || a == 255 {
			return c, fmt.Errorf("asset %q is no number from 0 to 254", field)
		}
		c.assets = append(c.assets, uint8(a))
	}
	rate, err := strconv.ParseFloat(fields[len(fields)-1], 64)
	if err != nil || !(rate > 0 && rate < 1) {
		return c, fmt.Errorf("%q is no rate between 0 and 1", fields[len(fields)-1])
	}
	c.rate = rate
	return c, nil
}

// restrict forbids the pairs of assets that no combination with a rate has. Those that are left must be the combinations with a rate.
func (w *World) restrict(rated int) error {
	if rated == w.Space.Size() {
		return nil
	}
	type pair = bandit.Pair
	met := map[pair]bool{}
	slots := make([]uint8, len(w.Space.Sizes))
	each := func(visit func(pair)) {
		for f, a := range slots {
			for g := f + 1; g < len(slots); g++ {
				visit(pair{SlotA: f, AssetA: int(a), SlotB: g, AssetB: int(slots[g])})
			}
		}
	}
	for k, rate := range w.Before[0] {
		if w.Space.Slots(k, slots); rate > 0 {
			each(func(p pair) { met[p] = true })
		}
	}
	w.Legal = &bandit.Legal{}
	for k := range w.Before[0] {
		w.Space.Slots(k, slots)
		each(func(p pair) {
			if !met[p] {
				met[p] = true
				w.Legal.Forbidden = append(w.Legal.Forbidden, p)
			}
		})
	}
	legal, err := bandit.NewRotation(w.Space, w.Legal)
	if err != nil {
		return err
	}
	if legal.Size() != rated {
		return fmt.Errorf("world: %d creatives, but %d combinations have no pair of assets that none of them has", rated, legal.Size())
	}
	return nil
}
