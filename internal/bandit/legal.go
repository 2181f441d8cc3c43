package bandit

// Pair is two assets of different slots, the lower slot first.
type Pair struct {
	SlotA, AssetA int
	SlotB, AssetB int
}

// Legal narrows a space to the combinations that may be shown. An asset that is pinned is one whose whole slot is stopped besides it.
// What was counted of combinations that are no longer legal still teaches.
type Legal struct {
	Stopped   [][]bool // per slot and asset; nil when no asset is stopped
	Forbidden []Pair   // assets that are never shown together
}
