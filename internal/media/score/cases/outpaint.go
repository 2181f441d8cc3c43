package cases

import (
	"image"

	"golang.org/x/image/draw"
)

// Task is a change of ratio.
type Task struct {
	Name          string
	Width, Height int         // of the whole picture
	Known         image.Point // size of what the painter sees, in the middle
}

// Tasks are those of a placement each: a square to 4:5 (a fifth is hidden), 4:5 to 9:16 (30 %), a square to 1.91:1 (48 %).
func Tasks() []Task {
	return []Task{
		{"mild", 864, 1080, image.Pt(864, 864)},
		{"tall", 608, 1080, image.Pt(608, 760)},
		{"wide", 1200, 628, image.Pt(628, 628)},
	}
}

// Outpaint is a picture of which the painter sees the middle.
type Outpaint struct {
	Name  string // of the file or scene
	Task  string
	Kind  string // "photo" or "studio"
	Truth *image.NRGBA
	Known image.Rectangle // within Truth
}

// Input is what the painter sees, its corner at the origin.
func (c Outpaint) Input() *image.NRGBA {
	in := image.NewNRGBA(image.Rect(0, 0, c.Known.Dx(), c.Known.Dy()))
	draw.Draw(in, in.Rect, c.Truth, c.Known.Min, draw.Src)
	return in
}

// hide is a case of a picture that has the task's size already.
func (t Task) hide(name, kind string, truth *image.NRGBA) Outpaint {
	corner := image.Pt((t.Width-t.Known.X)/2, (t.Height-t.Known.Y)/2)
	return Outpaint{Name: name, Task: t.Name, Kind: kind, Truth: truth, Known: image.Rectangle{Min: corner, Max: corner.Add(t.Known)}}
}

// Photograph cuts the largest part of the task's ratio from the middle of a photograph and scales it to the task's size.
func (t Task) Photograph(name string, photo image.Image) Outpaint {
	return t.hide(name, "photo", Cover(photo, t.Width, t.Height))
}

// Studio draws the scene of that number, 0 to [Scenes]-1, as a case.
func (t Task) Studio(scene int) Outpaint {
	s := studios()[scene]
	return t.hide(s.name, "studio", s.draw(t.Width, t.Height, min(t.Known.X, t.Known.Y)))
}

// Cover scales the largest part of that ratio from the middle of a picture to that size.
func Cover(img image.Image, w, h int) *image.NRGBA {
	b := img.Bounds()
	part := b
	if b.Dx()*h > b.Dy()*w {
		part.Min.X += (b.Dx() - b.Dy()*w/h) / 2
		part.Max.X = part.Min.X + b.Dy()*w/h
	} else {
		part.Min.Y += (b.Dy() - b.Dx()*h/w) / 2
		part.Max.Y = part.Min.Y + b.Dx()*h/w
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(out, out.Rect, img, part, draw.Src, nil)
	return out
}

// Shrunk scales a whole picture to a smaller size, each pixel the mean of what it covers.
func Shrunk(img image.Image, w, h int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.BiLinear.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out
}
