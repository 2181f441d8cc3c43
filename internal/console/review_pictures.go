package console

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/creative"
	"github.com/marquetry/marquetry/internal/edition"
	"github.com/marquetry/marquetry/internal/generate/image"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// groupView is the pictures that one feature made, with what becomes of them.
type groupView struct {
	Feature, Name, Says string
	Pictures            []pictureView
	Styles              []styleView
}

// pictureView is one generated picture beside its original.
type pictureView struct {
	ID, Name, State, Tone string
	Where                 string
	Yours, Made           frameView
	Variant               bool // it is tested against the original, rather than shown in its place
	Varies                bool // another can be made
	Altered               bool // it is no longer the picture that was generated
	Facts                 []factView
}

// frameView is a picture as an ad shows it.
type frameView struct {
	Picture, Alt  string // address and what it shows; no address for what this server does not keep
	From          string // where such a picture lies
	Width, Height int64  // pixels, 0 where they are not known
	Tall          bool   // it fills a phone, as in stories; otherwise it stands in a feed
	Kept          *boxView
	Ad            *creative.View // what stands around it
}

// boxView is a rectangle in pixels.
type boxView struct{ X, Y, Width, Height int64 }

// refusalView is a picture that could not be made.
type refusalView struct{ Name, Where, Reason, Code string }

// wholeOf is a whole number of an asset.
func wholeOf(a *store.Object, name string) int64 { return object.Whole(a.Data, name) }

// file is the address of a generated picture.
func file(hash string) string {
	if hash == "" {
		return ""
	}
	return "/media/" + url.PathEscape(hash)
}

// pictureOf is a picture beside the one that it was made from; ad is what stands around it.
func pictureOf(a *store.Object, ad *creative.View) pictureView {
	feature, places := a.Text("feature"), object.IDs(a.Data["placements"])
	out := pictureView{ID: a.ID, State: edition.State(a), Altered: !edition.Unaltered(a), Where: placementWords(places), Variant: edition.IsVariant(feature),
		Varies: image.Varies(image.Feature(feature)), Facts: pictureFacts(a)}
	out.Tone = toneOf(out.State)
	out.Name = strings.TrimPrefix(strings.TrimPrefix(pictureName(a), featureLabel(feature)), ": ")
	if out.Name = strings.TrimPrefix(out.Name, " to "); out.Name == "" {
		out.Name = "Adjusted picture"
	}
	out.Made = frameView{Picture: file(a.Text("image_hash")), Alt: pictureName(a) + ", as shown in " + out.Where, Width: wholeOf(a, "width"), Height: wholeOf(a, "height"),
		Tall: isTall(places), Kept: keptIn(a), Ad: ad}
	out.Yours = frameView{Alt: "Your picture", From: a.Text("source_url")}
	if hash := a.Text("source_hash"); hash != "" && out.Yours.From == "" {
		out.Yours.Picture = file(hash) + "/512"
	}
	if out.Variant {
		out.Yours.Ad, out.Yours.Width, out.Yours.Height = ad, out.Made.Width, out.Made.Height
	}
	return out
}

// keptIn is the place of the original in an expansion, nil where it is none.
func keptIn(a *store.Object) *boxView {
	var k [4]int64
	sides := object.Listed(a.Data, "kept")
	if len(sides) != len(k) {
		return nil
	}
	for i, side := range sides {
		k[i] = object.Whole(map[string]any{"": side}, "")
	}
	return &boxView{k[0], k[1], k[2] - k[0], k[3] - k[1]}
}

// toneOf is the style class of a state.
func toneOf(state string) string {
	return map[string]string{object.AssetPending: "busy", object.AssetApproved: "good", object.AssetRejected: "warn"}[state]
}

// refusalOf says why a picture could not be made.
func refusalOf(a *store.Object) refusalView {
	out := refusalView{Name: pictureName(a), Reason: a.Text("reason"), Code: a.Text("code")}
	if places := object.IDs(a.Data["placements"]); len(places) > 0 {
		out.Where = placementWords(places)
	}
	return out
}

// group is the group of a feature, which is begun if there is none: behind those that pages show before it.
func (o *reviewView) group(feature string) *groupView {
	rank := func(g groupView) int { return slices.Index(features(), g.Feature) }
	g := groupView{Feature: feature, Name: featureLabel(feature), Says: featureSays(feature)}
	i, found := slices.BinarySearchFunc(o.Groups, g, func(a, b groupView) int { return cmp.Compare(rank(a), rank(b)) })
	if !found {
		o.Groups = slices.Insert(o.Groups, i, g)
	}
	return &o.Groups[i]
}
