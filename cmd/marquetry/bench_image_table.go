package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/media/score"
)

// ours is the name under which the program's own painters stand.
const ours = "marquetry"

// goal is a number that is aimed at.
type goal struct {
	Set   string  `json:"set"`
	Score string  `json:"score"`
	Least bool    `json:"least"` // whether more is better
	Want  float64 `json:"want"`
	Got   float64 `json:"got"`
	Met   bool    `json:"met"`
}

// part is a group of cases that has a table of its own.
type part struct {
	name string
	in   func(r outpaintRow) bool
}

// parts are the groups in the order in which they are printed.
func parts() []part {
	all := []part{{"all", func(outpaintRow) bool { return true }}}
	for _, task := range []string{"mild", "tall", "wide"} {
		all = append(all, part{task, func(r outpaintRow) bool { return r.Task == task }})
	}
	for _, kind := range []string{"studio", "photo"} {
		all = append(all, part{kind, func(r outpaintRow) bool { return r.Kind == kind }})
	}
	return all
}

// mean is a painter's mean in a group, its mean seconds and its number of cases.
func (b *imageBench) mean(p part, painter string) (score.Outpaint, float64, int) {
	var list []score.Outpaint
	seconds := 0.0
	for _, r := range b.Outpaint {
		if r.Painter == painter && p.in(r) {
			list, seconds = append(list, r.Outpaint), seconds+r.Seconds
		}
	}
	return score.Mean(list), seconds / float64(max(1, len(list))), len(list)
}

// judge holds the means of ours against the bars.
func (b *imageBench) judge() {
	for _, p := range parts() {
		m, seconds, n := b.mean(p, ours)
		if n == 0 {
			continue
		}
		switch p.name {
		case "all":
			b.least("all", "psnr", m.PSNR, 20).least("all", "ssim", m.SSIM, 0.68).most("all", "swd", m.SWD, 20.5).most("all", "hist", m.Hist, 7.2)
			b.most("all", "grad", m.Grad, 0.16).most("all", "seam", m.Seam, 0.45).most("all", "rep", m.Rep, 0.055).most("all", "kept", float64(m.Kept), 0)
			b.most("all", "seconds", seconds, 0.8)
		case "wide":
			b.least("wide", "psnr", m.PSNR, 17.5).most("wide", "swd", m.SWD, 19.5).most("wide", "seam", m.Seam, 0.45).most("wide", "rep", m.Rep, 0.11)
		case "studio":
			b.least("studio", "psnr", m.PSNR, 38).most("studio", "seam", m.Seam, 0.10).most("studio", "seconds", seconds, 0.1)
		}
	}
	b.judgeCutouts()
	if o := b.Once; o != nil {
		b.most("1080x1080 to 1080x1920", "seconds", o.Seconds, 2).most("1080x1080 to 1080x1920", "megabytes", o.Megabytes, 256)
		b.most("same bytes on 1 and 2 cores, twice", "differ", float64(o.Differ), 0)
	}
}

// judgeCutouts does the same for cut-outs.
func (b *imageBench) judgeCutouts() {
	if m, failed, seconds, n := b.meanMatte(ours, uniform); n > 0 {
		b.least("cut-out", "iou", m.IoU, 0.955).least("cut-out", "biou", m.BIoU, 0.87).most("cut-out", "fail", failed, 0.02).most("cut-out", "seconds", seconds, 0.5)
	}
	if right, n := b.eligible(); n > 0 {
		b.least("eligibility", "right", float64(right)/float64(n), 0.98)
	}
}

// least adds a bar that must be reached.
func (b *imageBench) least(set, score string, got, want float64) *imageBench {
	b.Bars = append(b.Bars, goal{set, score, true, want, got, got >= want})
	return b
}

// most adds a bar that must not be exceeded.
func (b *imageBench) most(set, score string, got, want float64) *imageBench {
	b.Bars = append(b.Bars, goal{set, score, false, want, got, got <= want})
	return b
}

// uniform are the backdrops that a cut-out must succeed on.
func uniform(backdrop string) bool { return backdrop != "photo" }

// meanMatte is a cutter's mean on some backdrops, the share that failed, mean seconds and the number of cases.
func (b *imageBench) meanMatte(cutter string, on func(backdrop string) bool) (m score.Matte, failed, seconds float64, n int) {
	var list []score.Matte
	for _, r := range b.Cutout {
		if r.Cutter == cutter && on(r.Backdrop) {
			list, seconds = append(list, r.Matte), seconds+r.Seconds
		}
	}
	m, failed = score.MeanMatte(list)
	return m, failed, seconds / float64(max(1, len(list))), len(list)
}

// eligible counts the decisions that were right.
func (b *imageBench) eligible() (right, n int) {
	for _, e := range b.Real {
		if e.Eligible == e.Want {
			right++
		}
	}
	return right, len(b.Real)
}

// print writes the tables.
func (b *imageBench) print(out io.Writer, each bool) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	b.printOutpaint(t, each)
	b.printCutout(t, each)
	if o := b.Once; o != nil {
		fmt.Fprintf(t, "\n1080x1080 to 1080x1920\t%s\n\t%.2f s of one core\t%.0f MB at the peak\t%d of %d runs differ\n", o.Of, o.Seconds, o.Megabytes, o.Differ, o.Runs)
	}
	if len(b.Bars) > 0 {
		fmt.Fprint(t, "\nset\tscore\tgot\tbar\t\n")
	}
	for _, bar := range b.Bars {
		sign, verdict := "<=", "not met"
		if bar.Least {
			sign = ">="
		}
		if bar.Met {
			verdict = "met"
		}
		fmt.Fprintf(t, "%s\t%s\t%.4g\t%s %.4g\t%s\n", bar.Set, bar.Score, bar.Got, sign, bar.Want, verdict)
	}
	for _, m := range b.Missing {
		fmt.Fprintf(t, "not run: %s\n", m)
	}
	return t.Flush()
}

// printOutpaint writes a table for each group of cases.
func (b *imageBench) printOutpaint(t io.Writer, each bool) {
	for _, p := range parts() {
		head := false
		for _, painter := range b.painters() {
			m, seconds, n := b.mean(p, painter)
			if n == 0 {
				continue
			}
			if !head {
				fmt.Fprintf(t, "\n%s, %d cases\tpsnr\tssim\tmsssim\tswd\thist\tgrad\tseam\trep\tkept\ts\n", p.name, n)
				head = true
			}
			printOutpaintRow(t, painter, m, seconds)
		}
	}
	if !each {
		return
	}
	fmt.Fprint(t, "\neach case\tpsnr\tssim\tmsssim\tswd\thist\tgrad\tseam\trep\tkept\ts\n")
	for _, r := range b.Outpaint {
		printOutpaintRow(t, r.Painter+" "+r.Task+" "+r.Case, r.Outpaint, r.Seconds)
	}
}

// printOutpaintRow writes one line of scores.
func printOutpaintRow(t io.Writer, name string, m score.Outpaint, seconds float64) {
	fmt.Fprintf(t, "%s\t%.1f\t%.3f\t%.3f\t%.2f\t%.2f\t%.3f\t%.2f\t%.3f\t%d\t%.2f\n",
		name, m.PSNR, m.SSIM, m.MSSSIM, m.SWD, m.Hist, m.Grad, m.Seam, m.Rep, m.Kept, seconds)
}

// painters are the names in the order in which they ran.
func (b *imageBench) painters() []string {
	var names []string
	for _, r := range b.Outpaint {
		if len(names) > 0 && r.Painter == names[0] {
			break
		}
		names = append(names, r.Painter)
	}
	return names
}

// printCutout writes the table of cut-outs and what was said of each picture that was not labelled so.
func (b *imageBench) printCutout(t io.Writer, each bool) {
	for _, on := range []string{"all but photo", "white", "studio", "pastel", "photo"} {
		in := func(backdrop string) bool { return backdrop == on || on == "all but photo" && uniform(backdrop) }
		head, seen := false, map[string]bool{}
		for _, r := range b.Cutout {
			if seen[r.Cutter] || !in(r.Backdrop) {
				continue
			}
			seen[r.Cutter] = true
			m, failed, seconds, n := b.meanMatte(r.Cutter, in)
			if !head {
				fmt.Fprintf(t, "\n%s, %d cases\tiou\tbiou\tsad\tmse\tgrad\tfail\ts\n", on, n)
				head = true
			}
			printCutoutRow(t, r.Cutter, m, failed, seconds)
		}
	}
	if each {
		fmt.Fprint(t, "\neach cut-out\tiou\tbiou\tsad\tmse\tgrad\tfail\ts\n")
		for _, r := range b.Cutout {
			_, failed := score.MeanMatte([]score.Matte{r.Matte})
			printCutoutRow(t, r.Cutter+" "+r.Backdrop+" "+r.Case, r.Matte, failed, r.Seconds)
		}
	}
	if right, n := b.eligible(); n > 0 {
		fmt.Fprintf(t, "\neligibility\t%d of %d right\n", right, n)
	}
	for _, e := range b.Real {
		if e.Eligible != e.Want && each {
			fmt.Fprintf(t, "%s %s\teligible: %v, wanted %v\t%s\n", e.Backdrop, e.Case, e.Eligible, e.Want, e.Reason)
		}
	}
}

// printCutoutRow writes one line of scores.
func printCutoutRow(t io.Writer, name string, m score.Matte, failed, seconds float64) {
	fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.1f\t%.2f\t%.2f\t%.3f\t%.2f\n", name, m.IoU, m.BIoU, m.SAD, m.MSE, m.Grad, failed, seconds)
}
