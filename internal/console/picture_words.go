package console

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/store"
)

// features are those that make pictures, in the order in which pages show them.
func features() []string {
	return []string{"image_uncrop", "adapt_to_placement", "image_touchups", "image_auto_crop", "image_templates", "image_brightness_and_contrast",
		"image_background_gen", "add_text_overlay"}
}

// featureLabel is a feature that makes pictures in a person's words.
func featureLabel(feature string) string {
	switch feature {
	case "image_uncrop":
		return "Image expansion"
	case "image_touchups":
		return "Touch-ups"
	case "image_auto_crop":
		return "Cropping"
	case "adapt_to_placement":
		return "Adaptation to placements"
	case "image_brightness_and_contrast":
		return "Brightness and contrast"
	case "image_templates":
		return "Templates"
	case "image_background_gen":
		return "Backgrounds"
	case "add_text_overlay":
		return "Price tags"
	}
	return feature
}

// featureSays is what becomes of a feature's pictures once they are approved.
func featureSays(feature string) string {
	switch {
	case feature == "image_background_gen":
		return "Each item of the product set stands before this background in the mobile feed. Styles are tested against the items' own pictures."
	case feature == "add_text_overlay":
		return "Each item of the product set has its price on its picture. It is tested against the picture without."
	case edition.IsVariant(feature):
		return "Another picture, tested against yours wherever the ad is shown."
	}
	return "It stands in the place of yours in the placements that are named; everywhere else yours stays."
}

// styleLabel is a style of a feature's pictures in a person's words.
func styleLabel(style string) string {
	switch style {
	case edition.OriginalStyle:
		return "Own picture"
	case "tint":
		return "Light tint"
	case "solid":
		return "Full colour"
	case "analogous":
		return "Gradient of kindred colours"
	case "complement":
		return "Gradient of the opposite colour"
	case "radial":
		return "Pool of light"
	case "dots":
		return "Dots"
	case "diagonals":
		return "Slanting stripes"
	case "terrazzo":
		return "Terrazzo"
	case "arcs":
		return "Rings in a corner"
	case "disc":
		return "Large disc"
	case "table":
		return "Table before a wall"
	case "sweep":
		return "Studio sweep"
	case "plain":
		return "Price tag"
	case "bar":
		return "Headline in a bar"
	case "band":
		return "Headline on a band"
	case "frame":
		return "Headline in a frame"
	}
	return capital(style)
}

// placements are those in which pictures take other forms, in the order in which pages name them.
func placements() []string {
	return []string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STANDARD", "INSTAGRAM_STORY", "INSTAGRAM_REELS", "FACEBOOK_REELS_MOBILE", "RIGHT_COLUMN_STANDARD",
		"MARKETPLACE_MOBILE", "INSTAGRAM_EXPLORE_GRID_HOME"}
}

// placementLabel is a value of ad_format in a person's words.
func placementLabel(placement string) string {
	switch placement {
	case "MOBILE_FEED_STANDARD":
		return "Facebook feed"
	case "INSTAGRAM_STANDARD":
		return "Instagram feed"
	case "INSTAGRAM_STORY":
		return "Instagram Stories"
	case "INSTAGRAM_REELS":
		return "Instagram Reels"
	case "FACEBOOK_REELS_MOBILE":
		return "Facebook Reels"
	case "RIGHT_COLUMN_STANDARD":
		return "right column"
	case "MARKETPLACE_MOBILE":
		return "Marketplace"
	case "INSTAGRAM_EXPLORE_GRID_HOME":
		return "Instagram Explore"
	}
	return strings.ToLower(strings.ReplaceAll(placement, "_", " "))
}

// placementWords are placements in a person's words; none is every place.
func placementWords(placements []string) string {
	if len(placements) == 0 {
		return "every placement"
	}
	words := make([]string, len(placements))
	for i, p := range placements {
		words[i] = placementLabel(p)
	}
	return strings.Join(words, ", ")
}

// isTall reports whether a picture is for what fills a phone, rather than for a feed.
func isTall(placements []string) bool {
	return slices.ContainsFunc(placements, func(p string) bool { return strings.Contains(p, "STORY") || strings.Contains(p, "REELS") })
}

// sureness puts a painter's confidence, 0 to 1, into words; painters offer nothing below one half.
func sureness(confidence float64) string {
	confidence = math.Round(100*confidence) / 100
	words := "hardly; look closely"
	switch {
	case confidence >= 0.9:
		words = "very"
	case confidence >= 0.75:
		words = "quite"
	case confidence >= 0.6:
		words = "fairly; look at what was added"
	}
	return fmt.Sprintf("%s (%.2f)", words, confidence)
}

// pictureName is what a page calls a picture: its feature with its style or its shape.
func pictureName(a *store.Object) string {
	feature, style, ratio := a.Text("feature"), a.Text("style"), a.Text("ratio")
	switch {
	case style == "plain":
		return featureLabel(feature)
	case style != "":
		return featureLabel(feature) + ": " + styleLabel(style)
	case ratio != "":
		return featureLabel(feature) + " to " + ratio
	}
	return featureLabel(feature)
}

// assetWords are what a page calls any asset: the text itself, or the name of a picture. Nil is none.
func assetWords(a *store.Object) string {
	if a != nil && edition.IsPicture(a) {
		return pictureName(a)
	}
	return a.Text("text")
}

// painterName is what made a picture: the painters of this server, or a model by its name.
func painterName(generator, model string) string {
	if generator == "embedded" {
		return "this server's painter"
	}
	return cmp.Or(model, generator)
}

// provenance is the IPTC's word for how a text or a picture was made.
func provenance(sourceType string) factView {
	f := factView{Name: "Provenance", Value: "made by rules", Code: []string{path.Base(sourceType)}}
	switch media.Origin(f.Code[0]) {
	case media.Trained:
		f.Value = "made by a trained model"
	case media.Composite:
		f.Value = "your picture, with parts that a trained model painted"
	case media.Enhanced:
		f.Value = "your picture, changed by rules"
	}
	return f
}

// pictureFacts are what is known of how a picture came about.
func pictureFacts(a *store.Object) []factView {
	made := factView{Name: "Made by", Value: painterName(a.Text("generator"), a.Text("model"))}
	if a.Text("generator") == "embedded" {
		made.Value += ": rules, no model"
	}
	out := []factView{made}
	switch sure := a.Data["confidence"].(type) {
	case float64:
		out = append(out, factView{Name: "Sure of it", Value: sureness(sure)})
	case int64: // as the store reads 1 and 0
		out = append(out, factView{Name: "Sure of it", Value: sureness(float64(sure))})
	}
	if wholeOf(a, "width") > 0 {
		out = append(out, factView{Name: "Size", Value: fmt.Sprintf("%d × %d pixels", wholeOf(a, "width"), wholeOf(a, "height"))})
	}
	said := provenance(a.Text("digital_source_type"))
	if edition.IsLabelled(a.Text("digital_source_type")) {
		said.Value += "; shown with the label “AI info”"
	}
	return append(out, said)
}
