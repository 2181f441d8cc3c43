package videos

import (
	"context"
	"fmt"
	"html"
	"time"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// codeFormat is the platform's code in a status for a file of a format that it does not take.
const codeFormat = 1363024

// Phases of a video as its status names them.
const (
	notStarted = "not_started"
	inProgress = "in_progress"
	finished   = "complete"
)

// progress is how far the processing of a complete upload seems to be, in percent.
func progress(call *graph.Call, o *store.Object) int64 {
	passed := call.Now - object.Whole(o.Data, "uploaded")
	if passed >= call.Latency {
		return 100
	}
	return max(0, passed*100/call.Latency)
}

// ready reports whether a video can be shown.
func ready(call *graph.Call, o *store.Object) bool {
	return !unfinished(o) && object.Text(o.Data, "problem") == "" && progress(call, o) == 100
}

// status reads how far a video is.
func status(call *graph.Call, o *store.Object) any {
	phases := func(video string, percent int64, uploading, processing, publishing object.Ordered) any {
		return object.Ordered{{Name: "video_status", Value: video}, {Name: "processing_progress", Value: percent},
			{Name: "uploading_phase", Value: uploading}, {Name: "processing_phase", Value: processing}, {Name: "publishing_phase", Value: publishing}}
	}
	phase := func(status string, more ...object.Member) object.Ordered {
		return append(object.Ordered{{Name: "status", Value: status}}, more...)
	}
	if unfinished(o) {
		received := object.Member{Name: "bytes_transferred", Value: object.Whole(o.Data, "received")}
		return phases("processing", 0, phase(inProgress, received), phase(notStarted), phase(notStarted))
	}
	percent := progress(call, o)
	problem := object.Text(o.Data, "problem")
	switch {
	case percent < 100:
		return phases("processing", percent, phase(finished), phase(inProgress), phase(notStarted))
	case problem != "":
		errors := object.Member{Name: "errors", Value: []any{object.Ordered{{Name: "code", Value: codeFormat}, {Name: "message", Value: problem}}}}
		return phases("error", percent, phase(finished), phase("error", errors), phase(notStarted))
	}
	at := time.Unix(object.Whole(o.Data, "uploaded")+call.Latency, 0).UTC().Format("2006-01-02T15:04:05-0700")
	return phases("ready", percent, phase(finished), phase(finished),
		phase(finished, object.Member{Name: "publish_status", Value: "published"}, object.Member{Name: "publish_time", Value: at}))
}

// published reads whether ads can show a video.
func published(call *graph.Call, o *store.Object) any { return ready(call, o) }

// source reads the address of a video's file; there is none before it is ready.
func source(call *graph.Call, o *store.Object) any {
	if !ready(call, o) {
		return nil
	}
	return call.Base.JoinPath(servedUnder, object.Text(o.Data, "hash")).String()
}

// embed reads an iframe that shows the file.
func embed(call *graph.Call, o *store.Object) any {
	address, ok := source(call, o).(string)
	if !ok {
		return nil
	}
	return fmt.Sprintf(`<iframe src="%s" width="%d" height="%d" frameborder="0"></iframe>`, html.EscapeString(address), object.Whole(o.Data, "width"), object.Whole(o.Data, "height"))
}

// picture reads the address of the preferred thumbnail.
func picture(call *graph.Call, o *store.Object) any {
	for _, row := range thumbnailsOf(o) {
		if row["is_preferred"] == true {
			return pictureURL(call, row)
		}
	}
	return nil
}

// format reads the sizes in which a video is served.
func format(call *graph.Call, o *store.Object) any {
	if !ready(call, o) {
		return nil
	}
	return []any{object.Ordered{{Name: "filter", Value: "native"}, {Name: "width", Value: object.Whole(o.Data, "width")}, {Name: "height", Value: object.Whole(o.Data, "height")},
		{Name: "picture", Value: picture(call, o)}, {Name: "embed_html", Value: embed(call, o)}}}
}

// from reads the account as who the video is from.
func from(ctx context.Context, _ *graph.Call, tx store.Tx, objs []*store.Object, _ *graph.Selection) ([]any, error) {
	ids := make([]string, len(objs))
	for i, o := range objs {
		ids[i] = "act_" + o.AccountID
	}
	accounts, err := tx.Objects(ctx, ids)
	values := make([]any, len(objs))
	for i, id := range ids {
		values[i] = object.Ordered{{Name: "name", Value: accounts[id].Text("name")}, {Name: "id", Value: objs[i].AccountID}}
	}
	return values, err
}

// chosen is the filter of an account's list of videos: bounds of size, length and shape, and the title.
func chosen(call *graph.Call) (func(*store.Object) bool, error) {
	if call.Args == nil {
		return nil, nil
	}
	bounds := map[string]func(*store.Object) float64{
		"width":  func(o *store.Object) float64 { return number(o.Data["width"]) },
		"height": func(o *store.Object) float64 { return number(o.Data["height"]) },
		"length": func(o *store.Object) float64 { return number(o.Data["length"]) },
		"_aspect_ratio": func(o *store.Object) float64 {
			return number(o.Data["width"]) / max(1, number(o.Data["height"]))
		},
	}
	var conditions []func(*store.Object) bool
	for name, value := range bounds {
		if least, sent := call.Args["min"+name]; sent {
			conditions = append(conditions, func(o *store.Object) bool { return value(o) >= number(least) })
		}
		if most, sent := call.Args["max"+name]; sent {
			conditions = append(conditions, func(o *store.Object) bool { return value(o) <= number(most) })
		}
	}
	if title, sent := call.Args["title"].(string); sent {
		conditions = append(conditions, func(o *store.Object) bool { return object.Text(o.Data, "title") == title })
	}
	if conditions == nil {
		return nil, nil
	}
	return func(o *store.Object) bool {
		for _, holds := range conditions {
			if !holds(o) {
				return false
			}
		}
		return true
	}, nil
}

// number reads a stored number; one without a fraction comes back as a whole one.
func number(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}
