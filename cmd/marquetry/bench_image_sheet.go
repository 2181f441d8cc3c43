package main

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// sheetRow is one case on a contact sheet.
type sheetRow struct {
	set, name string
	tiles     []tile
	bad       float64 // higher is worse; negative when there is nothing of ours
}

// tile is a small picture with lines under it.
type tile struct {
	picture image.Image
	lines   []string
}

// Sizes of a contact sheet in pixels.
const (
	tileHeight = 220
	tileLine   = 14
	tileGap    = 6
)

// outpaintSheet is the row of a case: truth, input and what everyone made.
func outpaintSheet(c cases.Outpaint, rows []outpaintRow, made []filled) sheetRow {
	input := image.NewNRGBA(c.Truth.Rect)
	draw.Draw(input, input.Rect, image.NewUniform(color.Gray{Y: 128}), image.Point{}, draw.Src)
	draw.Draw(input, c.Known, c.Truth, c.Known.Min, draw.Src)
	row := sheetRow{set: c.Task, name: c.Name, bad: -1, tiles: []tile{small(c.Truth, c.Name, "truth"), small(input, "", "input")}}
	for i, r := range rows {
		row.tiles = append(row.tiles, small(made[i].picture,
			fmt.Sprintf("%s %.2fs", r.Painter, r.Seconds), fmt.Sprintf("psnr %.1f ssim %.2f", r.PSNR, r.SSIM), fmt.Sprintf("swd %.0f hist %.1f", r.SWD, r.Hist),
			fmt.Sprintf("gr %.2f seam %.2f", r.Grad, r.Seam), fmt.Sprintf("rep %.3f", r.Rep), r.Refused))
		if r.Painter == ours {
			row.bad = r.SWD/20.5 + r.Hist/7.2 + r.Seam/0.45 + min(4, r.Rep/0.055)
		}
	}
	return row
}

// cutoutSheet is the row of a cut-out: picture, truth and what everyone cut, on green.
func cutoutSheet(c cases.Cutout, rows []cutoutRow, made []cutOut) sheetRow {
	row := sheetRow{set: "cutout", name: c.Backdrop + "-" + c.Name, bad: -1, tiles: []tile{small(c.Picture, c.Backdrop, c.Name)}}
	if c.Alpha != nil {
		row.tiles = append(row.tiles, small(laid(c.Picture, c.Alpha), "truth"))
	}
	for i, r := range rows {
		lines := []string{fmt.Sprintf("%s %.2fs", r.Cutter, r.Seconds)}
		if c.Alpha != nil {
			lines = append(lines, fmt.Sprintf("iou %.3f biou %.3f", r.IoU, r.BIoU), fmt.Sprintf("sad %.1f", r.SAD))
		}
		row.tiles = append(row.tiles, small(laid(c.Picture, made[i].alpha), append(lines, r.Refused)...))
		if r.Cutter == ours && c.Alpha != nil {
			row.bad = 1 - r.IoU
		}
	}
	return row
}

// laid shows what an alpha leaves of a picture, on green.
func laid(picture *image.NRGBA, alpha *image.Alpha) image.Image {
	out := image.NewNRGBA(picture.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(color.NRGBA{R: 40, G: 200, B: 90, A: 255}), image.Point{}, draw.Src)
	if alpha != nil {
		draw.DrawMask(out, out.Rect, picture, image.Point{}, alpha, alpha.Rect.Min, draw.Over)
	}
	return out
}

// small is a picture at a tile's height.
func small(img image.Image, lines ...string) tile {
	b := img.Bounds()
	return tile{cases.Shrunk(img, max(1, b.Dx()*tileHeight/b.Dy()), tileHeight), lines}
}

// sheets writes what was asked for: one contact sheet of each set, and the worst cases.
func (c benchImageCmd) sheets(b *imageBench) error {
	sets := map[string][]sheetRow{}
	for _, row := range b.sheet {
		sets[row.set] = append(sets[row.set], row)
	}
	for _, set := range []string{"mild", "tall", "wide", "cutout"} {
		if c.Sheet == "" || len(sets[set]) == 0 {
			continue
		}
		ending := filepath.Ext(c.Sheet)
		if err := writeSheet(strings.TrimSuffix(c.Sheet, ending)+"-"+set+".png", sets[set]); err != nil {
			return err
		}
	}
	return c.worst(b.sheet)
}

// worst writes the worst cases, each a file of its own.
func (c benchImageCmd) worst(rows []sheetRow) error {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r sheetRow) bool { return r.bad < 0 })
	slices.SortStableFunc(rows, func(a, b sheetRow) int { return cmp.Compare(b.bad, a.bad) })
	for i, row := range rows[:min(c.Worst, len(rows))] {
		if err := os.MkdirAll(c.WorstDir, 0o750); err != nil {
			return err
		}
		if err := writeSheet(filepath.Join(c.WorstDir, fmt.Sprintf("%02d-%s-%s.png", i+1, row.set, strings.ReplaceAll(row.name, " ", "-"))), []sheetRow{row}); err != nil {
			return err
		}
	}
	return nil
}

// writeSheet draws rows under each other.
func writeSheet(name string, rows []sheetRow) error {
	width, height := 0, 0
	for _, r := range rows {
		w, h := r.size()
		width, height = max(width, w), height+h
	}
	sheet := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	y := 0
	for _, r := range rows {
		r.draw(sheet, y)
		_, h := r.size()
		y += h
	}
	file, err := os.Create(name) //nolint:gosec // the operator names it
	if err != nil {
		return err
	}
	if err := png.Encode(file, sheet); err != nil {
		_ = file.Close()
		return err
	}
	return file.Close()
}

// size is what a row takes.
func (r sheetRow) size() (w, h int) {
	lines := 0
	for _, t := range r.tiles {
		w += max(t.picture.Bounds().Dx(), 150) + tileGap
		lines = max(lines, len(t.lines))
	}
	return w, tileHeight + lines*tileLine + 2*tileGap
}

// draw paints a row at that height.
func (r sheetRow) draw(sheet *image.NRGBA, y int) {
	x := 0
	for _, t := range r.tiles {
		b := t.picture.Bounds()
		draw.Draw(sheet, b.Add(image.Pt(x, y)), t.picture, b.Min, draw.Src)
		width := max(b.Dx(), 150)
		for i, line := range t.lines {
			pen := font.Drawer{Dst: sheet, Src: image.Black, Face: basicfont.Face7x13, Dot: fixed.P(x+2, y+tileHeight+(i+1)*tileLine)}
			pen.DrawString(line[:min(len(line), width/7)])
		}
		x += width + tileGap
	}
}
