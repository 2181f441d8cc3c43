package main

import (
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/media/score"
	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// outpaintRow is one painter's score in one case.
type outpaintRow struct {
	Painter string `json:"painter"`
	Case    string `json:"case"`
	Task    string `json:"task"`
	Kind    string `json:"kind"`
	score.Outpaint
	Seconds float64 `json:"seconds"`           // of processor time
	Refused string  `json:"refused,omitempty"` // why the painter would not show it
}

// outpaint runs every painter on every case.
func (c benchImageCmd) outpaint(ctx context.Context, peers peers, b *imageBench, told io.Writer) error {
	all, err := c.outpaintCases()
	if err != nil {
		return err
	}
	fillers := ourFillers()
	if c.Peers {
		fillers = slices.Concat(fillers, plainFills(), peers.fillers())
	}
	for i, draw := range all {
		one := draw()
		fmt.Fprintf(told, "\r\x1b[K%d/%d %s %s", i+1, len(all), one.Task, one.Name)
		rows, row, err := fillAll(ctx, one, fillers)
		if err != nil {
			return err
		}
		b.Outpaint = append(b.Outpaint, rows...)
		if c.Sheet != "" || c.Worst > 0 {
			b.sheet = append(b.sheet, row)
		}
	}
	fmt.Fprint(told, "\r\x1b[K")
	return nil
}

// fillAll paints one after the other, so that the time of each can be taken, and then scores them on all cores.
func fillAll(ctx context.Context, one cases.Outpaint, fillers []filler) ([]outpaintRow, sheetRow, error) {
	rows, made := make([]outpaintRow, len(fillers)), make([]filled, len(fillers))
	for i, f := range fillers {
		var err error
		if made[i], err = f.fill(ctx, one); err != nil {
			return nil, sheetRow{}, fmt.Errorf("%s, %s %s: %w", f.name, one.Task, one.Name, err)
		}
	}
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range fillers {
		group.Go(func() error {
			rows[i] = outpaintRow{f.name, one.Name, one.Task, one.Kind, score.Outpainted(one.Truth, made[i].picture, one.Known), made[i].seconds, made[i].refused}
			return nil
		})
	}
	_ = group.Wait()
	return rows, outpaintSheet(one, rows, made), nil
}

// outpaintCases are the photographs and the drawn scenes in every task, made when they are called for.
func (c benchImageCmd) outpaintCases() ([]func() cases.Outpaint, error) {
	photos, err := pictures(c.Photos)
	if err != nil {
		return nil, err
	}
	var all []func() cases.Outpaint
	for _, task := range cases.Tasks() {
		if c.Only != task.Name && slices.Contains([]string{"mild", "tall", "wide"}, c.Only) {
			continue
		}
		if c.Only != "studio" {
			for _, p := range photos {
				all = append(all, func() cases.Outpaint { return task.Photograph(p.name, p.image) })
			}
		}
		for scene := range cases.Scenes {
			all = append(all, func() cases.Outpaint { return task.Studio(scene) })
		}
	}
	return all, nil
}

// pictureFile is a picture of a directory, upright.
type pictureFile struct {
	name  string // without directory and ending
	image image.Image
}

// pictures decodes the pictures of a directory by name; of none where it is "".
func pictures(dir string) ([]pictureFile, error) {
	if dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []pictureFile
	for _, e := range entries {
		ending := strings.ToLower(filepath.Ext(e.Name()))
		if !slices.Contains([]string{".png", ".jpg", ".jpeg", ".webp"}, ending) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name())) //nolint:gosec // the operator names the directory
		if err != nil {
			return nil, err
		}
		_, img, err := media.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		all = append(all, pictureFile{strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), img})
	}
	return all, nil
}
