package cases_test

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// A painter sees the middle of the truth, and so much is hidden as the tasks say.
func TestTasksHideWhatTheySay(t *testing.T) {
	want := map[string]float64{"mild": 0.200, "tall": 0.296, "wide": 0.477}
	photo := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	for y := range 200 {
		for x := range 300 {
			photo.SetNRGBA(x, y, color.NRGBA{uint8(x), uint8(y), 9, 255})
		}
	}
	for _, task := range cases.Tasks() {
		c := task.Photograph("p", photo)
		if got := c.Truth.Rect.Size(); got != image.Pt(task.Width, task.Height) {
			t.Errorf("%s: the truth has %v", task.Name, got)
		}
		all, seen := task.Width*task.Height, c.Known.Dx()*c.Known.Dy()
		if hidden := 1 - float64(seen)/float64(all); hidden < want[task.Name]-0.001 || hidden > want[task.Name]+0.001 {
			t.Errorf("%s: %.3f is hidden, want %.3f", task.Name, hidden, want[task.Name])
		}
		in := c.Input()
		if in.NRGBAAt(3, 5) != c.Truth.NRGBAAt(c.Known.Min.X+3, c.Known.Min.Y+5) {
			t.Errorf("%s: the input is not the truth's middle", task.Name)
		}
	}
}

// Scenes have the same bytes every time, and their product lies in what is seen.
func TestStudioScenes(t *testing.T) {
	task := cases.Tasks()[1]
	for scene := range cases.Scenes {
		a, b := task.Studio(scene), task.Studio(scene)
		if !bytes.Equal(a.Truth.Pix, b.Truth.Pix) {
			t.Errorf("%s: two drawings differ", a.Name)
		}
		corner, middle := a.Truth.NRGBAAt(1, 1), a.Truth.NRGBAAt(task.Width/2, task.Height/2)
		if far(corner, middle) < 30 {
			t.Errorf("%s: %v in the corner and %v in the middle: there is no product", a.Name, corner, middle)
		}
	}
}

// far is the sum of differences of two colours.
func far(a, b color.NRGBA) int {
	sum := 0
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		sum += max(d, -d)
	}
	return sum
}

// An object keeps its own colours inside of its alpha, and the backdrop lies outside.
func TestObjectsOnBackdrops(t *testing.T) {
	names, things := cases.Objects()
	for _, backdrop := range cases.Backdrops() {
		c, err := cases.On(backdrop, names[0], things[0], 0)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Eligible || c.Picture.Rect != c.Alpha.Rect {
			t.Errorf("%s: eligible %v, picture %v, alpha %v", backdrop, c.Eligible, c.Picture.Rect, c.Alpha.Rect)
		}
		size := c.Alpha.Rect.Size()
		if c.Alpha.AlphaAt(size.X/2, size.Y/2).A != 255 || c.Alpha.AlphaAt(2, 2).A != 0 {
			t.Errorf("%s: the object is not in the middle alone", backdrop)
		}
	}
	c, err := cases.OnPhoto(names[1], things[1], things[2])
	if err != nil || c.Eligible {
		t.Errorf("on a photograph: eligible %v, error %v", c.Eligible, err)
	}
}

// The meadow has the same bytes every time, and no side of it is flat.
func TestMeadow(t *testing.T) {
	a, b := cases.Meadow(96), cases.Meadow(96)
	if !bytes.Equal(a.Pix, b.Pix) {
		t.Error("two meadows differ")
	}
	for _, y := range []int{0, 95} {
		steps := 0
		for x := range 95 {
			p, q := a.NRGBAAt(x, y), a.NRGBAAt(x+1, y)
			steps += max(int(p.G)-int(q.G), int(q.G)-int(p.G))
		}
		if steps < 3*95 {
			t.Errorf("row %d is flat: %d levels over all steps", y, steps)
		}
	}
}
