package pages

import (
	"context"
	"maps"
	"slices"

	"github.com/marquetry/marquetry/internal/fetch"
	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store"
)

// picture is an uploaded picture that needs only to be written.
type picture struct {
	hash string
	media.Picture
}

// readyPicture gets hold of a picture and checks it: a file part under any name, or what lies at the address in a parameter.
func (s *service) readyPicture(param string) graph.Preparation {
	return func(ctx context.Context, call *graph.Call, _ graph.Reader) (any, error) {
		data, from, err := s.sent(ctx, call, param)
		if err != nil {
			return nil, err
		}
		giveBack, err := s.Memory.Decoding(ctx, data)
		if err != nil {
			return nil, unusable(from, err)
		}
		defer giveBack()
		p, err := media.Prepare(data)
		if err != nil {
			return nil, unusable(from, err)
		}
		p.Image = nil // the pixels take far more memory than the file
		return picture{media.Hash(data), p}, nil
	}
}

// sent is the picture of a request, and the parameter that it came in.
func (s *service) sent(ctx context.Context, call *graph.Call, param string) ([]byte, string, error) {
	for _, name := range slices.Sorted(maps.Keys(call.Params)) {
		if part, ok := call.Params[name].(*graph.File); ok {
			return part.Data, name, nil
		}
	}
	address := object.Text(call.Params, param)
	if address == "" {
		return nil, "", object.Broken("picture.required", 324, "no picture was sent: send the file part source, or "+param, param)
	}
	got, err := s.Fetch.Get(ctx, address, fetch.Want{Field: param, MaxBytes: media.MaxBytes, Types: []string{"image/"}})
	return got.Data, param, err
}

// unusable says what is wrong with a picture.
func unusable(param string, err error) error {
	if reason := media.Reason(err); reason != "" {
		return object.Broken("picture.file", 2446496, reason, param)
	}
	return err
}

// keep writes the picture and puts what is known of it into an object's data, its names beginning with a prefix.
func (p picture) keep(ctx context.Context, tx store.Tx, data map[string]any, prefix string) error {
	data[prefix+"hash"], data[prefix+"width"], data[prefix+"height"] = p.hash, int64(p.Width), int64(p.Height)
	return tx.PutBlob(ctx, p.hash, p.Type, p.Data)
}

// setPicture answers POST on a Page's picture.
func setPicture(ctx context.Context, call *graph.Call, tx store.Tx) (any, error) {
	p, _ := call.Ready.(picture)
	page := *call.Node
	page.Data = maps.Clone(page.Data)
	if err := p.keep(ctx, tx, page.Data, "picture_"); err != nil {
		return nil, err
	}
	return object.Ordered{{Name: "success", Value: true}}, call.Save(ctx, tx, &page)
}

// shown is a Page's picture as the platform describes it.
type shown struct {
	Height       int64  `json:"height"`
	IsSilhouette bool   `json:"is_silhouette"`
	URL          string `json:"url"`
	Width        int64  `json:"width"`
}

// described is a picture with the envelope that the platform puts around it.
type described struct {
	Data shown `json:"data"`
}

// describe finds a Page's picture. One without is shown as a card with its name.
func describe(call *graph.Call, page *store.Object) described {
	if hash := object.Text(page.Data, "picture_hash"); hash != "" {
		return described{shown{object.Whole(page.Data, "picture_height"), false, mediaURL(call, hash), object.Whole(page.Data, "picture_width")}}
	}
	return described{shown{cardSide, true, call.Base.JoinPath(servedUnder, page.ID).String(), cardSide}}
}

// pictureField reads a Page's picture as a field.
func pictureField(call *graph.Call, page *store.Object) any { return describe(call, page) }

// pagePicture answers GET on a Page's picture: the way to it, or what it is.
func pagePicture(_ context.Context, call *graph.Call, _ store.Tx) (any, error) {
	d := describe(call, call.Node)
	if call.Args["redirect"] == false {
		return d, nil
	}
	return graph.Redirect(d.Data.URL), nil
}
