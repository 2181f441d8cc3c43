package edition

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// Of is the edition of a creative with those of its assets that are approved, without id and references. Its Hash is that of its data.
func Of(c *store.Object, assets []*store.Object, now int64) *store.Object {
	approved := In(object.AssetApproved, assets)
	data := maps.Clone(shown(Own(c.Data), approved))
	for _, name := range []string{"name", "adlabels", "label_ids"} {
		delete(data, name) // what can change and is not shown makes no new edition
	}
	generated := make([]any, len(approved))
	for i, a := range approved {
		generated[i] = map[string]any{"kind": a.Text("kind"), "asset_id": a.ID, "sha256": a.Text("sha256")}
	}
	data["creative_id"], data["generated"] = c.ID, generated
	return &store.Object{Type: Type, AccountID: c.AccountID, Hash: fingerprint(data), Data: data, Created: now, Updated: now}
}

// shown is a creative's own content together with approved assets.
func shown(content map[string]any, approved []*store.Object) map[string]any {
	if len(approved) == 0 {
		return content
	}
	content = maps.Clone(content)
	if slices.ContainsFunc(approved, InFeed) {
		content["asset_feed_spec"] = With(content, approved)
	}
	if forms := renditions(approved); len(forms) > 0 {
		content[renditionList] = forms
	}
	return content
}

// fingerprint is the hex SHA-256 of data as canonical JSON.
func fingerprint(data map[string]any) string {
	canonical, err := json.Marshal(data) // members come out sorted
	if err != nil {
		return "" // of no data that the store has
	}
	return Sum(string(canonical))
}

// AssetIDs are the ids of the generated assets that an edition shows: what Deliverable and Intact have to be given. Nil has none.
func AssetIDs(e *store.Object) []string {
	var ids []string
	if e != nil {
		for _, entry := range entries(e) {
			ids = append(ids, object.Text(entry, "asset_id"))
		}
	}
	return ids
}

// entries are what an edition says of each generated asset that it shows: kind, asset_id and sha256.
func entries(e *store.Object) []map[string]any {
	var all []map[string]any
	for _, elem := range object.Listed(e.Data, "generated") {
		entry, _ := elem.(map[string]any)
		all = append(all, entry)
	}
	return all
}

// Deliverable is the content of a creative that may be shown: of the edition that its edition_id names (nil when it has none), whose
// generated assets hash to what an APPROVED row approves; one that does not is left out, and an edition that is not as it was made
// shows nothing generated at all. A creative that generates nothing is its own edition. One that does and has none yet shows the
// advertiser's own content. It shares what it does not change.
func Deliverable(c, e *store.Object, assets map[string]*store.Object) map[string]any {
	return shown(Own(c.Data), stillApproved(c, e, assets))
}

// Intact reports whether an edition is, byte for byte, as it was made for the creative, and all that was generated of it is still approved.
func Intact(c, e *store.Object, assets map[string]*store.Object) bool {
	return asMade(c, e) && len(stillApproved(c, e, assets)) == len(entries(e))
}

// asMade reports whether an edition is as it was made for the creative.
func asMade(c, e *store.Object) bool {
	return e != nil && e.Text("creative_id") == c.ID && fingerprint(e.Data) == e.Hash
}

// stillApproved are the generated assets of an edition whose bytes are those that it was made of and that a row approves.
func stillApproved(c, e *store.Object, assets map[string]*store.Object) []*store.Object {
	if !asMade(c, e) {
		return nil
	}
	var good []*store.Object
	for _, entry := range entries(e) {
		a := assets[object.Text(entry, "asset_id")]
		if a != nil && State(a) == object.AssetApproved && a.Text("creative_id") == c.ID && a.Text("sha256") == object.Text(entry, "sha256") &&
			a.Text("kind") == object.Text(entry, "kind") {
			good = append(good, a)
		}
	}
	return good
}
