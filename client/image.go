package client

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
)

// Image is an uploaded picture of an ad account.
type Image struct {
	Name string `json:"-"`
	Hash string `json:"hash"` // names the picture in creatives; the same bytes have the same hash
	URL  string `json:"url"`
}

// UploadImage adds one picture (its file's bytes) to an ad account, given as act_1. Uploading the same bytes again changes nothing.
func (c *Client) UploadImage(ctx context.Context, account, name string, file []byte) (Image, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(name, name)
	if err == nil {
		_, err = part.Write(file)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return Image{}, fmt.Errorf("image %s: %w", name, err)
	}
	address, err := c.address(account + "/adimages")
	if err != nil {
		return Image{}, err
	}
	a, err := c.send(ctx, request{
		method: http.MethodPost, url: address, body: body.Bytes(), contentType: form.FormDataContentType(), repeatable: true,
	})
	if err != nil {
		return Image{}, fmt.Errorf("image %s: %w", name, err)
	}
	return uploaded(name, a.body)
}

// uploaded finds the one image in an answer such as {"images":{"mug.jpg":{"hash":"…","url":"…"}}}.
func uploaded(name string, body []byte) (Image, error) {
	var answer struct {
		Images map[string]Image `json:"images"`
	}
	if err := decode(body, &answer); err != nil {
		return Image{}, err
	}
	keys := make([]string, 0, len(answer.Images))
	for key := range answer.Images {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	if len(keys) != 1 || answer.Images[keys[0]].Hash == "" {
		return Image{}, fmt.Errorf("image %s: the answer names %d images: %q", name, len(keys), keys)
	}
	image := answer.Images[keys[0]]
	image.Name = name
	return image, nil
}
