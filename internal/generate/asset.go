package generate

import (
	"context"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// vocabulary is what the terms of the IPTC's vocabulary of digital source types begin with.
const vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/"

// What a text is, in that vocabulary.
const (
	byRules = vocabulary + "algorithmicMedia"
	byModel = vocabulary + "trainedAlgorithmicMedia"
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

// noun is what assets are, in the words of faults: texts, pictures, or assets where they are both.
func noun(assets ...*store.Object) string {
	pictures := 0
	for _, a := range assets {
		if edition.IsPicture(a) {
			pictures++
		}
	}
	switch pictures {
	case 0:
		return "text"
	case len(assets):
		return "picture"
	}
	return "asset"
}

// setState changes the state in both places that keep it.
func setState(asset *store.Object, state string) {
	asset.Status, asset.Data["state"] = state, state
}

// mostAssets is how many texts, and how many pictures, a creative may have had, the rejected ones included.
const mostAssets = 100

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
