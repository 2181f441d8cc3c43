package raster

import (
	"image"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"

	"github.com/marquetry/marquetry/internal/graph/previews/sketch"
)

// Lines of icons: half of their width, and into how many pieces curves and circles are divided.
const (
	halfLine = 1.0
	pieceOf  = 12
)

// icon draws an icon into the middle of a rectangle.
func (w *painter) icon(img *image.RGBA, icon sketch.Icon, r image.Rectangle) {
	side := w.px(icon.Size)
	place := image.Rect(0, 0, side, side).Add(image.Pt(r.Min.X+(r.Dx()-side)/2, r.Min.Y+(r.Dy()-side)/2))
	pen := pen{vector.NewRasterizer(side, side), float64(side) / 24}
	for _, path := range w.icons[icon.Name] {
		for _, line := range flatten(path) {
			if path.Filled {
				pen.area(line)
			} else {
				pen.line(line)
			}
		}
	}
	pen.Draw(img, place, image.NewUniform(parse(icon.Color)), image.Point{})
}

// flatten divides a path into points.
func flatten(p sketch.Path) [][][2]float64 {
	var lines [][][2]float64
	for _, step := range p.Steps {
		if step.Command == 'M' {
			lines = append(lines, [][2]float64{step.Points[0]})
			continue
		}
		line := &lines[len(lines)-1]
		last := (*line)[len(*line)-1]
		switch step.Command {
		case 'L':
			*line = append(*line, step.Points[0])
		case 'Z':
			*line = append(*line, (*line)[0])
		case 'C':
			for i := 1; i <= pieceOf; i++ {
				*line = append(*line, curve(last, step.Points, float64(i)/pieceOf))
			}
		}
	}
	return lines
}

// curve is the point of a cubic Bézier curve at t of 1.
func curve(from [2]float64, p [][2]float64, t float64) (at [2]float64) {
	u := float64(1 - t)
	a, b, c, d := float64(u*u)*u, 3*float64(float64(u*u)*t), 3*float64(float64(u*t)*t), float64(t*t)*t
	for i := range at {
		at[i] = float64(a*from[i]) + float64(b*p[0][i]) + float64(c*p[1][i]) + float64(d*p[2][i])
	}
	return at
}

// pen collects areas of an icon. All of them turn the same way, so that they add up where they overlap.
type pen struct {
	*vector.Rasterizer
	scale float64
}

// area adds a polygon.
func (p pen) area(points [][2]float64) {
	for i, at := range points {
		x, y := float32(at[0]*p.scale), float32(at[1]*p.scale)
		if i == 0 {
			p.MoveTo(x, y)
		} else {
			p.LineTo(x, y)
		}
	}
	p.ClosePath()
}

// line adds a line with round joints: a bar for each piece, and a disc at each point.
func (p pen) line(points [][2]float64) {
	for i, at := range points {
		var disc [][2]float64
		for k := range 2 * pieceOf {
			sin, cos := math.Sincos(float64(k) * math.Pi / pieceOf)
			disc = append(disc, [2]float64{at[0] + float64(halfLine*cos), at[1] + float64(halfLine*sin)})
		}
		p.area(disc)
		if i == 0 {
			continue
		}
		from := points[i-1]
		dx, dy := float64(at[0]-from[0]), float64(at[1]-from[1])
		long := math.Sqrt(float64(dx*dx) + float64(dy*dy))
		if long == 0 {
			continue
		}
		nx, ny := float64(-dy/long)*halfLine, float64(dx/long)*halfLine
		p.area([][2]float64{{from[0] - nx, from[1] - ny}, {at[0] - nx, at[1] - ny}, {at[0] + nx, at[1] + ny}, {from[0] + nx, from[1] + ny}})
	}
}

// Draw puts what was collected into a picture.
func (p pen) Draw(img *image.RGBA, place image.Rectangle, src image.Image, at image.Point) {
	mask := image.NewAlpha(image.Rect(0, 0, place.Dx(), place.Dy()))
	p.Rasterizer.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	draw.DrawMask(img, place, src, at, mask, image.Point{}, draw.Over)
}
