package edition

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/catalog"
	"github.com/marquetry/marquetry/internal/store"
)

// Picture is one picture that was made, or why there is none, as the table pictures keeps it.
type Picture struct {
	Style      string   `json:"style,omitempty"`
	Ratio      string   `json:"ratio,omitempty"`
	Placements []string `json:"placements,omitempty"`
	Hash       string   `json:"image_hash,omitempty"` // "" when there is none
	Sum        string   `json:"sha256,omitempty"`
	LightSum   string   `json:"light_sha256,omitempty"` // of the copy that pages load, see Light; "" where there is none
	Width      int      `json:"width,omitempty"`        // pixels
	Height     int      `json:"height,omitempty"`
	Kept       [4]int   `json:"kept,omitzero"` // of an expansion: left, top, right and bottom of the original
	Confidence float64  `json:"confidence,omitempty"`
	Generator  string   `json:"generator,omitempty"`
	Model      string   `json:"model,omitempty"`
	PromptHash string   `json:"prompt_hash,omitempty"`
	Type       string   `json:"digital_source_type,omitempty"` // how it came about, as the file says
	Fallback   string   `json:"fallback,omitempty"`
	Code       string   `json:"code,omitempty"`
	Reason     string   `json:"reason,omitempty"`
}

// Unread is the code of pictures whose source could not be read, which may be otherwise another time.
const Unread = "source"

// Backdrop is the picture of an item in a style.
type Backdrop struct {
	Item   string // id
	Recipe string
	Picture
}

// Input is the hash of what of an item a feature puts into its pictures at a time: its picture's address, and what it costs where that is laid over it.
func Input(feature string, item catalog.Item, now int64) string {
	return Sum(item.Text("image_url") + "\n" + Overlaid(feature, item, now))
}

// Overlaid is the text that a feature lays over an item's picture at a time: what the item costs, or "".
func Overlaid(feature string, item catalog.Item, now int64) string {
	price, known := item.CurrentPrice(now)
	if feature != "add_text_overlay" || !known {
		return ""
	}
	return catalog.FormatPrice(price, item.Text("currency"))
}

// mostItems is how many items one query names.
const mostItems = 400

// Backdrops reads what a feature made of items by one recipe, in all styles, by item id: pictures, and for items of which there are none why. Items
// that changed since are left out, see [Input], like those whose turn has not come. It is one query for each 400 items. Now is in unix seconds.
func Backdrops(ctx context.Context, tx store.Tx, items []*store.Object, feature, recipe string, now int64) (map[string][]Backdrop, error) {
	inputs := make(map[string]string, len(items))
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i], inputs[item.ID] = item.ID, Input(feature, item.Data, now)
	}
	all := map[string][]Backdrop{}
	err := itemPictures(ctx, tx, ids, "i.recipe = ?", recipe, func(id, input string, made []Backdrop) {
		if inputs[id] == input {
			all[id] = made
		}
	})
	return all, err
}

// Generated reads the pictures that were made of items by any recipe, the newest first, whether or not the item has changed since.
func Generated(ctx context.Context, tx store.Tx, ids []string) (map[string][]Backdrop, error) {
	all := map[string][]Backdrop{}
	err := itemPictures(ctx, tx, ids, "i.picture <> ?", "", func(id, _ string, made []Backdrop) {
		all[id] = append(all[id], slices.DeleteFunc(made, func(b Backdrop) bool { return b.Hash == "" })...)
	})
	return all, err
}

// itemPictures calls each for every row of some items that meets a condition with one argument, the newest first.
func itemPictures(ctx context.Context, tx store.Tx, ids []string, where string, arg any, each func(id, input string, made []Backdrop)) error {
	for some := range slices.Chunk(ids, mostItems) {
		args := []any{arg}
		for _, id := range some {
			args = append(args, id)
		}
		rows, err := tx.Query(ctx, `SELECT i.item_id, i.recipe, i.input, i.reason, COALESCE(p.results, '') FROM item_pictures i LEFT JOIN pictures p ON p.id = i.picture
			WHERE `+where+` AND i.item_id IN (`+strings.TrimSuffix(strings.Repeat("?,", len(some)), ",")+`) ORDER BY i.updated DESC, i.item_id, i.recipe`, args...)
		if err == nil {
			err = scanned(rows, each)
		}
		if err != nil {
			return fmt.Errorf("edition: pictures of items: %w", err)
		}
	}
	return nil
}

// scanned calls each for every row, and closes the rows.
func scanned(rows *sql.Rows, each func(id, input string, made []Backdrop)) error {
	defer func() { _ = rows.Close() }() // rows.Err below has the cause
	for rows.Next() {
		var id, recipe, input, reason, results string
		if err := rows.Scan(&id, &recipe, &input, &reason, &results); err != nil {
			return err
		}
		each(id, input, backdrops(id, recipe, reason, results))
	}
	return rows.Err()
}

// backdrops are a row's pictures. One whose results are gone or damaged has one that says so.
func backdrops(id, recipe, reason, results string) []Backdrop {
	var pictures []Picture
	if err := json.Unmarshal([]byte(results), &pictures); err != nil {
		pictures = []Picture{{Code: Unread, Reason: cmp.Or(reason, "its row is damaged")}}
	}
	made := make([]Backdrop, len(pictures))
	for i, p := range pictures {
		made[i] = Backdrop{id, recipe, p}
	}
	return made
}
