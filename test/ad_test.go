package test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// createAd makes a live dynamic-creative ad of 2 × 2 × 2 combinations in the instance's own account, as any client would.
func createAd(t *testing.T, c *client.Client) string {
	t.Helper()
	ctx := t.Context()
	account, page := first(t, c, "me/adaccounts"), first(t, c, "me/accounts")
	campaign := create(t, c, account+"/campaigns", client.Params{
		"name": "Test", "objective": "OUTCOME_TRAFFIC", "status": "ACTIVE", "special_ad_categories": []string{},
		"is_adset_budget_sharing_enabled": false,
	})
	adset := create(t, c, account+"/adsets", client.Params{
		"name": "Test", "campaign_id": campaign, "status": "ACTIVE", "is_dynamic_creative": true, "daily_budget": 100000,
		"billing_event": "IMPRESSIONS", "optimization_goal": "LINK_CLICKS",
		"targeting": map[string]any{
			"geo_locations":        map[string]any{"countries": []string{"US"}},
			"targeting_automation": map[string]any{"advantage_audience": 0},
		},
	})
	picture, err := c.UploadImage(ctx, account, "test.png", square(t))
	if err != nil {
		t.Fatal(err)
	}
	texts := func(list ...string) (out []map[string]string) {
		for _, s := range list {
			out = append(out, map[string]string{"text": s})
		}
		return out
	}
	return create(t, c, account+"/ads", client.Params{
		"name": "Test", "adset_id": adset, "status": "ACTIVE",
		"creative": map[string]any{
			"object_story_spec": map[string]any{"page_id": page},
			"asset_feed_spec": map[string]any{
				"images": []map[string]string{{"hash": picture.Hash}},
				"titles": texts("Made by hand", "New this week"), "bodies": texts("See the collection.", "Small runs, long life."),
				"call_to_action_types": []string{"SHOP_NOW", "LEARN_MORE"},
				"link_urls":            []map[string]string{{"website_url": "https://shop.example/"}},
				"ad_formats":           []string{"SINGLE_IMAGE"},
			},
		},
	})
}

// first is the id of the first object under a path.
func first(t *testing.T, c *client.Client, path string) string {
	t.Helper()
	got, err := c.Get(t.Context(), path, client.Params{"fields": "id"})
	if err != nil || len(got.List("data")) == 0 {
		t.Fatalf("GET %s: %v %v", path, got, err)
	}
	return got.List("data")[0].ID()
}

// create makes an object under a path.
func create(t *testing.T, c *client.Client, path string, params client.Params) string {
	t.Helper()
	id, err := c.Create(t.Context(), path, params)
	if err != nil {
		t.Fatalf("POST %s: %v", path, err)
	}
	return id
}

// square is a PNG of 600 by 600 pixels, the smallest that every placement takes.
func square(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 600, 600))
	for y := range 600 {
		for x := range 600 {
			img.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 3), 120, 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
