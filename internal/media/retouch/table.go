package retouch

import "image"

// A table tells the sum over any part of a map: Crow, Summed-Area Tables for Texture Mapping, 1984.
type table struct {
	w    int
	sums []int64 // of what lies above and to the left
}

// newTable sums up a map of w by h.
func newTable(v []int32, w, h int) table {
	t := table{w + 1, make([]int64, (w+1)*(h+1))}
	for y := range h {
		row := int64(0)
		for x := range w {
			row += int64(v[y*w+x])
			t.sums[(y+1)*t.w+x+1] = t.sums[y*t.w+x+1] + row
		}
	}
	return t
}

// sum is over a part that lies inside the map.
func (t table) sum(p image.Rectangle) int64 {
	return t.sums[p.Max.Y*t.w+p.Max.X] - t.sums[p.Min.Y*t.w+p.Max.X] - t.sums[p.Max.Y*t.w+p.Min.X] + t.sums[p.Min.Y*t.w+p.Min.X]
}

// mean is the sum by area.
func (t table) mean(p image.Rectangle) int { return int(t.sum(p)) / max(1, p.Dx()*p.Dy()) }
