package edition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// renditionList is the member of an edition's content that lists what stands in the place of its pictures.
const renditionList = "renditions"

// Statuses of a transformation, in the platform's words.
const (
	Eligible   = "eligible"
	Pending    = "pending"
	Ineligible = "ineligible"
)

// Transformation is what a feature made of a picture of a creative.
type Transformation struct {
	Feature string
	Status  string // Eligible, Pending or Ineligible
	AssetID string // "" while pending
	Source  string // what names the original in the creative, see Original.Ref
	Style   string // of a background
	Recipe  string // of a background: what Backdrops wants to know
	Hash    string // of the picture that was made
	Width   int64  // pixels
	Height  int64
	Ratio   string // "4:5", …
	Origin  string // of the picture: its digital source type
	Code    string // why there is none, for programs
	Reason  string // the same in words
}

// IsLabelled reports whether the platform marks what came about like this, a term of the IPTC's vocabulary of digital source types: a model that learned from
// pictures made it, or parts of it. What was painted by rules is not marked.
func IsLabelled(origin string) bool {
	return strings.HasSuffix(origin, "/trainedAlgorithmicMedia") || strings.HasSuffix(origin, "/compositeWithTrainedAlgorithmicMedia")
}

// precedence is the order in which features are preferred where several have made something for one placement.
func precedence() []string {
	return []string{"image_uncrop", "image_touchups", "adapt_to_placement", "image_auto_crop"}
}

// renditions are the approved pictures that are shown in the place of others, the preferred ones first, as an edition lists them.
func renditions(approved []*store.Object) []any {
	var all []any
	for _, feature := range precedence() {
		for _, a := range approved {
			if a.Text("kind") != Image || a.Text("feature") != feature {
				continue
			}
			all = append(all, map[string]any{
				"feature": feature, "asset_id": a.ID, "hash": Source(a), "image_hash": a.Text("image_hash"),
				"width": object.Whole(a.Data, "width"), "height": object.Whole(a.Data, "height"), "ratio": a.Text("ratio"), "placements": object.Listed(a.Data, "placements"),
			})
		}
	}
	return all
}

// Source is what names an asset's original in the creative, see [Original.Ref].
func Source(asset *store.Object) string {
	if url := asset.Text("source_url"); url != "" {
		return url
	}
	return asset.Text("source_hash")
}

// LightWidth is how wide, in pixels, the copy of a made picture is at most that pages load.
const LightWidth = 1080

// Light names that copy, below /media/ and among the blobs; where there is none, the picture itself is served.
func Light(hash string) string { return hash + "/" + strconv.Itoa(LightWidth) }

// Rendition is what stands in the place of a picture in a placement, a value of ad_format. Data is what [Deliverable] or an edition shows; original is
// the hash or the address that names the picture there.
func Rendition(data map[string]any, original, placement string) (Transformation, bool) {
	for _, elem := range object.Listed(data, renditionList) {
		r, _ := elem.(map[string]any)
		if object.Text(r, "hash") == original && meant(r, placement) {
			return Transformation{
				Feature: object.Text(r, "feature"), Status: Eligible, AssetID: object.Text(r, "asset_id"), Source: original, Hash: object.Text(r, "image_hash"),
				Width: object.Whole(r, "width"), Height: object.Whole(r, "height"), Ratio: object.Text(r, "ratio"),
			}, true
		}
	}
	return Transformation{}, false
}

// Formed are the placements in which some picture takes another form.
func Formed(data map[string]any) map[string]bool {
	places := map[string]bool{}
	for _, elem := range object.Listed(data, renditionList) {
		r, _ := elem.(map[string]any)
		for _, name := range object.IDs(r["placements"]) {
			places[name] = true
		}
	}
	return places
}

// meant reports whether something is for a placement: its list of placements names it, or is empty.
func meant(data map[string]any, placement string) bool {
	names := object.Listed(data, "placements")
	return len(names) == 0 || slices.Contains(names, any(placement))
}

// Transformations are what a feature made of the pictures of a creative for a placement, by the creative's assets, see [Assets]: whatever their review
// came to, but for the rejected ones. While they are being made there is one that is Pending. Nothing is what a creative has that did not opt in, whose pictures
// fit the placement as they are, or whose job failed. Whether the feature knows the placement at all is for the caller to know.
func Transformations(c *store.Object, assets []*store.Object, feature, placement string) []Transformation {
	if !Enrolled(c.Data, feature) || !Generates(c.Data) {
		return nil
	}
	var all []Transformation
	made := slices.DeleteFunc(slices.Clone(assets), func(a *store.Object) bool { return !IsPicture(a) || a.Text("feature") != feature })
	live := slices.DeleteFunc(slices.Clone(made), func(a *store.Object) bool { return a.Status == object.AssetRejected })
	for _, a := range latest(live) {
		if meant(a.Data, placement) {
			all = append(all, transformation(a))
		}
	}
	if len(made) == 0 && c.Status == InProcess {
		all = append(all, Transformation{Feature: feature, Status: Pending})
	}
	return all
}

// transformation is what an asset that is a picture tells.
func transformation(a *store.Object) Transformation {
	t := Transformation{
		Feature: a.Text("feature"), Status: Eligible, AssetID: a.ID, Source: Source(a), Style: a.Text("style"), Recipe: a.Text("recipe"), Hash: a.Text("image_hash"),
		Width: object.Whole(a.Data, "width"), Height: object.Whole(a.Data, "height"), Ratio: a.Text("ratio"), Origin: a.Text("digital_source_type"),
	}
	if a.Status == object.AssetIneligible {
		t.Status, t.Code, t.Reason = Ineligible, a.Text("code"), a.Text("reason")
	}
	return t
}
