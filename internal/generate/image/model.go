package image

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"strings"
)

// What a model is told to do. What the operator adds follows; nothing that an advertiser wrote does.
const (
	expandPrompt   = "Continue the photograph beyond its borders: the same scene, light, lens and grain, without a frame, without text, logos, people or products that are not there already."
	backdropPrompt = "Put the product before a new, quiet background with a soft shadow. Leave the product as it is. No text, no logos, no other products."
)

// prompted is a task with what the operator adds.
func prompted(task, operator string) string { return strings.TrimSpace(task + " " + operator) }

// ask has the model paint a canvas and mends what it answers. The error says why that is of no use, for the operator.
func (m *maker) ask(ctx context.Context, c Canvas) (painted *image.NRGBA, fit float64, err error) {
	answer, err := m.Model.Paint(ctx, c)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", m.Model.Name(), err)
	}
	painted, fit, err = mend(answer, c)
	if err == nil {
		err = inspect(painted, c)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%s: the answer %w", m.Model.Name(), err)
	}
	return painted, fit, nil
}

// by says that a model made a picture, what it was told, and how well the picture goes with the original.
func (made Made) by(p Painter, prompt string, fit float64) Made {
	sum := sha256.Sum256([]byte(prompt))
	made.Generator, made.Model, made.PromptHash = p.Name(), p.Model(), hex.EncodeToString(sum[:])
	made.Confidence = fit
	return made
}

// without is a result that is no picture, and why.
func (made Made) without(code, reason string) Made {
	made.Code, made.Reason = code, sentence(reason)
	return made
}
