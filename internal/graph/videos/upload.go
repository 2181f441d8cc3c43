package videos

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// maxFetched is the most bytes of a video from an address, which is held in memory: as much as a request may bring.
const maxFetched = 64 << 20

// Codes of the platform for videos.
const (
	codeFetch = 389 // the video cannot be fetched from its address
	codeSmall = 382 // the file is too small to be a video
)

// phase is the step of an upload in chunks; "" is a whole upload.
func phase(call *graph.Call) string { return strings.ToLower(object.Text(call.Params, "upload_phase")) }

// titleOf is the title of a video that is being uploaded.
func titleOf(params graph.Params) string {
	return cmp.Or(object.Text(params, "title"), object.Text(params, "name"))
}

// readyUpload gets hold of a video and looks at it, before the upload's turn to write comes.
func (s *service) readyUpload(ctx context.Context, call *graph.Call, read graph.Reader) (any, error) {
	step := phase(call)
	if step != "" && step != "finish" {
		return nil, nil
	}
	var picture *still
	if thumb, ok := call.Params["thumb"].(*graph.File); ok {
		s, err := s.uploadedStill(ctx, "thumb", thumb.Data)
		if err != nil {
			return nil, err
		}
		picture = &s
	}
	if step == "" {
		data, name, err := s.sent(ctx, call)
		if err != nil {
			return nil, err
		}
		return newFile(data, cmp.Or(titleOf(call.Params), name), picture)
	}
	var f *file
	err := read(ctx, func(tx store.Tx) (err error) {
		f, err = assemble(ctx, call, tx, picture)
		return err
	})
	return f, err
}

// sent is a whole video with its file's name: a file part under any name, what lies at an address, or a slideshow.
func (s *service) sent(ctx context.Context, call *graph.Call) ([]byte, string, error) {
	for _, name := range slices.Sorted(maps.Keys(call.Params)) {
		if part, ok := call.Params[name].(*graph.File); ok && name != "thumb" {
			if len(part.Data) == 0 {
				f := object.Broken("video.empty", 0, "the file "+part.Name+" is empty", name)
				f.Code = codeSmall
				return nil, "", f
			}
			return part.Data, part.Name, nil
		}
	}
	if address := object.Text(call.Params, "file_url"); address != "" {
		got, err := s.Fetch.Get(ctx, address, fetch.Want{Field: "file_url", MaxBytes: maxFetched, Code: codeFetch})
		return got.Data, got.Name, err
	}
	if call.Params["slideshow_spec"] != nil {
		data, err := s.slideshow(ctx, call)
		return data, "Slideshow", err
	}
	return nil, "", object.Broken("video.required", 0, "no video was sent: send the file part source, file_url, slideshow_spec, or upload_phase", "source")
}

// upload answers POST on the account's videos.
func upload(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	switch phase(call) {
	case "start":
		return start(ctx, call, tx)
	case "transfer":
		return transfer(ctx, call, tx)
	case "finish":
		return finish(ctx, call, tx)
	case "cancel":
		return cancel(ctx, call, tx)
	}
	w, err := call.Create(ctx, tx, "advideo", described(call.Params))
	if err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "id", Value: w.Row.ID}}, nil
}

// described are the parameters of an upload that say something of the video.
func described(params graph.Params) graph.Params {
	said := graph.Params{}
	for _, name := range []string{"title", "name", "description", "content_category", "embeddable", "spherical"} {
		if params[name] != nil {
			said[name] = params[name]
		}
	}
	return said
}

// complete is the hook of every video: it takes the file that an upload made ready, and keeps the rules of changes.
func complete(ctx context.Context, w *graph.Write) error {
	if w.Old != nil && unfinished(w.Old) && w.Ready == nil {
		w.Fault(object.Broken("video.uploading", 0, "the video is still being uploaded"))
		return nil
	}
	if name, sent := w.Sent["name"]; sent && w.Sent["title"] == nil {
		w.Data["title"] = name
	}
	if id := object.Text(w.Sent, "preferred_thumbnail_id"); id != "" {
		prefer(w, id)
	}
	if f, ok := w.Ready.(*file); ok && len(w.Faults) == 0 {
		return f.place(ctx, w)
	}
	return nil
}

// remove answers DELETE on the account's videos.
func remove(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	id := object.Text(call.Args, "video_id")
	if id == "" {
		return nil, object.Broken("video.id", 0, "(#100) The parameter video_id is required", "video_id")
	}
	found, err := tx.Objects(ctx, []string{id})
	if err != nil {
		return nil, err
	}
	video := found[id]
	if video == nil || video.Type != "advideo" || video.AccountID != call.Account.AccountID {
		return nil, object.Broken("video.id", 0, "there is no video "+id+" in this ad account", "video_id")
	}
	if err := abandon(ctx, call, tx, video); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, tx.Delete(ctx, id)
}

// abandon refuses to delete what a creative shows, and forgets the chunks of a video that was never finished. A finished file stays: another
// video may have the same content.
func abandon(ctx context.Context, _ *graph.Call, tx store.Tx, o *store.Object) error {
	n, err := tx.Count(ctx, store.Listing{Type: "adcreative", Field: "video_ids", To: o.ID})
	if err != nil {
		return err
	}
	if n > 0 {
		return object.Broken("video.used", 0, "the video is shown by "+strconv.Itoa(n)+" creatives; delete them first", "video_id")
	}
	if !unfinished(o) {
		return nil
	}
	return dropPieces(ctx, tx, piecesOf(o))
}
