package retouch

import (
	"cmp"
	"image"
	"slices"
)

// A face is a place that looks like one, and by how much.
type face struct {
	image.Rectangle
	score int
}

// faces finds frontal faces on a small picture, by what the first features of Viola and Jones look for (Rapid Object Detection using a
// Boosted Cascade of Simple Features, 2001): eyes are darker than the cheeks below them and than the bridge of the nose between them. All
// of it has to have the colour of skin. There are no learnt weights: profiles and half faces go unseen, and some knots of wood are seen.
func faces(img *image.NRGBA, skin []bool) []image.Rectangle {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	light, tint := make([]int32, w*h), make([]int32, w*h)
	for i := range light {
		light[i] = luma(img.Pix[4*i:])
		if skin[i] {
			tint[i] = 100
		}
	}
	l, s := newTable(light, w, h), newTable(tint, w, h)
	var found []face
	for k := 14; k < min(w, h)*9/10; k += max(1, k/6) {
		for y := 0; y+k*6/5 <= h; y += max(1, k/12) {
			for x := 0; x+k <= w; x += max(1, k/12) {
				if score := faceness(l, s, x, y, k); score > 0 {
					found = append(found, face{image.Rect(x, y, x+k, y+k*6/5), score})
				}
			}
		}
	}
	return strongest(found)
}

// faceness is how much a window of k pixels, a fifth higher than wide, looks like a face; 0 for not at all.
func faceness(l, s table, x, y, k int) int {
	part := func(left, top, right, bottom int) image.Rectangle { // in percent of k
		return image.Rect(x+left*k/100, y+top*k/100, x+right*k/100, y+bottom*k/100)
	}
	if s.mean(part(15, 55, 85, 100)) < 85 || s.mean(part(20, 20, 80, 110)) < 75 {
		return 0
	}
	left, bridge, right := l.mean(part(12, 38, 40, 54)), l.mean(part(43, 38, 57, 54)), l.mean(part(60, 38, 88, 54))
	cheekLeft, cheekRight, brow := l.mean(part(14, 60, 40, 78)), l.mean(part(60, 60, 86, 78)), l.mean(part(25, 14, 75, 30))
	depth := min(cheekLeft-left, cheekRight-right, brow-min(left, right), 2*(bridge-max(left, right)))
	if depth < 12 || max(left-right, right-left) > 40 {
		return 0
	}
	return depth * k
}

// strongest keeps the best of those that overlap, and of those only what comes near to the best of all.
func strongest(found []face) []image.Rectangle {
	slices.SortStableFunc(found, func(a, b face) int { return cmp.Compare(b.score, a.score) })
	var kept []image.Rectangle
	for _, f := range found {
		if f.score*4 < found[0].score || slices.ContainsFunc(kept, f.Overlaps) {
			continue
		}
		kept = append(kept, f.Rectangle)
	}
	return kept
}
