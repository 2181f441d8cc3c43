package generate

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// EditionAssets are the ids of the generated assets that an edition shows: what Deliverable has to be given. Nil has none.
func EditionAssets(edition *store.Object) []string {
	var ids []string
	if edition != nil {
		for _, entry := range entries(edition) {
			ids = append(ids, object.Text(entry, "asset_id"))
		}
	}
	return ids
}

// entries are what an edition says of each generated text that it shows: kind, asset_id and sha256.
func entries(edition *store.Object) []map[string]any {
	var all []map[string]any
	for _, elem := range object.Listed(edition.Data, "generated") {
		entry, _ := elem.(map[string]any)
		all = append(all, entry)
	}
	return all
}

// Deliverable is the content of a creative that may be shown: of the edition that its edition_id names (nil when it has none), whose
// generated texts hash to what an APPROVED row approves; a text that does not is left out, and an edition that is not as it was made
// shows nothing generated at all. A creative that never opted in is its own edition. One that did and has none yet shows the
// advertiser's own texts. It is pure, and shares what it does not change.
func Deliverable(c, edition *store.Object, assets map[string]*store.Object) map[string]any {
	if !generates(c.Data) {
		return c.Data
	}
	return shown(own(c.Data), stillApproved(c, edition, assets))
}

// Intact reports whether an edition is, byte for byte, as it was made for the creative, and all of its generated texts are still approved.
func Intact(c, edition *store.Object, assets map[string]*store.Object) bool {
	return asMade(c, edition) && len(stillApproved(c, edition, assets)) == len(entries(edition))
}

// asMade reports whether an edition is as it was made for the creative.
func asMade(c, edition *store.Object) bool {
	return edition != nil && edition.Text("creative_id") == c.ID && fingerprint(edition.Data) == edition.Hash
}

// stillApproved are the generated texts of an edition whose bytes are those that it was made of and that a row approves.
func stillApproved(c, edition *store.Object, assets map[string]*store.Object) []*store.Object {
	if !asMade(c, edition) {
		return nil
	}
	var good []*store.Object
	for _, entry := range entries(edition) {
		a := assets[object.Text(entry, "asset_id")]
		if a != nil && State(a) == Approved && a.Text("creative_id") == c.ID && a.Text("sha256") == object.Text(entry, "sha256") &&
			a.Text("kind") == object.Text(entry, "kind") {
			good = append(good, a)
		}
	}
	return good
}

// shown is a creative's own content together with approved texts.
func shown(content map[string]any, approved []*store.Object) map[string]any {
	if len(approved) > 0 {
		content["asset_feed_spec"] = withTexts(content, approved)
	}
	return content
}

// fingerprint is the hex SHA-256 of data as canonical JSON.
func fingerprint(data map[string]any) string {
	canonical, err := json.Marshal(data) // members come out sorted
	if err != nil {
		return "" // of no data that the store has
	}
	return sum(string(canonical))
}

// publish makes an edition of what is approved now, unless the creative's current one is that already, and names it in the creative's
// data, which the caller saves. It returns the current edition, and whether it is new.
func publish(ctx context.Context, tx store.Tx, c *store.Object, assets []*store.Object, now int64) (*store.Object, bool, error) {
	approved := in(assets, Approved)
	data := shown(own(c.Data), approved)
	for _, name := range []string{"name", "adlabels", "label_ids"} {
		delete(data, name) // what can change and is not shown makes no new edition
	}
	generated := make([]any, len(approved))
	for i, a := range approved {
		generated[i] = map[string]any{"kind": a.Text("kind"), "asset_id": a.ID, "sha256": a.Text("sha256")}
	}
	data["creative_id"], data["generated"] = c.ID, generated
	e := &store.Object{Type: EditionType, AccountID: c.AccountID, Hash: fingerprint(data), Data: data, Created: now, Updated: now}
	found, err := tx.Objects(ctx, []string{c.Text("edition_id")})
	if err != nil {
		return nil, false, err
	}
	if current := found[c.Text("edition_id")]; current != nil && current.Hash == e.Hash {
		return current, false, nil
	}
	if e.ID, e.Seq, err = tx.NextID(ctx); err != nil {
		return nil, false, err
	}
	e.Refs = belongs(e)
	if err := tx.Insert(ctx, e); err != nil {
		return nil, false, fmt.Errorf("generate: edition of %s: %w", c.ID, err)
	}
	c.Data["edition_id"] = e.ID
	return e, true, nil
}
