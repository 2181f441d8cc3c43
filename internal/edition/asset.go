package edition

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Names of the types of the rows.
const (
	Type      = "edition"
	AssetType = "generatedasset"
)

// Sum is the lower-case hex SHA-256 of exactly these bytes.
func Sum(text string) string {
	hash := sha256.Sum256([]byte(text))
	return hex.EncodeToString(hash[:])
}

// Unaltered reports whether an asset's text is, byte for byte, the one that was generated.
func Unaltered(asset *store.Object) bool { return Sum(asset.Text("text")) == asset.Text("sha256") }

// State is an asset's state, by its bytes: an approved text of which a byte changed is PENDING again.
func State(asset *store.Object) string {
	if asset.Status == object.AssetApproved && !Unaltered(asset) {
		return object.AssetPending
	}
	return asset.Status
}

// In keeps the assets that are in a state.
func In(state string, assets []*store.Object) []*store.Object {
	var kept []*store.Object
	for _, a := range assets {
		if State(a) == state {
			kept = append(kept, a)
		}
	}
	return kept
}
