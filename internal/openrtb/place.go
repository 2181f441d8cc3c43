package openrtb

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Slot is the form in which an imp can be filled: a banner of a size, or a native ad.
type Slot struct {
	Size      Format         // of a banner
	Native    *NativeRequest // nil for a banner
	Placement string         // the preview format that is nearest
}

// Slot is what would fit an imp; else why nothing of ours does. Of a banner and a native ad in one imp it is the banner.
func (r *BidRequest) Slot(imp *Imp) (Slot, NoBid) {
	switch {
	case r.Regs.COPPA == 1:
		return Slot{}, Children
	case imp.PMP.Private == 1:
		return Slot{}, PrivateDeal
	case imp.Banner == nil && imp.Native == nil:
		return Slot{}, NoForm
	case imp.Banner == nil:
		return Slot{Native: imp.Native.Asked, Placement: r.named(imp, r.nativePlacement(imp.Native.Asked))}, Bidding
	case !imp.Banner.takesMarkup():
		return Slot{}, NoMarkup
	}
	size, ok := imp.Banner.size()
	if !ok {
		return Slot{}, NoSize
	}
	full := imp.Instl == 1 || imp.Banner.Pos == posFullScreen
	return Slot{Size: size, Placement: r.named(imp, r.bannerPlacement(size, full))}, Bidding
}

// named is the placement that an imp's tagid names, where its publisher and we agreed on that; otherwise the one that was found.
func (r *BidRequest) named(imp *Imp, found string) string {
	if _, _, known := object.Placement(imp.TagID); known {
		return imp.TagID
	}
	return found
}

// Numbers of AdCOM 1.0 that a banner has.
const (
	posFullScreen = 7
	markupBanner  = 2 // a banner in XHTML, which ours is
)

// takesMarkup reports whether a banner may be HTML with a picture in it.
func (b *Banner) takesMarkup() bool {
	shows := func(mime string) bool { return mime == "text/html" || strings.HasPrefix(mime, "image/") }
	return !slices.Contains(b.BType, markupBanner) && (len(b.Mimes) == 0 || slices.ContainsFunc(b.Mimes, shows))
}

// Between these sides, in pixels, a picture and a line of text can stand beside or above each other.
const (
	leastSide   = 50
	leastLonger = 120 // of the longer side
	mostSide    = 4096
)

// size is the first size that can be filled; a format goes before w and h, as OpenRTB wants it.
func (b *Banner) size() (Format, bool) {
	for _, f := range append(slices.Clone(b.Format), Format{b.W, b.H}) {
		if min(f.W, f.H) >= leastSide && max(f.W, f.H) >= leastLonger && max(f.W, f.H) <= mostSide {
			return f, true
		}
	}
	return Format{}, false
}

// bannerPlacement is the preview format whose look and viewers are nearest to a banner's. Those of apps are of the platform's own network of apps.
func (r *BidRequest) bannerPlacement(f Format, full bool) string {
	strip := f.W >= 3*f.H
	switch {
	case tall(f):
		return "INSTAGRAM_STORY"
	case full:
		return "MOBILE_INTERSTITIAL"
	case r.mobile() && strip:
		return "MOBILE_BANNER"
	case r.App != nil:
		return "MOBILE_NATIVE"
	case r.mobile():
		return object.DefaultPlacement
	case f.W >= 400 && f.H >= 300:
		return "DESKTOP_FEED_STANDARD"
	}
	return "RIGHT_COLUMN_STANDARD"
}

// tall reports whether a size is a telephone's screen, 9:16 or narrower, and not a skyscraper beside a page.
func tall(f Format) bool { return f.W >= 320 && 9*f.H >= 15*f.W }

// nativePlacement is the preview format that is nearest to a native ad.
func (r *BidRequest) nativePlacement(n *NativeRequest) string {
	const beside = 3 // plcmttype
	switch {
	case r.App != nil:
		return "MOBILE_NATIVE"
	case r.mobile():
		return object.DefaultPlacement
	case n.Placement == beside:
		return "RIGHT_COLUMN_STANDARD"
	}
	return "DESKTOP_FEED_STANDARD"
}

// mobile reports whether it is an app, or a page on a phone or tablet.
func (r *BidRequest) mobile() bool {
	kind := r.Device.kind()
	return r.App != nil || kind != "" && kind != "desktop"
}
