package insights

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/eventlog"
	"github.com/marquetry/marquetry/internal/object"
)

// assetColumns are the asset breakdowns; each is also the column of rollup_combinations that holds the asset's id.
func assetColumns() []string {
	return []string{"ad_format_asset", "body_asset", "call_to_action_asset", "description_asset", "image_asset", "link_url_asset",
		"title_asset", "video_asset"}
}

// placeColumns are the breakdowns by viewer and place; each is also a column of rollup_cells.
func placeColumns() []string {
	return []string{"age", "gender", "country", "region", "publisher_platform", "platform_position", "impression_device", frequencyBreakdown}
}

// frequencyBreakdown is how often the viewer had been shown the ad: 1, 2-3 or 4+, this time included.
const frequencyBreakdown = "frequency_value"

// unknownFrequency is written where nobody knows who saw, and stands in all cells from before it was counted.
const unknownFrequency = "unknown"

// key hashes strings to the key of a row. Each is preceded by its length, so that no two lists look alike.
func key(parts ...string) int64 {
	var buf []byte
	for _, p := range parts {
		buf = append(binary.AppendUvarint(buf, uint64(len(p))), p...)
	}
	sum := sha256.Sum256(buf)
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// decimal writes a key as a part of another key.
func decimal(id int64) string { return string(binary.BigEndian.AppendUint64(nil, uint64(id))) }

// combinationKey is the key of what an exposure showed.
func combinationKey(x *eventlog.Exposure) int64 {
	return key(x.AdID, x.CreativeID, string(x.Slots))
}

// combinationRow is the row of rollup_combinations for an exposure, in the order of the table's columns.
func combinationRow(id int64, x *eventlog.Exposure, ad *adInfo, feed creative.Feed) []any {
	row := []any{id, ad.account.id, ad.campaign, ad.adset, x.AdID, x.CreativeID, hex.EncodeToString(x.Slots), ""}
	if fits(feed, x.Slots) {
		row[7] = feed.CombinationID(x.Slots)
	}
	assets := shownAssets(feed, x.Slots)
	for _, column := range assetColumns() {
		row = append(row, assets[column].ID)
	}
	return row
}

// fits reports whether slots choose one asset of every pool of a feed.
func fits(feed creative.Feed, slots []uint8) bool {
	if len(slots) != len(feed.Pools) {
		return false
	}
	for i, p := range feed.Pools {
		if int(slots[i]) >= len(p.Assets) {
			return false
		}
	}
	return true
}

// shownAssets maps the asset breakdowns to the assets that a choice of slots shows.
func shownAssets(feed creative.Feed, slots []uint8) map[string]creative.Asset {
	out := map[string]creative.Asset{}
	if !fits(feed, slots) {
		return out
	}
	for i, pool := range feed.Pools {
		asset := pool.Assets[slots[i]]
		if column := assetColumn(asset.Slot); column != "" {
			out[column] = asset
		}
	}
	out["ad_format_asset"] = formatAsset(feed.Format)
	return out
}

// assetColumn is the breakdown that reports a slot.
func assetColumn(slot creative.Slot) string {
	switch slot {
	case creative.Link:
		return "link_url_asset"
	case creative.Image, creative.Video, creative.Title, creative.Body, creative.Description, creative.CallToAction:
		return string(slot) + "_asset"
	}
	return ""
}

// formatAsset makes an ad's format look like an asset, as the platform reports it.
func formatAsset(format string) creative.Asset {
	const slot = creative.Slot("ad_format")
	return creative.Asset{ID: creative.AssetID(slot, format), Slot: slot, Type: format}
}

// place is the values of placeColumns for a context. Unknown values are spelled as the platform does.
func place(c eventlog.Context) []string {
	platform, position, ok := object.Placement(c.Placement)
	if !ok {
		platform, position = "unknown", "unknown"
	}
	return []string{or(c.Age, "Unknown"), or(c.Gender, "unknown"), or(strings.ToUpper(c.Country), "unknown"), or(c.Region, "Unknown"),
		platform, position, or(strings.ToLower(c.Device), "unknown"), or(c.Exposure, unknownFrequency)}
}

// or is s, or other when s is empty.
func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// cellOf is the key and the row of rollup_cells for an exposure, the row in the order of the table's columns. What older cells did not
// have is in the key only where it is known, so that their keys are what they were.
func cellOf(combination int64, x *eventlog.Exposure) (int64, []any) {
	values, control := place(x.Context), int64(0)
	parts := append([]string{decimal(combination)}, values...)
	if x.Control {
		parts, control = append(parts, "control"), 1
	} else if x.Context.Exposure == "" {
		parts = parts[:len(parts)-1]
	}
	id := key(parts...)
	row := []any{id, combination}
	for _, v := range values {
		row = append(row, v)
	}
	return id, append(row, control)
}
