package remote

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/marquetry/marquetry/internal/generate/server"
)

// comfyUI is the dialect of ComfyUI's server: https://docs.comfy.org/development/comfyui-server/comms_routes.
type comfyUI struct{ workflow workflow }

// name implements dialect.
func (comfyUI) name() string { return "comfyui" }

// frame implements dialect.
func (comfyUI) frame(canvas image.Point, mostPixels int) image.Point {
	return scaled(canvas, cmp.Or(mostPixels, 1<<20))
}

// paint implements dialect: the picture and the mask are uploaded, the workflow is put in the queue, and its end is waited for.
func (d comfyUI) paint(ctx context.Context, m *Model, j job) ([]byte, *failure) {
	picture, failed := m.upload(ctx, "picture", j.picture())
	if failed != nil {
		return nil, failed
	}
	mask, failed := m.upload(ctx, "mask", j.clearMask())
	if failed != nil {
		return nil, failed
	}
	sent, err := json.Marshal(map[string]any{"prompt": d.workflow.filled(picture, mask, j.canvas.Prompt, j.seed()), "client_id": "marquetry"})
	if err != nil {
		return nil, &failure{text: err.Error()}
	}
	got, failed := m.send(ctx, request{http.MethodPost, "/prompt", "application/json", sent, "application/json"})
	if failed != nil {
		return nil, failed
	}
	var queued struct {
		ID string `json:"prompt_id"`
	}
	if json.Unmarshal(got.body, &queued) != nil || queued.ID == "" {
		return nil, &failure{text: errShape}
	}
	file, failed := d.awaited(ctx, m, queued.ID)
	if failed != nil {
		return nil, failed
	}
	query := url.Values{"filename": {file.Filename}, "subfolder": {file.Subfolder}, "type": {file.Type}}
	got, failed = m.send(ctx, request{http.MethodGet, "/view?" + query.Encode(), "", nil, "image/*"})
	return got.body, failed
}

// upload puts a picture into the server's folder of inputs, by its content, and returns the name that the server gave it.
func (m *Model) upload(ctx context.Context, what string, data []byte) (string, *failure) {
	sum := sha256.Sum256(data)
	f := form{random: m.config.Random}
	f.file("image", fmt.Sprintf("marquetry-%s-%s.png", what, hex.EncodeToString(sum[:8])), data)
	f.field("type", "input")
	f.field("overwrite", "true")
	r, failed := f.post("/upload/image", "application/json")
	if failed != nil {
		return "", failed
	}
	got, failed := m.send(ctx, r)
	if failed != nil {
		return "", failed
	}
	var uploaded struct{ Name, Subfolder string }
	if json.Unmarshal(got.body, &uploaded) != nil || uploaded.Name == "" {
		return "", &failure{text: errShape}
	}
	if uploaded.Subfolder != "" {
		return uploaded.Subfolder + "/" + uploaded.Name, nil
	}
	return uploaded.Name, nil
}

// output is a picture that a workflow made.
type output struct{ Filename, Subfolder, Type string }

// history is what the server says of a workflow that is done.
type history struct {
	Outputs map[string]struct{ Images []output }
	Status  struct {
		Said     string `json:"status_str"`
		Messages []json.RawMessage
	}
}

// awaited asks until a workflow is done, and returns its picture: that of the node OUTPUT, or the first.
func (d comfyUI) awaited(ctx context.Context, m *Model, id string) (output, *failure) {
	for server.Pause(ctx, m.config.Random, m.config.Pause) {
		got, failed := m.send(ctx, request{http.MethodGet, "/history/" + url.PathEscape(id), "", nil, "application/json"})
		if failed != nil {
			return output{}, failed
		}
		var known map[string]history
		if json.Unmarshal(got.body, &known) != nil {
			return output{}, &failure{text: errShape}
		}
		h, done := known[id]
		switch {
		case !done:
			continue
		case h.Status.Said == "error":
			return output{}, &failure{text: "the workflow failed: " + m.excerpt(lastOf(h.Status.Messages)), spoken: true}
		}
		nodes := slices.Sorted(maps.Keys(h.Outputs))
		if d.workflow.output != "" {
			nodes = []string{d.workflow.output}
		}
		for _, node := range nodes {
			if images := h.Outputs[node].Images; len(images) > 0 {
				return images[0], nil
			}
		}
		return output{}, &failure{text: "the workflow made no picture", spoken: true}
	}
	return output{}, &failure{text: "no answer: " + because(ctx, errors.New("no randomness")).Error()}
}

// lastOf is the last of some messages.
func lastOf(messages []json.RawMessage) []byte {
	if len(messages) == 0 {
		return nil
	}
	return messages[len(messages)-1]
}
