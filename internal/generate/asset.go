package generate

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// What a text is, in the IPTC's vocabulary of digital source types.
const (
	byRules = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
	byModel = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
)

// sourceType is the digital source type of a generator's texts.
func sourceType(generator string) string {
	if generator == "embedded" {
		return byRules
	}
	return byModel
}

// likeness is a hash that texts share which differ in case, spacing, punctuation or emoji alone: the Hash of an asset.
func likeness(text string) string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Sc, r) && r != '%'
	})
	return edition.Sum(strings.Join(words, " "))
}

// unknownAuthor is the member of an asset's data that says that no person is known to have ordered it; no field of the API has its name.
const unknownAuthor = "unknown_author"

// setState changes the state in both places that keep it.
func setState(asset *store.Object, state string) {
	asset.Status, asset.Data["state"] = state, state
}

// mostAssets is how many assets a creative may have had, the rejected ones included.
const mostAssets = 100

// assetsOf reads every asset of a creative, oldest first.
func assetsOf(ctx context.Context, tx store.Tx, creativeID string) ([]*store.Object, error) {
	assets, err := tx.List(ctx, store.Listing{Type: edition.AssetType, Field: "creative_id", To: creativeID}, store.Page{Limit: 2 * mostAssets})
	slices.Reverse(assets)
	return assets, err
}

// belongs are the references of a row that belongs to a creative.
func belongs(o *store.Object) []store.Ref {
	return []store.Ref{{Field: "creative_id", To: object.Text(o.Data, "creative_id")}, {Field: "account_id", To: "act_" + o.AccountID}}
}

// rejectedLikenesses are those of the given ones that the account has rejected.
func rejectedLikenesses(ctx context.Context, tx store.Tx, accountID string, likenesses []string) (map[string]bool, error) {
	found := map[string]bool{}
	for _, hash := range likenesses {
		var n int
		err := tx.QueryRow(ctx, "SELECT COUNT(*) FROM objects WHERE type = ? AND account_id = ? AND hash = ? AND hash <> '' AND status = ?",
			edition.AssetType, accountID, hash, object.AssetRejected).Scan(&n)
		if err != nil {
			return nil, err
		}
		found[hash] = n > 0
	}
	return found, nil
}
