package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/media/cutout"
	"github.com/marquetry/marquetry/internal/media/expand"
	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// onceMeasured is the cost of a square of 1080 pixels made a story of 1080x1920, each run in a process of its own.
type onceMeasured struct {
	Of        string  `json:"of"` // the picture that took most
	Seconds   float64 `json:"seconds"`
	Megabytes float64 `json:"megabytes"` // resident, at the peak
	Runs      int     `json:"runs"`
	Differ    int     `json:"differ"` // runs whose bytes are not those of the first run of their picture
}

// onceRun is what a child says of its run.
type onceRun struct {
	Seconds   float64 `json:"seconds"`
	Megabytes float64 `json:"megabytes"`
	Sum       string  `json:"sum"` // of all pixels, made and cut out
}

// measureOnce runs pictures twice on one core and twice on two.
func (c benchImageCmd) measureOnce(ctx context.Context) (onceMeasured, error) {
	photos, err := pictures(c.Photos)
	if err != nil {
		return onceMeasured{}, err
	}
	photos = append(photos[:min(2, len(photos))], pictureFile{"a drawn meadow", cases.Meadow(1080)})
	dir, err := os.MkdirTemp("", "marquetry-bench-")
	if err != nil {
		return onceMeasured{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var all onceMeasured
	for _, photo := range photos {
		var file bytes.Buffer
		if err := png.Encode(&file, cases.Cover(photo.image, 1080, 1080)); err != nil {
			return all, err
		}
		name := filepath.Join(dir, "in.png")
		if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
			return all, err
		}
		if err := all.add(ctx, photo.name, name); err != nil {
			return all, err
		}
	}
	return all, nil
}

// add runs one picture; time and memory are those of one core.
func (all *onceMeasured) add(ctx context.Context, name, file string) error {
	first := ""
	for _, cores := range []int{1, 1, 2, 2} {
		run, err := startChild(ctx, file, cores)
		if err != nil {
			return err
		}
		if all.Runs++; first == "" {
			first = run.Sum
		}
		if run.Sum != first {
			all.Differ++
		}
		if cores == 1 && run.Seconds > all.Seconds {
			all.Of, all.Seconds = name, run.Seconds
		}
		if cores == 1 {
			all.Megabytes = max(all.Megabytes, run.Megabytes)
		}
	}
	return nil
}

// startChild runs this program on one picture with so many cores.
func startChild(ctx context.Context, file string, cores int) (onceRun, error) {
	self, err := os.Executable()
	if err != nil {
		return onceRun{}, err
	}
	cmd := exec.CommandContext(ctx, self, "bench", "image", "--child", file) //nolint:gosec // this program and a file of its own
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
	said, err := cmd.Output()
	if err != nil {
		return onceRun{}, fmt.Errorf("extending a picture in a process of its own: %w", err)
	}
	var run onceRun
	return run, json.Unmarshal(said, &run)
}

// extendOnce is the child: it extends one picture, says what it took, and then cuts the picture out for the sum.
func extendOnce(ctx context.Context, file string, out io.Writer) error {
	img, err := readPNG(file)
	if err != nil {
		return err
	}
	in := cases.Cover(img, 1080, 1080)
	start := processorSeconds()
	got, err := expand.Expand(ctx, in, expand.Order{Width: 1080, Height: 1920, Seed: 1})
	if err != nil {
		return err
	}
	run := onceRun{Seconds: processorSeconds() - start, Megabytes: peakMegabytes()}
	sum := sha256.New()
	if got.Image != nil {
		sum.Write(got.Image.Pix)
	}
	if cut := cutout.Cut(in); cut.Alpha != nil {
		sum.Write(cut.Alpha.Pix)
		sum.Write(pix(cut.Colour))
	}
	run.Sum = hex.EncodeToString(sum.Sum(nil))
	return json.NewEncoder(out).Encode(run)
}

// pix are a picture's bytes; of none there are none.
func pix(img *image.NRGBA) []byte {
	if img == nil {
		return nil
	}
	return img.Pix
}

// peakMegabytes is the most memory that this process had resident, as Linux tells it; 0 elsewhere.
func peakMegabytes() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kilobytes, _ := strconv.ParseFloat(fields[0], 64)
	return kilobytes / 1024
}
