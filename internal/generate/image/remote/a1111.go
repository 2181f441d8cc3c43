package remote

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"image"
	"net/http"
)

// a1111 is the dialect of Automatic1111's web UI: /docs of a running one lists it.
type a1111 struct{}

// negative is what a picture is not to hold, for models that are told so.
const negative = "text, letters, watermark, logo, frame, border, people"

// name implements dialect.
func (a1111) name() string { return "a1111" }

// frame implements dialect.
func (a1111) frame(canvas image.Point, mostPixels int) image.Point {
	return scaled(canvas, cmp.Or(mostPixels, 1<<20))
}

// paint implements dialect. The filling is where the diffusion starts from, and it has nearly all the way to go.
func (a1111) paint(ctx context.Context, m *Model, j job) ([]byte, *failure) {
	body := map[string]any{
		"init_images": []string{base64.StdEncoding.EncodeToString(j.picture())}, "mask": base64.StdEncoding.EncodeToString(j.greyMask()),
		"mask_blur": 4, "inpainting_fill": 1, "inpaint_full_res": false, "inpainting_mask_invert": 0, "denoising_strength": 0.85,
		"prompt": j.canvas.Prompt, "negative_prompt": negative, "steps": m.config.Steps, "cfg_scale": 7, "seed": j.seed(), "n_iter": 1, "batch_size": 1,
		"width": j.size.X, "height": j.size.Y, "send_images": true, "save_images": false,
	}
	if m.config.Model != "" {
		body["override_settings"] = map[string]any{"sd_model_checkpoint": m.config.Model}
	}
	sent, err := json.Marshal(body)
	if err != nil {
		return nil, &failure{text: err.Error()}
	}
	got, failed := m.send(ctx, request{http.MethodPost, "/sdapi/v1/img2img", "application/json", sent, "application/json"})
	if failed != nil {
		return nil, failed
	}
	var a struct{ Images []string }
	if json.Unmarshal(got.body, &a) != nil || len(a.Images) == 0 {
		return nil, &failure{text: errShape}
	}
	return fromBase64(a.Images[0])
}

// seed is the canvas's in the 31 bits that all servers take.
func (j job) seed() uint64 { return j.canvas.Seed % (1 << 31) }
