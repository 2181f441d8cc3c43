package insights

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// readAssets looks up what the assets of an asset breakdown are, in some creative that showed them: three store calls at most.
func readAssets(ctx context.Context, tx store.Tx, q *Request, column string, ids []string) (map[string]any, error) {
	homes, creatives, err := assetHomes(ctx, tx, q.Object.AccountID, column, ids)
	if err != nil {
		return nil, err
	}
	made, err := writtenIn(ctx, tx, creatives)
	out := map[string]any{}
	for id, in := range homes {
		asset := assetIn(creatives[in], id)
		value := assetValue(q.Base, asset)
		if source := made.source(creatives[in], asset); source != "" {
			value = append(value, object.Member{Name: "source", Value: source})
		}
		out[id] = value
	}
	return out, err
}

// assetHomes finds a creative or edition of an account that showed each asset of a column, by the asset's id, and reads them: two store calls.
func assetHomes(ctx context.Context, tx store.Tx, account, column string, ids []string) (homes map[string]string, creatives map[string]*store.Object, err error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	args := []any{account}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := tx.Query(ctx, "SELECT "+column+", MIN(creative_id) FROM rollup_combinations WHERE account_id = ? AND "+column+" IN ("+marks(len(ids))+") GROUP BY "+column, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("insights: find assets: %w", err)
	}
	homes, wanted := map[string]string{}, map[string]bool{}
	if err := each(rows, func() error {
		var asset, creative string
		err := rows.Scan(&asset, &creative)
		homes[asset], wanted[creative] = creative, true
		return err
	}); err != nil {
		return nil, nil, err
	}
	if creatives, err = tx.Objects(ctx, missing(map[string]bool{}, wanted)); err != nil {
		return nil, nil, fmt.Errorf("insights: read creatives: %w", err)
	}
	return homes, creatives, nil
}

// assetIn finds an asset of a creative by its id; one that is not there keeps only the id.
func assetIn(o *store.Object, id string) creative.Asset {
	var feed creative.Feed
	if o != nil {
		feed, _ = creative.FeedOf(edition.Content(o)) // the zero feed has no assets to find
	}
	if format := formatAsset(feed.Format); format.ID == id {
		return format
	}
	if p, i, ok := slotOf(feed, id); ok {
		return feed.Pools[p].Assets[i]
	}
	return creative.Asset{ID: id}
}

// assetValue is the object that stands for an asset in a row.
func assetValue(base string, a creative.Asset) object.Ordered {
	var out object.Ordered
	add := func(name, value string) {
		if value != "" {
			out = append(out, object.Member{Name: name, Value: value})
		}
	}
	switch a.Slot {
	case creative.Image:
		add("hash", a.Hash)
		add("url", imageURL(base, a))
	case creative.Video:
		add("video_id", a.VideoID)
	case creative.Link:
		add("website_url", a.URL)
	default:
		add("text", a.Text)
		add("name", a.Type)
	}
	add("id", a.ID)
	return out
}

// imageURL is where an image can be seen.
func imageURL(base string, a creative.Asset) string {
	if a.Hash == "" {
		return a.URL
	}
	return base + "/media/" + a.Hash
}

// slotsOf reads the column of slots: two hexadecimal digits each.
func slotsOf(column string) []uint8 {
	slots, err := hex.DecodeString(column)
	if err != nil {
		return nil // never written; nil fits no feed
	}
	return slots
}
