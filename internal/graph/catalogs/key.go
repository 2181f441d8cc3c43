package catalogs

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/marquetry/marquetry/internal/store"
)

// key is the hash by which an object is found in its catalog by the shop's own number, whatever the size of the catalog.
func key(catalogID, retailerID string) string {
	sum := sha256.Sum256([]byte(catalogID + "\x00" + retailerID))
	return hex.EncodeToString(sum[:])
}

// itemAddress finds an item by what follows "catalog:" in its address: the catalog's id, and the retailer_id in base64 for URLs.
func itemAddress(ctx context.Context, tx store.Tx, rest string) (*store.Object, error) {
	catalogID, encoded, _ := strings.Cut(rest, ":")
	retailerID, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil || len(retailerID) == 0 {
		return nil, store.ErrNotFound
	}
	catalog, err := tx.Object(ctx, catalogID)
	if err != nil {
		return nil, err
	}
	return tx.ObjectByHash(ctx, "productitem", catalog.AccountID, key(catalogID, string(retailerID)))
}
