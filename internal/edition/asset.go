package edition

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

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

// Kinds of assets that are pictures; all others are texts.
const (
	Image      = "image"      // one picture, of one of the creative's own
	Background = "background" // a style in which a picture is made of each item of the creative's product set
)

// IsPicture reports whether an asset is no text.
func IsPicture(asset *store.Object) bool {
	kind := asset.Text("kind")
	return kind == Image || kind == Background
}

// Recipe is the SHA-256 of a background's style as an asset has it: what a review of it is about.
func Recipe(feature, style, recipe string) string {
	return Sum(feature + "\n" + style + "\n" + recipe)
}

// Digest is the SHA-256 of what an asset is now. A picture's file is kept under the first half of its hash, so that it cannot have changed
// while the asset names that file.
func Digest(asset *store.Object) string {
	sum := asset.Text("sha256")
	switch hash := asset.Text("image_hash"); {
	case asset.Text("kind") == Background:
		return Recipe(asset.Text("feature"), asset.Text("style"), asset.Text("recipe"))
	case asset.Text("kind") != Image:
		return Sum(asset.Text("text"))
	case hash != "" && strings.HasPrefix(sum, hash):
		return sum
	}
	return ""
}

// Unaltered reports whether an asset is, byte for byte, the one that was generated.
func Unaltered(asset *store.Object) bool {
	digest := Digest(asset)
	return digest != "" && digest == asset.Text("sha256")
}

// mostRows is how many assets of a creative are read: more than it can have.
const mostRows = 500

// Assets reads every asset of a creative, oldest first.
func Assets(ctx context.Context, tx store.Tx, creativeID string) ([]*store.Object, error) {
	assets, err := tx.List(ctx, store.Listing{Type: AssetType, Field: "creative_id", To: creativeID}, store.Page{Limit: mostRows})
	slices.Reverse(assets)
	return assets, err
}

// State is an asset's state, by its bytes: an approved one of which a byte changed is PENDING again.
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
