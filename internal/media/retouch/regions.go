package retouch

import "image"

// spread marks all that hangs together with a pixel and answers its bounds and how many pixels it has.
func spread(of, seen []bool, start, w, h int) (image.Rectangle, int) {
	var box image.Rectangle
	stack, area := []int{start}, 0
	seen[start] = true
	for len(stack) > 0 {
		i := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := i%w, i/w
		box, area = box.Union(image.Rect(x, y, x+1, y+1)), area+1
		for _, n := range [4]struct {
			ok bool
			i  int
		}{{x > 0, i - 1}, {x < w-1, i + 1}, {y > 0, i - w}, {y < h-1, i + w}} {
			if n.ok && of[n.i] && !seen[n.i] {
				seen[n.i] = true
				stack = append(stack, n.i)
			}
		}
	}
	return box, area
}

// lines finds what looks like lines of letters: squares of the picture with two tones, sharp changes between them and little else, at least
// four in a row. They are answered in pixels of a copy of w by h.
func lines(img *image.NRGBA, w, h int) []image.Rectangle {
	cell := max(10, max(img.Rect.Dx(), img.Rect.Dy())/64)
	cols, rows := img.Rect.Dx()/cell, img.Rect.Dy()/cell
	letters, seen := make([]bool, cols*rows), make([]bool, cols*rows)
	for i := range letters {
		letters[i] = twoTone(img, image.Rect(0, 0, cell, cell).Add(image.Pt(i%cols*cell, i/cols*cell)))
	}
	var found []image.Rectangle
	for i := range letters {
		if !letters[i] || seen[i] {
			continue
		}
		box, area := spread(letters, seen, i, cols, rows)
		if box.Dx() >= 4 && box.Dx() >= 2*box.Dy() && area*100 >= 60*box.Dx()*box.Dy() {
			found = append(found, onto(box, cell, img.Rect, w, h))
		}
	}
	return found
}

// onto maps cells onto a copy of the picture of w by h.
func onto(box image.Rectangle, cell int, of image.Rectangle, w, h int) image.Rectangle {
	return image.Rect(box.Min.X*cell*w/of.Dx(), box.Min.Y*cell*h/of.Dy(), min((box.Max.X*cell*w)/of.Dx()+1, w), min((box.Max.Y*cell*h)/of.Dy()+1, h))
}

// twoTone reports whether a square holds two tones far apart, little between them, and several changes from one to the other along its rows.
func twoTone(img *image.NRGBA, square image.Rectangle) bool {
	low, high := int32(255), int32(0)
	for y := square.Min.Y; y < square.Max.Y; y++ {
		for x := square.Min.X; x < square.Max.X; x++ {
			v := luma(img.Pix[img.PixOffset(x, y):])
			low, high = min(low, v), max(high, v)
		}
	}
	if high-low < 80 {
		return false
	}
	ends, darks, changes := 0, 0, 0
	for y := square.Min.Y; y < square.Max.Y; y++ {
		was := false
		for x := square.Min.X; x < square.Max.X; x++ {
			v := luma(img.Pix[img.PixOffset(x, y):])
			dark := v < (low+high)/2
			if v <= low+(high-low)/4 || v >= high-(high-low)/4 {
				ends++
			}
			if dark {
				darks++
			}
			if x > square.Min.X && dark != was {
				changes++
			}
			was = dark
		}
	}
	area := square.Dx() * square.Dy()
	return ends*10 >= area*7 && min(darks, area-darks)*12 >= area && changes >= square.Dy()*3/4
}
