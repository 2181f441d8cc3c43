package expand

import (
	"image"
	"math"
)

// Why an expansion is refused.
const (
	CodeSmall   = "small"
	CodeNarrow  = "narrow"
	CodeSubject = "subject.cut"
	CodeText    = "text.cut"
	CodeScene   = "scene"
	CodeRepeats = "repeats"
	CodeSeam    = "seam"
)

// reason is the same in words for advertisers.
func reason(code string) string {
	switch code {
	case CodeSmall:
		return "The picture is smaller than 500 pixels on its longer side: it would be blurred."
	case CodeNarrow:
		return "The picture would fill too little of the placement: nearly all of it would be made up."
	case CodeSubject:
		return "A person or an object is cut by the side that would be extended, and cannot be completed."
	case CodeText:
		return "There is text or a logo at the side that would be extended, and it would go on as nonsense."
	case CodeScene:
		return "What lies at the side is too irregular to be continued convincingly."
	case CodeRepeats:
		return "The extension would repeat itself visibly."
	case CodeSeam:
		return "The border between the picture and its extension would be visible."
	}
	return ""
}

// trust is what speaks for an expansion before anything was found.
const trust = 6.0

// How much each measure speaks against an expansion: half of its weight at half, in its own unit, and all of it in the end. The weights are those of a
// logistic regression on photographs that were judged by eye.
const (
	paintedHalf, paintedWeight     = 0.4, 4.1  // share of the result
	cutHalf, cutWeight             = 0.3, 1.2  // share of a side, by subjects
	plainCutHalf, plainCutWeight   = 0.2, 5.0  // the same where the side is plain but for them
	textHalf, textWeight           = 0.2, 5.0  // share of the windows along a side
	seamHalf, seamWeight           = 3.0, 3.2  // levels, the mean of runs of a border
	worstSeamHalf, worstSeamWeight = 9.0, 2.25 // levels, in a tenth of the runs
	smearHalf, smearWeight         = 0.3, 3.2  // share of the roughness that is missing
	periodHalf, periodWeight       = 0.15, 1.4 // correlation of the extension with itself farther out
	doubleHalf, doubleWeight       = 0.5, 2.5  // levels of salience
)

// against is how much a measure speaks against an expansion, up to a weight.
func against(measure, half, weight float64) float64 {
	return float64(weight * (1 - math.Exp2(-measure/half)))
}

// forecast adds up what speaks against an expansion, and keeps what speaks most.
type forecast struct {
	sum, most float64
	code      string
}

// add takes in what was found at the worst side.
func (f *forecast) add(code string, speaks float64) {
	f.sum += speaks
	if speaks > f.most {
		f.most, f.code = speaks, code
	}
}

// foresee looks at the picture before it is extended.
func (f *forecast) foresee(c *canvas) {
	subject, text := 0.0, 0.0
	for _, at := range []place{left, right, top, bottom} {
		if s := c.side(at); s.depth > 0 {
			share, plain := c.subjectAt(at)
			speaks := against(share, cutHalf, cutWeight)
			if plain {
				speaks += against(share, plainCutHalf, plainCutWeight)
			}
			subject, text = max(subject, speaks), max(text, against(s.lettering(), textHalf, textWeight))
		}
	}
	f.add(CodeSubject, subject)
	f.add(CodeText, text)
}

// reviewArea is the size, in pixels, at which a result is looked at: about that of a phone's screen in points.
const reviewArea = 600 * 600

// review looks at the result around what was kept.
func (f *forecast) review(result *image.NRGBA, kept image.Rectangle) {
	if kept == result.Rect {
		return
	}
	whole := &canvas{img: result, known: kept}
	all := result.Rect.Dx() * result.Rect.Dy()
	c := whole.shrunk(min(1, math.Sqrt(reviewArea/float64(all))))
	seam, smear, period := 0.0, 0.0, 0.0
	for _, at := range []place{left, right, top, bottom} {
		if s := c.side(at); s.depth > 0 {
			mean, most := s.seam()
			seam = max(seam, against(mean, seamHalf, seamWeight)+against(most, worstSeamHalf, worstSeamWeight))
			smear = max(smear, against(s.fade(), smearHalf, smearWeight))
			period = max(period, against(s.repetition(), periodHalf, periodWeight))
		}
	}
	f.add(CodeSeam, seam)
	f.add(CodeScene, smear)
	f.add(CodeRepeats, period+against(whole.doubled(), doubleHalf, doubleWeight))
	f.sum += against(1-float64(kept.Dx()*kept.Dy())/float64(all), paintedHalf, paintedWeight)
}

// confidence is a logistic function of what was found.
func (f *forecast) confidence() float64 { return 1 / (1 + math.Exp(f.sum-trust)) }

// result says how well it went.
func (f *forecast) result(c *canvas, kept image.Rectangle) Result {
	r := Result{Image: c.img, Kept: kept, Confidence: f.confidence()}
	if r.Confidence < 0.5 {
		r.Code, r.Reason = f.code, reason(f.code)
	}
	return r
}
