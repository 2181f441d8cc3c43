package client

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
)

// Params are the parameters of a Graph request. Strings are sent as they are, everything else as its JSON.
type Params map[string]any

// Get reads a node or an edge: Get(ctx, "act_1", Params{"fields": "name,currency"}).
func (c *Client) Get(ctx context.Context, path string, params Params) (Object, error) {
	address, err := c.addressWith(path, params)
	if err != nil {
		return nil, err
	}
	return c.object(ctx, request{method: http.MethodGet, url: address, repeatable: true})
}

// Post creates on an edge or updates a node. It is repeated only when the first attempt cannot have reached the server.
func (c *Client) Post(ctx context.Context, path string, params Params) (Object, error) {
	address, err := c.address(path)
	if err != nil {
		return nil, err
	}
	form, err := params.encode()
	if err != nil {
		return nil, err
	}
	return c.object(ctx, request{
		method: http.MethodPost, url: address, body: []byte(form.Encode()), contentType: "application/x-www-form-urlencoded",
	})
}

// Create posts to an edge and returns the new object's id.
func (c *Client) Create(ctx context.Context, path string, params Params) (string, error) {
	o, err := c.Post(ctx, path, params)
	if err != nil {
		return "", err
	}
	if o.ID() == "" {
		return "", fmt.Errorf("POST %s: the answer has no id", path)
	}
	return o.ID(), nil
}

// Delete deletes a node.
func (c *Client) Delete(ctx context.Context, path string, params Params) error {
	address, err := c.addressWith(path, params)
	if err != nil {
		return err
	}
	_, err = c.object(ctx, request{method: http.MethodDelete, url: address})
	return err
}

// List yields every object of an edge, page after page, following the server's `next`. After an error it ends.
func (c *Client) List(ctx context.Context, path string, params Params) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		page, err := c.Get(ctx, path, params)
		for {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, o := range page.List("data") {
				if !yield(o, nil) {
					return
				}
			}
			next := page.Object("paging").String("next")
			if next == "" {
				return
			}
			page, err = c.Get(ctx, next, nil)
		}
	}
}

// object sends a request and decodes the object that it answers.
func (c *Client) object(ctx context.Context, r request) (Object, error) {
	a, err := c.send(ctx, r)
	if err != nil {
		return nil, err
	}
	o := Object{}
	if err := decode(a.body, &o); err != nil {
		return nil, err
	}
	return o, nil
}

// addressWith is an address with parameters in its query.
func (c *Client) addressWith(path string, params Params) (string, error) {
	address, err := c.address(path)
	if err != nil || len(params) == 0 {
		return address, err
	}
	query, err := params.encode()
	if err != nil {
		return "", err
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + query.Encode(), nil
}

// encode writes the parameters as a form.
func (p Params) encode() (url.Values, error) {
	form := make(url.Values, len(p))
	for name, value := range p {
		if text, ok := value.(string); ok {
			form.Set(name, text)
			continue
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", name, err)
		}
		form.Set(name, string(encoded))
	}
	return form, nil
}
