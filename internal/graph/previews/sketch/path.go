package sketch

import (
	"fmt"
	"strconv"
	"strings"
)

// Path is an outline on an icon's grid.
type Path struct {
	Steps  []Step
	Filled bool // else it is a line, two units wide, with round ends
}

// Step is one command of a path: 'M' moves to a point, 'L' draws a line to it, 'C' a cubic curve with two points that pull, 'Z' closes.
type Step struct {
	Command byte
	Points  [][2]float64
}

// roundness is how far the pulling points of a quarter of a circle lie from its ends, in radii: 4/3·(√2−1).
const roundness = 0.5522847498307936

// parsePaths reads the notation of icons: words separated by blanks, as in SVG with absolute coordinates, of M, L, C and Z; O draws a circle
// of which x, y and radius follow, and F makes all that follows filled areas.
func parsePaths(notation string) []Path {
	var paths []Path
	filled := false
	words := strings.Fields(notation)
	for i := 0; i < len(words); {
		command := words[i][0]
		i++
		counts := map[byte]int{'M': 2, 'L': 2, 'C': 6, 'O': 3}
		var numbers []float64
		for range counts[command] {
			n, _ := strconv.ParseFloat(words[i], 64)
			numbers = append(numbers, n)
			i++
		}
		switch command {
		case 'F':
			filled = true
		case 'O':
			paths = append(paths, Path{circle(numbers[0], numbers[1], numbers[2]), filled})
		case 'M':
			paths = append(paths, Path{[]Step{{'M', [][2]float64{{numbers[0], numbers[1]}}}}, filled})
		default:
			step := Step{Command: command}
			for ; len(numbers) > 0; numbers = numbers[2:] {
				step.Points = append(step.Points, [2]float64{numbers[0], numbers[1]})
			}
			last := &paths[len(paths)-1]
			last.Steps = append(last.Steps, step)
		}
	}
	return paths
}

// circle is four curves.
func circle(x, y, r float64) []Step {
	k := float64(r * roundness)
	return []Step{
		{'M', [][2]float64{{x + r, y}}},
		{'C', [][2]float64{{x + r, y + k}, {x + k, y + r}, {x, y + r}}},
		{'C', [][2]float64{{x - k, y + r}, {x - r, y + k}, {x - r, y}}},
		{'C', [][2]float64{{x - r, y - k}, {x - k, y - r}, {x, y - r}}},
		{'C', [][2]float64{{x + k, y - r}, {x + r, y - k}, {x + r, y}}},
		{'Z', nil},
	}
}

// svg is a path as the attribute d has it.
func (p Path) svg() string {
	var b strings.Builder
	for _, s := range p.Steps {
		b.WriteByte(s.Command)
		for i, at := range s.Points {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%.4g %.4g", at[0], at[1])
		}
	}
	return b.String()
}
