package bandit

// Pair is two assets of different slots, the lower slot first.
type Pair struct {
	SlotA, AssetA int
	SlotB, AssetB int
}

// Legal narrows a space to the combinations that may be shown. To pin an asset is to stop all others of its slot; to show an asset only
// with another is to forbid its pairs with all others of that slot. Policies give illegal combinations the propensity 0. What was counted of combinations that are no longer legal still teaches.
type Legal struct {
	Stopped   [][]bool // per slot and asset; nil when no asset is stopped
	Forbidden []Pair   // assets that are never shown together
}
