package creative

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"iter"
	"strconv"
)

// AssetID is the id of an asset: 15 to 17 decimal digits from the first 8 bytes of the SHA-256 of slot and content, so that equal
// assets of different ads have the same id.
func AssetID(slot Slot, content string) string {
	const least, most = 1e14, 1e17
	sum := sha256.Sum256([]byte(string(slot) + "\x00" + content))
	return strconv.FormatUint(uint64(least)+binary.BigEndian.Uint64(sum[:8])%uint64(most-least), 10)
}

// Sizes is the number of assets of each pool.
func (f Feed) Sizes() []int {
	sizes := make([]int, len(f.Pools))
	for i, pool := range f.Pools {
		sizes[i] = len(pool.Assets)
	}
	return sizes
}

// Combinations is the number of ways to take one asset from each pool: the product of the sizes.
func (f Feed) Combinations() int {
	n := 1
	for _, pool := range f.Pools {
		n *= len(pool.Assets)
	}
	return n
}

// CombinationID names a combination, given the position in each pool: 16 lower-case hex digits from the SHA-256 of the ids of its
// assets. Positions don't take part, so that a reordered or extended feed keeps the names.
func (f Feed) CombinationID(slots []uint8) string {
	buf := make([]byte, 0, 128)
	for i, pool := range f.Pools {
		buf = append(append(buf, pool.Assets[slots[i]].ID...), '|')
	}
	sum := sha256.Sum256(buf)
	return hex.EncodeToString(sum[:8])
}

// Index numbers a combination: mixed radix, last pool fastest.
func (f Feed) Index(slots []uint8) int {
	k := 0
	for i, pool := range f.Pools {
		k = k*len(pool.Assets) + int(slots[i])
	}
	return k
}

// Slots is the inverse of Index, for k in [0, Combinations).
func (f Feed) Slots(k int) []uint8 {
	slots := make([]uint8, len(f.Pools))
	for i := len(f.Pools) - 1; i >= 0; i-- {
		n := len(f.Pools[i].Assets)
		slots[i] = uint8(k % n)
		k /= n
	}
	return slots
}

// Each walks the combinations from number first on, lazily: each number with the positions that it stands for. The slice is the
// caller's.
func (f Feed) Each(first int) iter.Seq2[int, []uint8] {
	return func(yield func(int, []uint8) bool) {
		for k := first; k < f.Combinations(); k++ {
			if !yield(k, f.Slots(k)) {
				return
			}
		}
	}
}

// Find is the number of the combination with that id. It looks at all of them: for pages, not for decisions.
func (f Feed) Find(combinationID string) (k int, ok bool) {
	for k, slots := range f.Each(0) {
		if f.CombinationID(slots) == combinationID {
			return k, true
		}
	}
	return 0, false
}

// Assets is the chosen asset of each pool, in the order of the pools.
func (f Feed) Assets(slots []uint8) []Asset {
	chosen := make([]Asset, len(f.Pools))
	for i, pool := range f.Pools {
		chosen[i] = pool.Assets[slots[i]]
	}
	return chosen
}
