package expand

import (
	"context"
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

// What each measure may come to at most; a confidence of one half is the limit for all.
const (
	mostCut      = 0.33 // of a side, by a subject
	mostPlainCut = 0.08 // of a side that is plain but for the subject
	mostText     = 0.06 // of the windows along a side
	mostTrial    = 45.0 // levels
	mostRepeat   = 0.55 // likeness of the extension to itself farther out
	mostSeam     = 14.0 // levels of the step across the border beyond those beside it
)

// forecast collects what speaks against an expansion: the worst so far, as its risk from 0 to 1, where one half is the limit.
type forecast struct {
	risk float64
	code string
}

// add takes a measure and the most that it may come to.
func (f *forecast) add(code string, measure, most float64) {
	if risk := 1 - math.Exp2(-measure/most); risk > f.risk {
		f.risk, f.code = risk, code
	}
}

// foresee looks at the picture before it is extended.
func (p *painter) foresee(ctx context.Context, c *canvas) (forecast, error) {
	var f forecast
	if c.known == c.img.Rect {
		return f, nil
	}
	for _, at := range []place{left, right, top, bottom} {
		if s := c.side(at); s.depth > 0 {
			cut, plain := c.subjectAt(at)
			f.add(CodeSubject, cut, mostCut)
			if plain {
				f.add(CodeSubject, cut, mostPlainCut)
			}
			f.add(CodeText, s.lettering(), mostText)
		}
	}
	trial, err := p.trial(ctx, c)
	f.add(CodeScene, trial, mostTrial)
	return f, err
}

// review looks at the sides after they were extended, before is how the canvas was.
func (f *forecast) review(c *canvas, before image.Rectangle) {
	done := &canvas{img: c.img, known: before}
	for _, at := range []place{left, right, top, bottom} {
		if s := done.side(at); s.depth > 0 {
			f.add(CodeSeam, s.seam(), mostSeam)
			f.add(CodeRepeats, s.repetition(), mostRepeat)
		}
	}
}

// result says how well it went.
func (f *forecast) result(c *canvas, kept image.Rectangle) Result {
	r := Result{Image: c.img, Kept: kept, Confidence: 1 - f.risk}
	if r.Confidence < 0.5 {
		r.Code, r.Reason = f.code, reason(f.code)
	}
	return r
}
