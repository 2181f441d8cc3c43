package world

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry/client"
)

// Traffic is people coming by a site that shows the ad of one ad set. What happens depends on the world, the server and the numbers here,
// not on Workers or on the clock.
type Traffic struct {
	World       *World
	Client      *client.Client // with a token that has the sandbox scope
	AdSetID     string
	PixelID     string
	Impressions int           // visits, each of which is shown one ad
	Warmup      int           // visits before the server first learns
	Batch       int           // fewest visits between two times that it learns
	Workers     int           // visits under way at once
	From        time.Time     // of the first visit, on the simulated clock
	Span        time.Duration // until the last
	Progress    func(Progress)
}

// Progress is how far the traffic has come.
type Progress struct {
	Done, Of          int // visits
	Clicks, Purchases int
}

// visitsPerPerson is how often a person comes by, on average.
const visitsPerPerson = 4

// refreshShare is the share of the visits so far after which the server learns again: the more it knows, the less a visit adds.
const refreshShare = 20 // one in

// Run sends everybody by, in batches, and has the server learn after each.
func (t *Traffic) Run(ctx context.Context) (*Outcome, error) {
	outcome := newOutcome(t.World, t.Impressions)
	for done := 0; done < t.Impressions; {
		end := min(done+t.batch(done), t.Impressions)
		if err := t.run(ctx, outcome, done, end); err != nil {
			return nil, err
		}
		if _, err := t.Client.Learn(ctx); err != nil {
			return nil, fmt.Errorf("learning: %w", err)
		}
		done = end
		if t.Progress != nil {
			p := Progress{Done: done, Of: t.Impressions}
			p.Clicks, p.Purchases = outcome.count(done)
			t.Progress(p)
		}
	}
	return outcome, nil
}

// batch is how many visits pass before the server learns next.
func (t *Traffic) batch(done int) int {
	if done == 0 {
		return max(1, t.Warmup)
	}
	return max(1, t.Batch, done/refreshShare)
}

// run sends visits from start up to end by, Workers at once, but nobody twice at once: the server knows who has seen the ad before.
func (t *Traffic) run(ctx context.Context, outcome *Outcome, start, end int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, t.Workers))
	left := map[string]chan struct{}{} // by person: closed when the latest visit is over
	for i := start; i < end && ctx.Err() == nil; i++ {
		v := t.World.Visit(i, max(1, t.Impressions/visitsPerPerson))
		before, over := left[v.Viewer.ID], make(chan struct{})
		left[v.Viewer.ID] = over
		group.Go(func() error {
			defer close(over)
			if before != nil {
				<-before
			}
			shown, err := t.visit(ctx, i, v)
			outcome.shown[i] = shown
			if err != nil {
				return fmt.Errorf("visit %d: %w", i, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// visit is one person being shown one ad, and what the person does about it.
func (t *Traffic) visit(ctx context.Context, index int, v Visit) (shown, error) {
	at := t.From.Add(time.Duration(float64(t.Span) * float64(index) / float64(t.Impressions)))
	ad, slots, err := t.decide(ctx, v, at)
	if err != nil {
		return shown{}, err
	}
	if err := t.Client.Impression(ctx, ad.ImpressionURL); err != nil {
		return shown{}, fmt.Errorf("impression: %w", err)
	}
	s := shown{segment: v.Segment, combination: t.World.number(slots)}
	s.clicked, s.bought, s.value = t.World.Reaction(v, slots)
	if !s.clicked {
		return s, nil
	}
	landing, err := t.Client.Click(ctx, ad.ClickURL)
	if err != nil {
		return shown{}, fmt.Errorf("click: %w", err)
	}
	if !s.bought {
		return s, nil
	}
	err = t.Client.Pixel(ctx, t.PixelID, "Purchase", url.Values{
		"cd[value]": {money(s.value)}, "cd[currency]": {"USD"}, "eid": {"order-" + strconv.Itoa(index)},
		"fbc": {fmt.Sprintf("fb.1.%d.%s", at.UnixMilli(), landing.Query().Get("fbclid"))},
	})
	if err != nil {
		return shown{}, fmt.Errorf("purchase: %w", err)
	}
	return s, nil
}

// decide asks for an ad and tells which asset it got in each slot of the world.
func (t *Traffic) decide(ctx context.Context, v Visit, at time.Time) (client.Decision, []int, error) {
	answer, err := t.Client.Decide(ctx, client.DecisionRequest{
		AdSetID: t.AdSetID, Placement: v.Placement, Viewer: v.Viewer, Time: at.UTC().Format(time.RFC3339Nano),
	})
	if err != nil {
		return client.Decision{}, nil, fmt.Errorf("decision: %w", err)
	}
	if len(answer.Decisions) == 0 {
		return client.Decision{}, nil, fmt.Errorf("no ad to show: %s", answer.Reason)
	}
	ad := answer.Decisions[0]
	slots := make([]int, len(t.World.slots))
	for i, slot := range t.World.slots {
		asset, ok := ad.Assets[slot.Name]
		if !ok || asset.Index < 0 || asset.Index >= slot.Size {
			return client.Decision{}, nil, fmt.Errorf("the ad's %s is not one of the world's %d", slot.Name, slot.Size)
		}
		slots[i] = asset.Index
	}
	return ad, slots, nil
}

// money writes minor units as whole units with decimals.
func money(minor int64) string { return fmt.Sprintf("%d.%02d", minor/100, minor%100) }
