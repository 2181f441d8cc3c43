package world

import "fmt"

// Slot is one place of an ad and the number of assets that compete for it.
type Slot struct {
	Name string `json:"name"` // as in a decision's assets: image, title, …
	Size int    `json:"size"`
}

// Place is one asset: a slot by its position and an asset by its position in the feed.
type Place struct {
	Slot  int `json:"slot"`
	Asset int `json:"asset"`
}

// Pair is two assets of different slots that only work together: each is weak without the other.
type Pair struct {
	A Place `json:"a"`
	B Place `json:"b"`
}

// maxCombinations bounds a world, because it knows the rates of every combination by heart.
const maxCombinations = 100_000

// check names what makes slots and pair unusable.
func check(slots []Slot, pair Pair) error {
	size := 1
	for _, s := range slots {
		if s.Size < 1 {
			return fmt.Errorf("slot %s has %d assets, at least 1 is needed", s.Name, s.Size)
		}
		if size *= s.Size; size > maxCombinations {
			return fmt.Errorf("over %d combinations", maxCombinations)
		}
	}
	for _, p := range []Place{pair.A, pair.B} {
		if p.Slot < 0 || p.Slot >= len(slots) || p.Asset < 0 || p.Asset >= slots[p.Slot].Size {
			return fmt.Errorf("no asset %d in slot %d", p.Asset, p.Slot)
		}
	}
	if pair.A.Slot == pair.B.Slot {
		return fmt.Errorf("a pair needs two slots, both assets are in slot %d", pair.A.Slot)
	}
	return nil
}

// number is the place of a combination in the tables: mixed radix, last slot fastest.
func (w *World) number(slots []int) int {
	k := 0
	for i, s := range w.slots {
		k = k*s.Size + slots[i]
	}
	return k
}

// combination is the inverse of number.
func (w *World) combination(k int) []int {
	slots := make([]int, len(w.slots))
	for i := len(slots) - 1; i >= 0; i-- {
		slots[i] = k % w.slots[i].Size
		k /= w.slots[i].Size
	}
	return slots
}
