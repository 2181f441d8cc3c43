package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"time"

	"github.com/marquetry/marquetry/client"
)

// slotNames are the kinds of assets, in the order of a simulated ad's slots.
func slotNames() []string { return []string{"image", "title", "body", "description", "call_to_action"} }

// placements are where the segments of a simulated ad see it.
func placements() []string {
	return []string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STANDARD", "INSTAGRAM_STORY", "FACEBOOK_REELS_MOBILE"}
}

// buttons are calls to action.
func buttons() []string {
	return []string{"SHOP_NOW", "LEARN_MORE", "SIGN_UP", "SUBSCRIBE", "CONTACT_US"}
}

// advertise makes an ad with as many assets as the world has, as any client of the Marketing API would.
func (v *visitors) advertise(ctx context.Context, policy string) (ad string, err error) {
	sizes := v.world.Space.Sizes
	if len(sizes) > len(slotNames()) || len(v.world.Segments) > len(placements()) || v.world.Legal != nil {
		return "", usageError(fmt.Sprintf("over HTTP a simulated ad has at most %d slots and %d segments, and all combinations", len(slotNames()), len(placements())))
	}
	s := &story{api: v.api, page: newPage(io.Discard)}
	if err := s.find(ctx, shop{}); err != nil {
		return "", err
	}
	feed, err := v.feed(ctx, s.account)
	if err != nil {
		return "", err
	}
	campaign, err := v.api.Create(ctx, s.account+"/campaigns", client.Params{
		"name": "Benchmark of learning", "objective": "OUTCOME_TRAFFIC", "special_ad_categories": []string{}, "status": "ACTIVE",
		"is_adset_budget_sharing_enabled": false,
	})
	if err != nil {
		return "", fmt.Errorf("campaign: %w", err)
	}
	cents, err := v.budget(ctx, s.account)
	if err != nil {
		return "", err
	}
	adset, err := v.api.Create(ctx, s.account+"/adsets", client.Params{
		"name": "Everybody", "campaign_id": campaign, "status": "ACTIVE", "is_dynamic_creative": true, "optimization_goal": "LINK_CLICKS",
		"billing_event": "IMPRESSIONS", "start_time": v.from.Unix(), "end_time": time.Now().Add(24 * time.Hour).Unix(), "lifetime_budget": cents,
		"targeting": map[string]any{
			"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0},
		},
	})
	if err != nil {
		return "", fmt.Errorf("ad set: %w", err)
	}
	creative, err := v.api.Create(ctx, s.account+"/adcreatives", client.Params{
		"name": "Benchmark of learning", "object_story_spec": map[string]string{"page_id": s.pageID}, "asset_feed_spec": feed,
	})
	if err != nil {
		return "", fmt.Errorf("creative: %w", err)
	}
	params := client.Params{
		"name": "Benchmark of learning", "adset_id": adset, "creative": map[string]string{"creative_id": creative}, "status": "ACTIVE",
	}
	if policy != "default" {
		params["marquetry_policy"] = policy
	}
	if ad, err = v.api.Create(ctx, s.account+"/ads", params); err != nil {
		return "", fmt.Errorf("ad: %w", err)
	}
	return ad, nil
}

// budget is a little more than the impressions cost, in hundredths of the account's currency: it tells the server how long the ad lives.
func (v *visitors) budget(ctx context.Context, account string) (int64, error) {
	const least, slack = 5000, 1.05
	got, err := v.api.Get(ctx, account, client.Params{"fields": "marquetry_cpm_micros"})
	if err != nil {
		return 0, fmt.Errorf("price: %w", err)
	}
	return max(least, int64(slack*float64(v.config.Impressions)*float64(got.Int("marquetry_cpm_micros"))/1000/10_000)), nil
}

// feed is an asset_feed_spec with as many assets as the world has; what is missing is there once.
func (v *visitors) feed(ctx context.Context, account string) (map[string]any, error) {
	sizes := []int{1, 1, 1, 1, 1}
	copy(sizes, v.world.Space.Sizes)
	if sizes[4] > len(buttons()) {
		return nil, usageError(fmt.Sprintf("over HTTP there are at most %d calls to action", len(buttons())))
	}
	var hashes []map[string]string
	for i := range sizes[0] {
		file, err := plain(i)
		if err != nil {
			return nil, err
		}
		uploaded, err := v.api.UploadImage(ctx, account, fmt.Sprintf("plain-%d.png", i), file)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, map[string]string{"hash": uploaded.Hash})
	}
	return map[string]any{
		"ad_formats": []string{"SINGLE_IMAGE"}, "images": hashes,
		"titles": numbered("Title", sizes[1]), "bodies": numbered("Text", sizes[2]), "descriptions": numbered("Description", sizes[3]),
		"call_to_action_types": buttons()[:sizes[4]],
		"link_urls":            []map[string]string{{"website_url": "https://shop.example/"}},
	}, nil
}

// numbered is so many different texts.
func numbered(name string, n int) []map[string]string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s number %d", name, i+1)
	}
	return texts(list)
}

// plain is a picture of one colour, another for each number.
func plain(number int) ([]byte, error) {
	picture := image.NewRGBA(image.Rect(0, 0, 600, 600))
	fill := color.RGBA{uint8(40 + 20*number), uint8(200 - 15*number), 120, 255}
	draw.Draw(picture, picture.Bounds(), image.NewUniform(fill), image.Point{}, draw.Src)
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return file.Bytes(), nil
}
