package videos

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// mostThumbnails is how many pictures one video may have.
const mostThumbnails = 20

// thumbnailsOf are a video's thumbnails as they are stored: id, hash, width, height, is_preferred.
func thumbnailsOf(o *store.Object) []map[string]any {
	var rows []map[string]any
	for _, row := range object.Listed(o.Data, "thumbnails") {
		if members, ok := row.(map[string]any); ok {
			rows = append(rows, members)
		}
	}
	return rows
}

// pictureURL is where a thumbnail's picture is served.
func pictureURL(call *graph.Call, row map[string]any) string {
	return call.Base.JoinPath("media", object.Text(row, "hash")).String()
}

// thumbnails lists the pictures that stand for a video.
func thumbnails(_ context.Context, call *graph.Call, _ store.Tx, sub *graph.Selection) (*graph.Rows, error) {
	rows := &graph.Rows{}
	for _, row := range thumbnailsOf(call.Node) {
		rows.Data = append(rows.Data, selected(sub, object.Ordered{
			{Name: "id", Value: row["id"]},
			{Name: "height", Value: row["height"]},
			{Name: "scale", Value: 1},
			{Name: "uri", Value: pictureURL(call, row)},
			{Name: "width", Value: row["width"]},
			{Name: "is_preferred", Value: row["is_preferred"]},
			{Name: "name", Value: ""},
		}))
	}
	rows.Total = len(rows.Data)
	return rows, nil
}

// selected cuts a row down to what was asked for; its id is always answered.
func selected(sub *graph.Selection, row object.Ordered) object.Ordered {
	if sub == nil {
		return row
	}
	return slices.DeleteFunc(row, func(m object.Member) bool {
		return m.Name != "id" && !slices.ContainsFunc(sub.Fields, func(s graph.Selected) bool { return s.Name == m.Name })
	})
}

// readyThumbnail checks an uploaded picture.
func (s *service) readyThumbnail(ctx context.Context, call *graph.Call, _ graph.Reader) (any, error) {
	part, ok := call.Params["source"].(*graph.File)
	if !ok {
		return nil, object.Broken("required", 0, "(#100) The parameter source is required, as a file part", "source")
	}
	return s.uploadedStill(ctx, "source", part.Data)
}

// addThumbnail answers POST on a video's thumbnails.
func addThumbnail(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	if n := len(thumbnailsOf(call.Node)); n >= mostThumbnails {
		f := object.Broken("video.thumbnails", 0, fmt.Sprintf("the video has %d thumbnails, at most %d are allowed", n, mostThumbnails), "source")
		f.Sent, f.Limit = n+1, mostThumbnails
		return nil, f
	}
	s, _ := call.Ready.(still)
	preferred := call.Args["is_preferred"] == true
	row, err := s.keep(ctx, tx, preferred)
	if err != nil {
		return nil, err
	}
	video := *call.Node
	video.Data = maps.Clone(video.Data)
	video.Data["thumbnails"] = append(slices.Clone(object.Listed(video.Data, "thumbnails")), row)
	if preferred {
		video.Data["thumbnails"] = preferring(&video, object.Text(row, "id"))
	}
	return object.Ordered{{Name: "success", Value: true}}, call.Save(ctx, tx, &video)
}

// preferring is a video's thumbnails with the one of that id preferred; nil when there is none.
func preferring(o *store.Object, id string) []any {
	var list []any
	found := false
	for _, row := range thumbnailsOf(o) {
		row = maps.Clone(row)
		row["is_preferred"] = row["id"] == id
		found = found || row["id"] == id
		list = append(list, row)
	}
	if !found {
		return nil
	}
	return list
}

// prefer makes one of the video's thumbnails the one that is shown.
func prefer(w *graph.Write, id string) {
	if w.Old != nil {
		if list := preferring(w.Old, id); list != nil {
			w.Data["thumbnails"] = list
			return
		}
	}
	w.Fault(object.Broken("video.thumbnail", 0, "there is no thumbnail "+id+" of this video", "preferred_thumbnail_id"))
}
