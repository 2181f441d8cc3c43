package generate

import "github.com/marquetry/marquetry/internal/store"

// EditionAssets are the ids of the generated assets that an edition shows: what Deliverable has to be given. Nil has none.
func EditionAssets(_ *store.Object) []string { return nil }

// Deliverable is the content of a creative that may be shown: of the edition that its edition_id names (nil when it has none), whose
// texts are the advertiser's own or hash to what an APPROVED row approves; every other text is left out. A creative that never opted in
// is its own edition. One that did and has none yet shows the advertiser's own texts. It is pure, and shares what it does not change.
func Deliverable(_, _ *store.Object, _ map[string]*store.Object) map[string]any {
	return nil
}
