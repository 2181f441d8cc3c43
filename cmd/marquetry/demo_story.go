package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/world"
)

// Sizes of the demonstration.
const (
	maxImpressions = 1_000_000
	warmupShare    = 12   // the server first learns after one visit in so many, to start from more than luck
	batch          = 500  // fewest impressions between two learnings
	workers        = 32   // visits under way at once
	shortestDays   = 8    // of simulated time: reports give no verdict before seven
	perDay         = 8000 // most impressions in a simulated day: 40.00 of the daily budget at the usual price
	budget         = 5000 // minor units a day
)

// story is one run of the demonstration: what it works with, and what it has made so far.
type story struct {
	api         *client.Client
	base, token string
	fresh       bool // the instance was made for this run, which may name its account and Page
	seed        uint64
	impressions int
	now         time.Time // when the simulated time ends
	page        page
	bar         bar

	account, pageID, pixel        string
	campaign, adset, creative, ad string
	combinations                  int
	files                         map[string]string // names of the uploaded pictures by hash
}

// play goes through the steps and returns what they came to.
func (s *story) play(ctx context.Context) (*result, error) {
	shop := larder()
	people, err := world.New(s.seed, shop.slots(), shop.pair())
	if err != nil {
		return nil, err
	}
	from, span := period(s.now, s.impressions)
	began := time.Now()
	s.page.title("Marquetry: an ad is made, shown to simulated people, learnt from and reported (seed %d)", s.seed)
	if err := s.advertise(ctx, shop, from); err != nil {
		return nil, err
	}
	outcome, err := s.deliver(ctx, people, from, span)
	if err != nil {
		return nil, err
	}
	r, err := s.report(ctx, shop, people, outcome)
	if err != nil {
		return nil, err
	}
	r.Seconds = time.Since(began).Seconds()
	s.print(r)
	return r, nil
}

// period is the simulated time: whole days of the account, which is in UTC, up to the last midnight, enough of them for the budget. The learner tells
// days apart, so that a story that began at another hour would be another.
func period(now time.Time, impressions int) (from time.Time, span time.Duration) {
	span = time.Duration(simulatedDays(impressions)) * 24 * time.Hour
	return now.UTC().Truncate(24 * time.Hour).Add(-span), span
}

// simulatedDays is how many days so many impressions take.
func simulatedDays(impressions int) int { return max(shortestDays, (impressions+perDay-1)/perDay) }

// advertise makes the ad, as any client of the Marketing API would.
func (s *story) advertise(ctx context.Context, shop shop, from time.Time) error {
	s.page.step(1, "%s makes an ad, through the Marketing API at %s", shop.name, s.base)
	if err := s.find(ctx, shop); err != nil {
		return err
	}
	var err error
	s.campaign, err = s.api.Create(ctx, s.account+"/campaigns", client.Params{
		"name": shop.name + ", kitchen", "objective": "OUTCOME_SALES", "special_ad_categories": []string{}, "status": "PAUSED",
		"is_adset_budget_sharing_enabled": false,
	})
	if err != nil {
		return fmt.Errorf("campaign: %w", err)
	}
	s.page.row("campaign", s.campaign, "OUTCOME_SALES")
	s.adset, err = s.api.Create(ctx, s.account+"/adsets", client.Params{
		"name": "Everybody", "campaign_id": s.campaign, "status": "ACTIVE", "is_dynamic_creative": true,
		"optimization_goal": "OFFSITE_CONVERSIONS", "billing_event": "IMPRESSIONS", "daily_budget": budget,
		"promoted_object": map[string]string{"pixel_id": s.pixel, "custom_event_type": "PURCHASE"},
		"start_time":      from.Unix(),
		"targeting": map[string]any{
			"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0},
		},
	})
	if err != nil {
		return fmt.Errorf("ad set: %w", err)
	}
	s.page.row("ad set", s.adset, "dynamic creative, for purchases, 50.00 USD a day")
	if err := s.create(ctx, shop); err != nil {
		return err
	}
	if _, err := s.api.Post(ctx, s.campaign, client.Params{"status": "ACTIVE"}); err != nil {
		return fmt.Errorf("activating: %w", err)
	}
	return nil
}

// find looks up the account, Page and pixel that the instance has, and gives new ones the shop's name.
func (s *story) find(ctx context.Context, shop shop) error {
	for _, edge := range []struct {
		path func() string
		into *string
	}{
		{func() string { return "me/adaccounts" }, &s.account},
		{func() string { return "me/accounts" }, &s.pageID},
		{func() string { return s.account + "/adspixels" }, &s.pixel},
	} {
		page, err := s.api.Get(ctx, edge.path(), client.Params{"fields": "id"})
		if err != nil {
			return fmt.Errorf("%s: %w", edge.path(), err)
		}
		list := page.List("data")
		if len(list) == 0 {
			return fmt.Errorf("%s: the instance has none", edge.path())
		}
		*edge.into = list[0].ID()
	}
	if !s.fresh {
		return nil
	}
	for _, id := range []string{s.account, s.pageID} {
		if _, err := s.api.Post(ctx, id, client.Params{"name": shop.name}); err != nil {
			return fmt.Errorf("naming %s: %w", id, err)
		}
	}
	return nil
}

// create uploads the pictures and makes the creative and its ad.
func (s *story) create(ctx context.Context, shop shop) error {
	images := make([]client.Image, len(shop.images))
	s.files = map[string]string{}
	for i, name := range shop.images {
		file, err := photo(name)
		if err != nil {
			return err
		}
		if images[i], err = s.api.UploadImage(ctx, s.account, name, file); err != nil {
			return err
		}
		s.files[images[i].Hash] = name
	}
	s.page.row("images", fmt.Sprint(len(images)), strings.Join(shop.images, ", "))
	var err error
	s.creative, err = s.api.Create(ctx, s.account+"/adcreatives", client.Params{
		"name": shop.name, "object_story_spec": map[string]string{"page_id": s.pageID}, "asset_feed_spec": shop.feed(images),
	})
	if err != nil {
		return fmt.Errorf("creative: %w", err)
	}
	s.page.row("creative", s.creative, fmt.Sprintf("%d images × %d titles × %d bodies × %d descriptions × %d buttons",
		len(shop.images), len(shop.titles), len(shop.bodies), len(shop.descriptions), len(shop.buttons)))
	s.ad, err = s.api.Create(ctx, s.account+"/ads", client.Params{
		"name": shop.name, "adset_id": s.adset, "creative": map[string]string{"creative_id": s.creative}, "status": "ACTIVE",
	})
	if err != nil {
		return fmt.Errorf("ad: %w", err)
	}
	list, err := s.api.Get(ctx, s.ad+"/combinations", client.Params{"limit": 1, "summary": true})
	if err != nil {
		return fmt.Errorf("combinations: %w", err)
	}
	s.combinations = int(list.Object("summary").Int("total_count"))
	s.page.row("ad", s.ad, fmt.Sprintf("so %d combinations, each a different ad", s.combinations))
	return nil
}

// deliver sends simulated people by.
func (s *story) deliver(ctx context.Context, people *world.World, from time.Time, span time.Duration) (*world.Outcome, error) {
	s.page.step(2, "%s visits of simulated people", group(s.impressions))
	s.page.note("What these people like is known here, and not to the server. Purchases per impression, in truth:")
	s.page.gap()
	s.page.block(people.Truth().String())
	s.page.gap()
	s.page.note("best: the one of the %d combinations that these people buy from most; the share who click on it,", s.combinations)
	s.page.note("times the share of those who then buy. all evenly: every combination shown equally often.")
	s.page.note("pair: %s works with %q, and only with it.", larder().asset(0, 0), larder().asset(1, 0))
	s.page.gap()
	traffic := &world.Traffic{
		World: people, Client: s.api, AdSetID: s.adset, PixelID: s.pixel, Impressions: s.impressions, Warmup: s.impressions / warmupShare, Batch: batch,
		Workers: workers, From: from, Span: span, Progress: s.bar.show,
	}
	outcome, err := traffic.Run(ctx)
	s.bar.clear()
	return outcome, err
}
