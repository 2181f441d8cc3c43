package image

import (
	"context"
	"fmt"
)

// mostEnlarged is how much larger than its source a picture may be shown, in hundredths: 500 pixels fill 1080.
const mostEnlarged = 220

// expansion extends a picture to a target: the embedded painter first, then the model, if there is one, from where that left off.
func (m *maker) expansion(ctx context.Context, w work, t Target) (Made, error) {
	made := Made{Target: t, Generator: "embedded", Width: t.Width, Height: t.Height}
	if b := w.src.Rect; min(t.Width*100/b.Dx(), t.Height*100/b.Dy()) > mostEnlarged {
		return made.without("small", fmt.Sprintf("The picture has %d × %d pixels, too few for %d × %d.", b.Dx(), b.Dy(), t.Width, t.Height)), nil
	}
	seed := w.seed(t, "")
	filled, err := m.Expand(ctx, w.src, expandOrder(t, seed))
	if err != nil {
		return Made{}, err
	}
	k := filled.Kept
	made.Kept, made.Confidence = [4]int{k.Min.X, k.Min.Y, k.Max.X, k.Max.Y}, filled.Confidence
	if err := sized(filled.Image, t, k); err != nil {
		return Made{}, err
	}
	picture := filled.Image
	if m.Model != nil {
		c := Canvas{Filled: filled.Image, Kept: k, Prompt: prompted(expandPrompt, m.Prompt), Seed: seed}
		painted, why := m.ask(ctx, c)
		switch {
		case ctx.Err() != nil:
			return Made{}, ctx.Err()
		case why == nil:
			picture = painted
			made = made.by(m.Model, c.Prompt)
			filled.Code = "" // the painter's doubts are of its own work
		case m.Refuse:
			made.Fallback = why.Error()
			return made.without("model", "The image model made no picture that can be used."), nil
		default:
			made.Fallback = why.Error()
		}
	}
	if filled.Code != "" {
		return made.without(filled.Code, filled.Reason), nil
	}
	return m.encoded(made, picture)
}
