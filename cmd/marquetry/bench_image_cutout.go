package main

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/media/score"
	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// cutter cuts objects out.
type cutter struct {
	name string
	cut  func(c cases.Cutout) (cutOut, error)
}

// cutOut is an alpha, what it cost, and why it should not be used.
type cutOut struct {
	alpha   *image.Alpha
	seconds float64
	refused string
}

// cutoutRow is one cutter's score in one case of known alpha.
type cutoutRow struct {
	Cutter   string `json:"cutter"`
	Case     string `json:"case"`
	Backdrop string `json:"backdrop"`
	score.Matte
	Seconds float64 `json:"seconds"`
	Refused string  `json:"refused,omitempty"`
}

// eligibility is what ours said of one picture, and what is right.
type eligibility struct {
	Case     string `json:"case"`
	Backdrop string `json:"backdrop"`
	Eligible bool   `json:"eligible"`
	Want     bool   `json:"want"`
	Reason   string `json:"reason,omitempty"`
}

// cutout runs every cutter on every case.
func (c benchImageCmd) cutout(ctx context.Context, peers peers, b *imageBench, told io.Writer) error {
	all, err := c.cutoutCases()
	if err != nil {
		return err
	}
	cutters := append(ourCutters(), peers.cutters()...)
	for i, one := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		fmt.Fprintf(told, "\r\x1b[K%d/%d %s %s", i+1, len(all), one.Backdrop, one.Name)
		if err := b.cutAll(one, cutters, c.Sheet != "" || c.Worst > 0); err != nil {
			return err
		}
	}
	fmt.Fprint(told, "\r\x1b[K")
	return nil
}

// cutAll cuts one picture with everything.
func (b *imageBench) cutAll(one cases.Cutout, cutters []cutter, sheet bool) error {
	var rows []cutoutRow
	var made []cutOut
	for _, cutter := range cutters {
		got, err := cutter.cut(one)
		if err != nil {
			return fmt.Errorf("%s, %s %s: %w", cutter.name, one.Backdrop, one.Name, err)
		}
		row := cutoutRow{Cutter: cutter.name, Case: one.Name, Backdrop: one.Backdrop, Seconds: got.seconds, Refused: got.refused}
		if one.Alpha != nil {
			row.Matte = score.Matted(one.Alpha, got.alpha)
		}
		if cutter.name == ours {
			b.Real = append(b.Real, eligibility{one.Name, one.Backdrop, got.refused == "", one.Eligible, got.refused})
		}
		rows, made = append(rows, row), append(made, got)
	}
	if one.Alpha != nil {
		b.Cutout = append(b.Cutout, rows...)
	}
	if sheet {
		b.sheet = append(b.sheet, cutoutSheet(one, rows, made))
	}
	return nil
}

// cutoutCases are objects on backdrops, objects on photographs, and real shots.
func (c benchImageCmd) cutoutCases() ([]cases.Cutout, error) {
	names, things := cases.Objects()
	files, err := pictures(c.Cutouts)
	if err != nil {
		return nil, err
	}
	if len(files) > 0 {
		names, things = nil, nil
	}
	for _, f := range files {
		thing := image.NewNRGBA(image.Rect(0, 0, f.image.Bounds().Dx(), f.image.Bounds().Dy()))
		draw.Draw(thing, thing.Rect, f.image, f.image.Bounds().Min, draw.Src)
		names, things = append(names, f.name), append(things, thing)
	}
	composed, err := c.composed(names, things)
	if err != nil {
		return nil, err
	}
	real, err := c.real()
	return append(composed, real...), err
}

// composed puts things on every backdrop.
func (c benchImageCmd) composed(names []string, things []*image.NRGBA) ([]cases.Cutout, error) {
	photos, err := pictures(c.Photos)
	if err != nil {
		return nil, err
	}
	var all []cases.Cutout
	for _, backdrop := range cases.Backdrops() {
		for i, thing := range things {
			one, err := cases.On(backdrop, names[i], thing, i)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	}
	for i, thing := range things {
		if len(photos) == 0 {
			break
		}
		one, err := cases.OnPhoto(names[i], thing, photos[i%len(photos)].image)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// real are the shots of --products and --scenes; those labelled "either" are left out.
func (c benchImageCmd) real() ([]cases.Cutout, error) {
	labels, err := readLabels(c.Labels)
	if err != nil {
		return nil, err
	}
	var all []cases.Cutout
	for _, set := range []struct{ dir, label string }{{c.Products, "eligible"}, {c.Scenes, "ineligible"}} {
		shots, err := pictures(set.dir)
		if err != nil {
			return nil, err
		}
		for _, shot := range shots {
			label := set.label
			if said, ok := labels[shot.name]; ok {
				label = said
			}
			if label != "either" {
				all = append(all, cases.Real(shot.name, shot.image, label == "eligible"))
			}
		}
	}
	return all, nil
}

// readLabels reads names and labels, a pair a line; of no file there are none.
func readLabels(name string) (map[string]string, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(name) //nolint:gosec // the operator names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	labels, lines := map[string]string{}, bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) < 2 || !slices.Contains([]string{"eligible", "ineligible", "either"}, fields[1]) {
			return nil, fmt.Errorf("%s: %q is not a name and eligible, ineligible or either", name, lines.Text())
		}
		labels[fields[0]] = fields[1]
	}
	return labels, lines.Err()
}

// cutters are the peers that cut out.
func (p peers) cutters() []cutter {
	if p.cv == nil {
		return nil
	}
	return []cutter{{"grabcut_seed", func(c cases.Cutout) (cutOut, error) {
		got, seconds, err := p.make("grabcut_seed", []image.Image{c.Picture}, func(files []string, out string) (float64, error) {
			return p.cv.run("grabcut_seed", files[0], out)
		})
		if err != nil {
			return cutOut{}, err
		}
		grey, alpha := image.NewGray(c.Picture.Rect), image.NewAlpha(c.Picture.Rect)
		draw.Draw(grey, grey.Rect, got, got.Bounds().Min, draw.Src)
		copy(alpha.Pix, grey.Pix)
		return cutOut{alpha: alpha, seconds: seconds}, nil
	}}}
}
