package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/marquetry/marquetry/internal/world"
)

// page writes the demonstration for a reader: headings, aligned rows, tables.
type page struct {
	out     io.Writer
	colours bool
}

// newPage uses colours on terminals whose user has not asked for none (no-color.org).
func newPage(out io.Writer) page {
	return page{out, terminal(out) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

// terminal reports whether somebody reads along.
func terminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// bold marks text on a terminal.
func (p page) bold(text string) string {
	if !p.colours {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// title opens the page.
func (p page) title(format string, args ...any) {
	fmt.Fprintln(p.out, p.bold(fmt.Sprintf(format, args...)))
}

// step opens one of the four parts.
func (p page) step(number int, format string, args ...any) {
	fmt.Fprintf(p.out, "\n%s\n", p.bold(fmt.Sprintf("%d  ", number)+fmt.Sprintf(format, args...)))
}

// row writes what was made, its id, and what there is to know of it.
func (p page) row(what, id, about string) { fmt.Fprintf(p.out, "   %-10s %-20s %s\n", what, id, about) }

// note writes one indented line.
func (p page) note(format string, args ...any) { p.block(fmt.Sprintf(format, args...)) }

// gap writes an empty line.
func (p page) gap() { fmt.Fprintln(p.out) }

// table writes rows of cells, the cells of a row apart by tabs.
func (p page) table(rows ...string) {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(table, row)
	}
	_ = table.Flush() // a Builder does not fail
	p.block(text.String())
}

// block writes lines, indented.
func (p page) block(text string) {
	for line := range strings.Lines(text) {
		fmt.Fprintln(p.out, "   "+strings.TrimRight(line, " \n"))
	}
}

// bar is the progress of the traffic, redrawn in place; silent when nobody reads along.
type bar struct{ out io.Writer }

// newBar draws on a terminal only.
func newBar(out io.Writer) bar {
	if !terminal(out) {
		out = io.Discard
	}
	return bar{out}
}

// width of the bar, in characters: with it a line fits 80 columns.
const barWidth = 16

// show redraws the bar.
func (b bar) show(p world.Progress) {
	full := barWidth * p.Done / p.Of
	fmt.Fprintf(b.out, "\r   [%s%s] %s of %s, %s clicks, %s purchases\x1b[K", strings.Repeat("#", full), strings.Repeat(".", barWidth-full),
		group(p.Done), group(p.Of), group(p.Clicks), group(p.Purchases))
}

// clear removes the bar.
func (b bar) clear() { fmt.Fprint(b.out, "\r\x1b[K") }

// group writes a number with its thousands apart.
func group(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
