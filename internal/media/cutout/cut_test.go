package cutout

import (
	"image"
	"testing"
)

// disc draws a red disc on a backdrop that gets darker downwards, with a soft shadow beside it; its alpha is known.
func disc(size int) (*image.NRGBA, func(x, y int) float64) {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	s := float64(size)
	alpha := func(x, y int) float64 {
		dx, dy := float64(x)+0.5-s/2, float64(y)+0.5-s/2
		d := s/4 - float64(root(float32(dx*dx+dy*dy)))
		return min(max(d+0.5, 0), 1)
	}
	for y := range size {
		for x := range size {
			dx, dy := (float64(x)-s/2)/(s*0.3), (float64(y)-s*0.76)/(s*0.08)
			dark := 1 - 0.4*max(0, 1-dx*dx-dy*dy)
			back := (230 - 20*float64(y)/s) * dark
			a := alpha(x, y)
			i := img.PixOffset(x, y)
			img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = level(float32(200*a+back*(1-a))), level(float32(40*a+back*(1-a))), level(float32(30*a+back*(1-a))), 255
		}
	}
	return img, alpha
}

func TestCutFindsAlphaAndLeavesTheShadow(t *testing.T) {
	img, alpha := disc(240)
	c := Cut(img)
	if !c.Eligible() {
		t.Fatalf("refused: %s %s", c.Code, c.Reason)
	}
	var wrong float64
	for i, v := range c.Alpha.Pix {
		wrong += max(float64(v)/255-alpha(i%240, i/240), alpha(i%240, i/240)-float64(v)/255)
	}
	if wrong > 120 {
		t.Errorf("alpha is off by %.0f pixels in all", wrong)
	}
	if l := c.Light.GrayAt(120, 190).Y; l < 64 || l > 110 {
		t.Errorf("the shadow's light is %d, want about 80", l)
	}
	if l := c.Light.GrayAt(10, 10).Y; l < 124 || l > 132 {
		t.Errorf("the light of the even backdrop is %d, want 128", l)
	}
}
