package backdrop

// A foot is where a column of the target meets the surface.
type foot struct {
	y      int     // the first row below the product
	weight float64 // 0 for columns that hang in the air, to 1
}

// reachUp is how far above the lowest point a part may end and still stand, as a share of the product's height; steepest is the slope of an
// outline that still stands, seen from above.
const (
	reachUp  = 0.10
	steepest = 0.8
)

// feet finds where the product stands, column by column of the target.
func (s stage) feet() []foot {
	ends := make([]int, s.box.Dx())
	for x := range ends {
		ends[x] = -1
		for y := s.box.Dy() - 1; y >= 0 && ends[x] < 0; y-- {
			if s.product.Pix[y*s.product.Stride+4*x+3] > 127 {
				ends[x] = y + 1
			}
		}
	}
	feet := make([]foot, s.w)
	for x, end := range ends {
		if at := x + s.box.Min.X; at >= 0 && at < s.w {
			feet[at] = foot{s.box.Min.Y + end, s.stands(ends, x)}
		}
	}
	return feet
}

// least is the share of the product's width on which it must stand to be put on a table.
const least = 0.12

// standing reports whether there is foot enough: a watch that lies on paper, and what leaves the picture below, do not stand.
func standing(feet []foot, width int) bool {
	sum := 0.0
	for _, f := range feet {
		sum += f.weight
	}
	return sum >= least*float64(width)
}

// stands weighs a column by the height of its end and by the outline's slope around it.
func (s stage) stands(ends []int, x int) float64 {
	high := float64(s.box.Dy())
	span := max(2, s.box.Dx()/60)
	left, right := ends[max(x-span, 0)], ends[min(x+span, len(ends)-1)]
	if ends[x] < 0 || left < 0 || right < 0 || s.box.Max.Y >= s.h {
		return 0
	}
	tilt := float64(max(left-right, right-left)) / float64(2*span)
	lift := (high - float64(ends[x])) / (reachUp * high)
	return min(max(2-2*lift, 0), 1) * min(max(2-2*tilt/steepest, 0), 1)
}
