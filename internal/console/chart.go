package console

import (
	"fmt"

	"github.com/marquetry/marquetry/internal/bandit"
)

// wide is the width of a chart's coordinate system; charts stretch to the width that the page gives them.
const wide = 1000.0

// span is a bar of an estimate: the 95 % interval with a mark at the mean, in the coordinates of a chart.
type span struct {
	From, Width, Mean float64
	Text              string // what the picture says, for who cannot see it
}

// spanOf places an estimate on a scale that ends at most.
func spanOf(e bandit.Estimate, most float64) span {
	low, high := barOf(e.Low, most), barOf(e.High, most)
	return span{
		From: low, Width: max(2, round(high-low)), Mean: barOf(e.Mean, most),
		Text: fmt.Sprintf("%s, with 95 %% probability between %s and %s", percent(e.Mean), percent(e.Low), percent(e.High)),
	}
}

// effectView is the chart of one effect with the place of no effect.
type effectView struct {
	Effect span
	One    float64
}

// effectSpan places a ratio, of which 1 is no effect, on a scale that ends at most.
func effectSpan(e bandit.Estimate, most float64) span {
	s := spanOf(e, most)
	s.Text = fmt.Sprintf("%s, with 95 %% probability between %s and %s", change(e.Mean), change(e.Low), change(e.High))
	return s
}

// barOf is the length of a bar for a value on a scale that ends at most.
func barOf(value, most float64) float64 {
	if most <= 0 {
		return 0
	}
	return round(clamp(value/most) * wide)
}

// clamp keeps a share between 0 and 1; what is no number is 0.
func clamp(share float64) float64 {
	if !(share > 0) {
		return 0
	}
	return min(share, 1)
}

// round keeps coordinates short: one decimal.
func round(x float64) float64 { return float64(int64(x*10+0.5)) / 10 }
