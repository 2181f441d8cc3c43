package remote

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/marquetry/marquetry/internal/media"
)

// asked is what a fake server was asked for.
type asked struct {
	picture *image.NRGBA
	hidden  func(x, y int) bool
}

// fake is a server that speaks one protocol, checks every field, and then paints or misbehaves.
type fake struct {
	t      *testing.T
	asks   atomic.Int64                                             // for a picture
	before func(n int, w http.ResponseWriter, r *http.Request) bool // answers the n-th question instead, if it returns true
	paint  func(a asked) []byte
	plain  bool    // OpenAI's: refuses response_format
	files  uploads // ComfyUI's
	polls  int     // ComfyUI's: questions until it is done
	fails  bool    // ComfyUI's: the workflow fails
	made   []byte  // ComfyUI's

	mu    sync.Mutex
	texts []string // that were seen as prompts
}

// uploads are the files that were sent, by name; requests to ComfyUI's fake come one after the other.
type uploads map[string][]byte

// told keeps a prompt.
func (f *fake) told(prompt string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.texts = append(f.texts, prompt)
}

// is complains about a value that is not the one that is wanted.
func (f *fake) is(name string, got, want any) {
	if fmt.Sprint(got) != fmt.Sprint(want) {
		f.t.Errorf("%s is %v, want %v", name, got, want)
	}
}

// first counts a question, and reports whether it goes on after what comes before.
func (f *fake) first(w http.ResponseWriter, r *http.Request) bool {
	n := int(f.asks.Add(1))
	return f.before == nil || !f.before(n, w, r)
}

// opened decodes a PNG that was sent.
func (f *fake) opened(name string, data []byte) *image.NRGBA {
	img, info, err := media.Pixels(data)
	if err != nil || info.Format != "png" {
		f.t.Errorf("%s: %s, %v", name, info.Format, err)
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	}
	return img
}

// sizes complains about a mask of another size than its picture, and about a size that no model takes.
func (f *fake) sizes(picture, mask *image.NRGBA) {
	f.is("size of the mask", mask.Rect, picture.Rect)
	if picture.Rect.Dx()%multiple != 0 || picture.Rect.Dy()%multiple != 0 {
		f.t.Errorf("a picture of %v", picture.Rect.Size())
	}
}

// form reads the fields and files of a multipart body.
func (f *fake) form(r *http.Request) (map[string]string, map[string][]byte) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	f.is("content type", kind, "multipart/form-data")
	if err != nil || r.ParseMultipartForm(64<<20) != nil {
		f.t.Error("no form", err)
		return nil, nil
	}
	fields, files := map[string]string{}, map[string][]byte{}
	for name, values := range r.MultipartForm.Value {
		f.is("values of "+name, len(values), 1)
		fields[name] = values[0]
	}
	for name, heads := range r.MultipartForm.File {
		f.is("type of "+name, heads[0].Header.Get("Content-Type"), "image/png")
		file, err := heads[0].Open()
		if err == nil {
			files[name], err = io.ReadAll(file)
		}
		if err != nil {
			f.t.Error(err)
		}
	}
	return fields, files
}

// reply answers JSON.
func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// openAIServer speaks images/edits.
func openAIServer(f *fake) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.is("request", r.Method+" "+r.URL.Path, "POST /v1/images/edits")
		f.is("key", r.Header.Get("Authorization"), "Bearer "+key)
		fields, files := f.form(r)
		if _, told := fields["response_format"]; told && f.plain {
			reply(w, 400, map[string]any{"error": map[string]any{"message": "Unknown parameter: 'response_format'."}})
			return
		}
		if !f.first(w, r) {
			return
		}
		picture, mask := f.opened("image", files["image"]), f.opened("mask", files["mask"])
		f.sizes(picture, mask)
		f.is("size", fields["size"], fmt.Sprintf("%dx%d", picture.Rect.Dx(), picture.Rect.Dy()))
		want := map[string]string{"model": "test", "n": "1", "size": fields["size"], "prompt": fields["prompt"], "response_format": "b64_json"}
		if f.plain {
			delete(want, "response_format")
		}
		f.is("fields", fields, want)
		f.told(fields["prompt"])
		file := f.paint(asked{picture, func(x, y int) bool { return mask.NRGBAAt(x, y).A == 0 }})
		reply(w, 200, map[string]any{"created": 1, "data": []any{map[string]any{"b64_json": base64.StdEncoding.EncodeToString(file)}}})
	}
}

// a1111Server speaks as Automatic1111 does.
func a1111Server(f *fake) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.is("request", r.Method+" "+r.URL.Path, "POST /sdapi/v1/img2img")
		f.is("key", r.Header.Get("Authorization"), "Bearer "+key)
		f.is("content type", r.Header.Get("Content-Type"), "application/json")
		var body struct {
			Images       []string       `json:"init_images"`
			Mask, Prompt string         //
			Negative     string         `json:"negative_prompt"`
			Blur         int            `json:"mask_blur"`
			Fill         int            `json:"inpainting_fill"`
			FullRes      bool           `json:"inpaint_full_res"`
			Invert       int            `json:"inpainting_mask_invert"`
			Strength     float64        `json:"denoising_strength"`
			Steps        int            //
			Scale        float64        `json:"cfg_scale"`
			Seed         int64          //
			Width        int            //
			Height       int            //
			Batch        int            `json:"batch_size"`
			Iterations   int            `json:"n_iter"`
			Send         bool           `json:"send_images"`
			Save         bool           `json:"save_images"`
			Settings     map[string]any `json:"override_settings"`
		}
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&body); err != nil || len(body.Images) != 1 {
			f.t.Error("no request", err)
		}
		if !f.first(w, r) {
			return
		}
		data, _ := base64.StdEncoding.DecodeString(body.Images[0])
		grey, _ := base64.StdEncoding.DecodeString(body.Mask)
		picture, mask := f.opened("image", data), f.opened("mask", grey)
		f.sizes(picture, mask)
		f.is("size", image.Pt(body.Width, body.Height), picture.Rect.Size())
		f.is("settings", fmt.Sprint(body.Blur, body.Fill, body.FullRes, body.Invert, body.Strength, body.Steps, body.Scale, body.Batch, body.Iterations, body.Send, body.Save, body.Settings),
			"4 1 false 0 0.85 24 7 1 1 true false map[sd_model_checkpoint:test]")
		if body.Seed < 0 || body.Seed >= 1<<31 || !strings.Contains(body.Negative, "watermark") {
			f.t.Errorf("seed %d, negative prompt %q", body.Seed, body.Negative)
		}
		f.told(body.Prompt)
		file := f.paint(asked{picture, func(x, y int) bool { return mask.NRGBAAt(x, y).R == 255 }})
		reply(w, 200, map[string]any{"images": []string{"data:image/png;base64," + base64.StdEncoding.EncodeToString(file)}, "info": "{}"})
	}
}

// workflowFile is the smallest that has all that is looked for.
const workflowFile = `{"3":{"class_type":"KSampler","inputs":{"seed":1,"steps":20,"cfg":7.5},"_meta":{"title":"SEED"}},
	"5":{"class_type":"LoadImage","inputs":{"image":"a.png"},"_meta":{"title":"INPUT_IMAGE"}},
	"6":{"class_type":"LoadImageMask","inputs":{"image":"b.png","channel":"red"},"_meta":{"title":"INPUT_MASK"}},
	"7":{"class_type":"CLIPTextEncode","inputs":{"text":"","clip":["4",1]},"_meta":{"title":"PROMPT"}},
	"8":{"class_type":"PreviewImage","inputs":{},"_meta":{"title":"a preview"}},
	"9":{"class_type":"SaveImage","inputs":{"filename_prefix":"x"},"_meta":{"title":"OUTPUT"}}}`

// comfyUIServer speaks as ComfyUI does: uploads, a queue, a history, and pictures to be viewed.
func comfyUIServer(f *fake) http.HandlerFunc {
	f.files = uploads{}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /upload/image", func(w http.ResponseWriter, r *http.Request) {
		fields, files := f.form(r)
		f.is("fields", fields, map[string]string{"type": "input", "overwrite": "true"})
		name := r.MultipartForm.File["image"][0].Filename
		f.files[name] = files["image"]
		reply(w, 200, map[string]any{"name": name, "subfolder": "", "type": "input"})
	})
	mux.HandleFunc("POST /prompt", func(w http.ResponseWriter, r *http.Request) {
		if f.polls = 0; !f.first(w, r) {
			return
		}
		var body struct {
			Client string `json:"client_id"`
			Prompt map[string]struct {
				Class  string         `json:"class_type"`
				Inputs map[string]any `json:"inputs"`
			} `json:"prompt"`
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			f.t.Error("no workflow", err)
			return
		}
		f.is("nodes", len(body.Prompt), 6)
		f.is("settings", []any{body.Prompt["3"].Inputs["steps"], body.Prompt["3"].Inputs["cfg"], body.Prompt["6"].Inputs["channel"], body.Prompt["7"].Inputs["clip"]}, "[20 7.5 red [4 1]]")
		if seed, ok := body.Prompt["3"].Inputs["seed"].(float64); !ok || seed < 2 || seed >= 1<<31 {
			f.t.Errorf("seed %v", body.Prompt["3"].Inputs["seed"])
		}
		picture, mask := f.opened("image", f.files[fmt.Sprint(body.Prompt["5"].Inputs["image"])]), f.opened("mask", f.files[fmt.Sprint(body.Prompt["6"].Inputs["image"])])
		f.sizes(picture, mask)
		f.told(fmt.Sprint(body.Prompt["7"].Inputs["text"]))
		f.made = f.paint(asked{picture, func(x, y int) bool { return mask.NRGBAAt(x, y).R == 255 && mask.NRGBAAt(x, y).A == 0 }})
		reply(w, 200, map[string]any{"prompt_id": "p-1", "number": 1, "node_errors": map[string]any{}})
	})
	mux.HandleFunc("GET /history/p-1", func(w http.ResponseWriter, _ *http.Request) {
		f.polls++
		switch {
		case f.polls < 3:
			reply(w, 200, map[string]any{})
		case f.fails:
			reply(w, 200, map[string]any{"p-1": map[string]any{"outputs": map[string]any{}, "status": map[string]any{"status_str": "error",
				"messages": []any{[]any{"execution_start", map[string]any{}}, []any{"execution_error", map[string]any{"exception_message": "NSFW content"}}}}}})
		default:
			shown := func(name string) map[string]any {
				return map[string]any{"images": []any{map[string]any{"filename": name, "subfolder": "out put", "type": "output"}}}
			}
			reply(w, 200, map[string]any{"p-1": map[string]any{"outputs": map[string]any{"8": shown("preview.png"), "9": shown("x_1.png")}, "status": map[string]any{"status_str": "success"}}})
		}
	})
	mux.HandleFunc("GET /view", func(w http.ResponseWriter, r *http.Request) {
		f.is("view", r.URL.RawQuery, "filename=x_1.png&subfolder=out+put&type=output")
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(f.made)
	})
	mux.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) { f.t.Errorf("asked for %s %s", r.Method, r.URL) })
	return func(w http.ResponseWriter, r *http.Request) {
		f.is("key", r.Header.Get("Authorization"), "Bearer "+key)
		mux.ServeHTTP(w, r)
	}
}

// stabilityServer speaks outpaint and inpaint.
func stabilityServer(f *fake) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.is("key", r.Header.Get("Authorization"), "Bearer "+key)
		f.is("accept", r.Header.Get("Accept"), "image/*")
		fields, files := f.form(r)
		if !f.first(w, r) {
			return
		}
		number := func(name string) int {
			n, err := strconv.Atoi(fields[name])
			if err != nil || n < 0 {
				f.t.Errorf("%s is %q", name, fields[name])
			}
			return n
		}
		f.is("format", fields["output_format"], "png")
		if number("seed") >= 1<<31 {
			f.t.Errorf("seed %s", fields["seed"])
		}
		f.told(fields["prompt"])
		picture := f.opened("image", files["image"])
		a := asked{picture: picture}
		switch r.Method + " " + r.URL.Path {
		case "POST /v2beta/stable-image/edit/outpaint":
			f.is("creativity", fields["creativity"], "0.5")
			f.is("number of fields", len(fields)+len(files), 9)
			left, up := number("left"), number("up")
			kept := picture.Rect.Add(image.Pt(left, up))
			a.picture = image.NewNRGBA(image.Rect(0, 0, kept.Max.X+number("right"), kept.Max.Y+number("down")))
			for y := range a.picture.Rect.Dy() {
				for x := range a.picture.Rect.Dx() {
					a.picture.Set(x, y, picture.At(min(max(x-left, 0), picture.Rect.Dx()-1), min(max(y-up, 0), picture.Rect.Dy()-1)))
				}
			}
			a.hidden = func(x, y int) bool { return !image.Pt(x, y).In(kept) }
		case "POST /v2beta/stable-image/edit/inpaint":
			f.is("number of fields", len(fields)+len(files), 5)
			mask := f.opened("mask", files["mask"])
			f.sizes(picture, mask)
			a.hidden = func(x, y int) bool { return mask.NRGBAAt(x, y).R == 255 }
		default:
			f.t.Errorf("asked for %s %s", r.Method, r.URL)
		}
		w.Header().Set("Content-Type", "image/png")
		w.Header().Set("Finish-Reason", "SUCCESS")
		_, _ = w.Write(f.paint(a))
	}
}

// waves is what a model paints that does well: something else than the filling, with life in it, and all colours a little off.
func waves(a asked) *image.NRGBA {
	out := image.NewNRGBA(a.picture.Rect)
	draw.Draw(out, out.Rect, a.picture, image.Point{}, draw.Src)
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			add := 6
			if a.hidden(x, y) {
				add += (x+2*y)%40 - 20
			}
			for p, i := out.Pix[out.PixOffset(x, y):], 0; i < 3; i++ {
				p[i] = byte(min(max(int(p[i])+add, 0), 255))
			}
		}
	}
	return out
}

// pngOf is the file of a picture.
func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
