package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/image/draw"

	"github.com/marquetry/marquetry/internal/media/score/cases"
)

// peersScript speaks to OpenCV: a line with a method and files comes in, a line with processor seconds goes out.
//
//go:embed bench_image_peers.py
var peersScript string

// peers are the other programs that do the same.
type peers struct {
	dir    string // for files handed to them
	recall string // where results are kept; "" keeps none
	gmic   string // program; "" when it is missing
	cv     *opencv
}

// opencv is a running Python with OpenCV.
type opencv struct {
	in     io.WriteCloser
	out    *bufio.Reader
	finish func() error
}

// findPeers starts what is installed and says what is not.
func (c benchImageCmd) findPeers(ctx context.Context) (p peers, missing []string) {
	if !c.Peers {
		return p, nil
	}
	var err error
	if p.dir, err = os.MkdirTemp("", "marquetry-peers-"); err != nil {
		return p, []string{err.Error()}
	}
	p.recall = c.Recall
	if p.gmic, err = exec.LookPath("gmic"); err != nil {
		missing = append(missing, "G'MIC (gmic): "+err.Error())
	}
	if p.cv, err = startOpenCV(ctx, c.Python); err != nil {
		missing = append(missing, "OpenCV (python3-opencv): "+err.Error())
	}
	return p, missing
}

// close ends what was started.
func (p peers) close() {
	if p.cv != nil {
		_ = p.cv.finish()
	}
	if p.dir != "" {
		_ = os.RemoveAll(p.dir)
	}
}

// startOpenCV runs the script and waits until OpenCV is loaded.
func startOpenCV(ctx context.Context, python string) (*opencv, error) {
	cmd := exec.CommandContext(ctx, python, "-c", peersScript) //nolint:gosec // the operator names it
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	cv := &opencv{in: in, out: bufio.NewReader(out), finish: func() error { return errors.Join(in.Close(), cmd.Wait()) }}
	if line, _ := cv.out.ReadString('\n'); line != "ready\n" {
		_ = cv.finish()
		lines := strings.Split(strings.TrimSpace(said.String()), "\n")
		return nil, errors.New(lines[len(lines)-1])
	}
	return cv, nil
}

// run has one picture made and returns processor seconds.
func (cv *opencv) run(fields ...string) (float64, error) {
	if _, err := fmt.Fprintln(cv.in, strings.Join(fields, "\t")); err != nil {
		return 0, err
	}
	line, err := cv.out.ReadString('\n')
	if err != nil {
		return 0, fmt.Errorf("opencv %s: %w", fields[0], err)
	}
	return strconv.ParseFloat(strings.TrimSpace(line), 64)
}

// fillers are those that extend pictures.
func (p peers) fillers() []filler {
	var all []filler
	if p.cv != nil {
		for _, method := range []string{"telea", "ns"} {
			all = append(all, p.filler(method, func(_ context.Context, in, mask, out string) (float64, error) { return p.cv.run(method, in, mask, out) }))
		}
	}
	if p.gmic != "" {
		all = append(all, p.filler("gmic", p.matchpatch))
	}
	return all
}

// matchpatch is G'MIC's completion by patches with its own settings, on one core.
func (p peers) matchpatch(ctx context.Context, in, mask, out string) (float64, error) {
	cmd := exec.CommandContext(ctx, p.gmic, "-v", "0", in, mask, "inpaint_matchpatch[0]", "[1]", "rm[1]", "round", "o", out) //nolint:gosec // found in the path
	cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1")
	if said, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, said)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), nil
}

// filler hands a case to a program as files: the picture with black where it is to be filled, and a mask that is white there.
func (p peers) filler(name string, run func(ctx context.Context, in, mask, out string) (float64, error)) filler {
	return filler{name, func(ctx context.Context, c cases.Outpaint) (filled, error) {
		in, mask := image.NewNRGBA(c.Truth.Rect), image.NewGray(c.Truth.Rect)
		draw.Draw(in, in.Rect, image.Black, image.Point{}, draw.Src)
		draw.Draw(in, c.Known, c.Truth, c.Known.Min, draw.Src)
		draw.Draw(mask, mask.Rect, image.NewUniform(color.Gray{Y: 255}), image.Point{}, draw.Src)
		draw.Draw(mask, c.Known, image.NewUniform(color.Gray{}), image.Point{}, draw.Src)
		got, seconds, err := p.make(name, []image.Image{in, mask}, func(files []string, out string) (float64, error) {
			return run(ctx, files[0], files[1], out)
		})
		if err != nil {
			return filled{}, err
		}
		picture := image.NewNRGBA(c.Truth.Rect)
		draw.Draw(picture, picture.Rect, got, got.Bounds().Min, draw.Src)
		return filled{picture: picture, seconds: seconds}, nil
	}}
}

// make writes files, has one made of them and reads it; what was made of the same files before is taken from where it was kept.
func (p peers) make(name string, from []image.Image, run func(files []string, out string) (float64, error)) (image.Image, float64, error) {
	sum, files := sha256.New(), []string(nil)
	for i, img := range from {
		var file bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, img); err != nil {
			return nil, 0, err
		}
		sum.Write(file.Bytes())
		files = append(files, filepath.Join(p.dir, fmt.Sprintf("in%d.png", i)))
		if err := os.WriteFile(files[i], file.Bytes(), 0o600); err != nil {
			return nil, 0, err
		}
	}
	key := name + "-" + hex.EncodeToString(sum.Sum(nil)[:12])
	if p.recall != "" {
		if img, err := readPNG(filepath.Join(p.recall, key+".png")); err == nil {
			if seconds, err := readSeconds(filepath.Join(p.recall, key+".txt")); err == nil {
				return img, seconds, nil
			}
		}
	}
	return p.fresh(key, files, run)
}

// fresh has it made now, and keeps it where that is wanted.
func (p peers) fresh(key string, files []string, run func(files []string, out string) (float64, error)) (image.Image, float64, error) {
	out := filepath.Join(p.dir, "out.png")
	if p.recall != "" {
		if err := os.MkdirAll(p.recall, 0o750); err != nil {
			return nil, 0, err
		}
		out = filepath.Join(p.recall, key+".png")
	}
	seconds, err := run(files, out)
	if err != nil {
		return nil, 0, err
	}
	if p.recall != "" {
		if err := os.WriteFile(filepath.Join(p.recall, key+".txt"), []byte(strconv.FormatFloat(seconds, 'f', 3, 64)), 0o600); err != nil {
			return nil, 0, err
		}
	}
	img, err := readPNG(out)
	return img, seconds, err
}

// readPNG decodes a file that a peer wrote.
func readPNG(name string) (image.Image, error) {
	file, err := os.Open(name) //nolint:gosec // written by this process or kept by it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return png.Decode(file)
}

// readSeconds reads the time kept beside a picture.
func readSeconds(name string) (float64, error) {
	data, err := os.ReadFile(name) //nolint:gosec // kept by this process
	if err != nil {
		return 0, err
	}
	return strconv.ParseFloat(string(data), 64)
}
