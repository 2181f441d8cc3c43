package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// call is what a test server saw of one request.
type call struct {
	Method, Path string
	Form         url.Values // query and body
}

func TestGraphRequests(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		send func(c *client.Client) error
		want call
	}{
		"get": {
			send: func(c *client.Client) error {
				_, err := c.Get(t.Context(), "/v25.0/1", client.Params{"fields": "id,name"})
				return err
			},
			want: call{"GET", "/v25.0/1", url.Values{"fields": {"id,name"}}},
		},
		"get with a query in the path": {
			send: func(c *client.Client) error {
				_, err := c.Get(t.Context(), "1/ads?limit=2", client.Params{"fields": "id"})
				return err
			},
			want: call{"GET", "/1/ads", url.Values{"fields": {"id"}, "limit": {"2"}}},
		},
		"create": {
			send: func(c *client.Client) error {
				_, err := c.Create(t.Context(), "act_1/adsets", client.Params{
					"name": "Tea & toast", "daily_budget": 5000, "is_dynamic_creative": true,
					"promoted_object": map[string]any{"pixel_id": "9"},
				})
				return err
			},
			want: call{"POST", "/act_1/adsets", url.Values{
				"name": {"Tea & toast"}, "daily_budget": {"5000"}, "is_dynamic_creative": {"true"},
				"promoted_object": {`{"pixel_id":"9"}`},
			}},
		},
		"delete": {
			send: func(c *client.Client) error { return c.Delete(t.Context(), "7", nil) },
			want: call{"DELETE", "/7", url.Values{}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got call
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if err := r.ParseForm(); err != nil {
					t.Error(err)
				}
				got = call{r.Method, r.URL.Path, r.Form}
				fmt.Fprint(w, `{"id":"1","success":true}`)
			})
			if err := test.send(c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestListFollowsNextAndStopsEarly(t *testing.T) {
	t.Parallel()
	requests := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		page := r.URL.Query().Get("after")
		next := map[string]string{"": "b", "b": "c"}[page]
		answer := map[string]any{"data": []any{map[string]any{"id": "1" + page}, map[string]any{"id": "2" + page}}}
		if next != "" {
			answer["paging"] = map[string]any{"next": "http://" + r.Host + "/act_1/ads?after=" + next}
		}
		if err := json.NewEncoder(w).Encode(answer); err != nil {
			t.Error(err)
		}
	})
	var ids []string
	for o, err := range c.List(t.Context(), "act_1/ads", client.Params{"limit": 2}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, o.ID())
	}
	if diff := cmp.Diff([]string{"1", "2", "1b", "2b", "1c", "2c"}, ids); diff != "" {
		t.Error(diff)
	}
	requests = 0
	for _, err := range c.List(t.Context(), "act_1/ads", nil) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if requests != 1 {
		t.Errorf("%d requests for the first object", requests)
	}
}

func TestListYieldsTheErrorAndEnds(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) })
	yields := 0
	for o, err := range c.List(t.Context(), "act_1/ads", nil) {
		yields++
		if err == nil || o != nil {
			t.Errorf("got %v and error %v", o, err)
		}
	}
	if yields != 1 {
		t.Errorf("%d yields", yields)
	}
}

func TestCreateWantsAnID(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"success":true}`) })
	if id, err := c.Create(t.Context(), "act_1/ads", nil); err == nil {
		t.Errorf("id %q without an error", id)
	}
}

func TestUploadImage(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, header, err := r.FormFile("mug.jpg")
		if err != nil || header.Filename != "mug.jpg" || header.Size != 3 || r.URL.Path != "/act_1/adimages" {
			t.Errorf("%s: %v %v", r.URL.Path, header, err)
		}
		fmt.Fprint(w, `{"images":{"mug.jpg":{"hash":"abc","url":"http://x/media/abc"}}}`)
	})
	got, err := c.UploadImage(t.Context(), "act_1", "mug.jpg", []byte("jpg"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(client.Image{Name: "mug.jpg", Hash: "abc", URL: "http://x/media/abc"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUploadImageWantsOneImage(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"images":{"a":{},"b":{}}}`, `{"images":{"a":{}}}`, `[]`} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
		if _, err := c.UploadImage(t.Context(), "act_1", "a", nil); err == nil {
			t.Errorf("%s gave no error", body)
		}
	}
}
