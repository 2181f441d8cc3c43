package image

import "slices"

// Performed are the features that are performed, by name. Others may be opted in to and are never reported as done.
func Performed() []Feature {
	return []Feature{Adapt, Overlay, AutoCrop, Background, Brightness, Templates, Touchups, Uncrop}
}

// IsPerformed reports whether a member of creative_features_spec makes pictures here.
func IsPerformed(name string) bool { return slices.Contains(Performed(), Feature(name)) }

// OfItems reports whether a feature works on the items of a product set, rather than on a creative's own pictures.
func OfItems(f Feature) bool { return f == Background || f == Overlay }

// Varies reports whether chance has a part in a feature's pictures, so that Options["seed"] makes others.
func Varies(f Feature) bool { return f == Uncrop || f == Adapt }

// Targets are the shapes that a feature makes of a picture of that size in pixels, and where they are shown. Shapes that the picture has already are left
// out; features that keep the shape have one target, of the picture's own size, for every place.
func Targets(f Feature, width, height int) []Target {
	switch f {
	case Uncrop, Adapt:
		return lacking(width, height, feed(), story())
	case Touchups, AutoCrop:
		return lacking(width, height, feed(), story(), square())
	case Background:
		side := min(max(width, height), mostSide)
		return []Target{{Ratio: "1:1", Width: side, Height: side, Placements: []string{"MOBILE_FEED_STANDARD"}}}
	}
	return []Target{{Width: width, Height: height}}
}

// mostSide is the width of the largest picture that the platform shows, in pixels.
const mostSide = 1080

// feed is what fills most of a phone's width and height.
func feed() Target {
	return Target{Ratio: "4:5", Width: mostSide, Height: 1350, Placements: []string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STANDARD"}}
}

// story fills a phone.
func story() Target {
	return Target{Ratio: "9:16", Width: mostSide, Height: 1920, Placements: []string{"INSTAGRAM_STORY", "INSTAGRAM_REELS", "FACEBOOK_REELS_MOBILE"}}
}

// square is for columns and grids.
func square() Target {
	return Target{Ratio: "1:1", Width: mostSide, Height: mostSide, Placements: []string{"RIGHT_COLUMN_STANDARD", "MARKETPLACE_MOBILE", "INSTAGRAM_EXPLORE_GRID_HOME"}}
}

// lacking are the targets whose ratio a picture does not have, to 3 %: nobody sees such a difference.
func lacking(width, height int, targets ...Target) []Target {
	return slices.DeleteFunc(targets, func(t Target) bool {
		cross, want := width*t.Height, height*t.Width
		return 100*max(cross-want, want-cross) <= 3*want
	})
}
