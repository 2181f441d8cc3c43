package client_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/url"

	"github.com/marquetry/marquetry/client"
)

// A campaign and the ads of an account.
func Example() {
	ctx := context.Background()
	c, err := client.New("http://127.0.0.1:8080", "mq_…")
	if err != nil {
		log.Fatal(err)
	}
	campaign, err := c.Create(ctx, "act_120200000000000001/campaigns", client.Params{
		"name": "Spring", "objective": "OUTCOME_SALES", "special_ad_categories": []string{}, "status": "PAUSED",
	})
	if err != nil {
		log.Fatal(err)
	}
	for ad, err := range c.List(ctx, campaign+"/ads", client.Params{"fields": "name,effective_status"}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(ad.ID(), ad.String("name"), ad.String("effective_status"))
	}
}

// A page asks for an ad, shows it, and a visitor clicks and buys.
func ExampleClient_Decide() {
	ctx := context.Background()
	c, err := client.New("http://127.0.0.1:8080", "mq_…")
	if err != nil {
		log.Fatal(err)
	}
	got, err := c.Decide(ctx, client.DecisionRequest{
		AdSetID: "120200000000000006", Placement: "MOBILE_FEED_STANDARD",
		Viewer: client.Viewer{ID: "visitor-17", Age: "25-34", Device: "mobile"},
	})
	if err != nil || len(got.Decisions) == 0 {
		log.Fatal(err, got.Reason)
	}
	ad := got.Decisions[0]
	if err := c.Impression(ctx, ad.ImpressionURL); err != nil {
		log.Fatal(err)
	}
	landing, err := c.Click(ctx, ad.ClickURL)
	if err != nil {
		log.Fatal(err)
	}
	err = c.Pixel(ctx, "120200000000000003", "Purchase", url.Values{
		"cd[value]": {"24.00"}, "cd[currency]": {"USD"}, "fbc": {landing.Query().Get("fbclid")},
	})
	if err != nil {
		log.Fatal(err)
	}
}

// What the server refuses, it explains.
func ExampleError() {
	c, err := client.New("http://127.0.0.1:8080", "mq_…")
	if err != nil {
		log.Fatal(err)
	}
	_, err = c.Create(context.Background(), "act_120200000000000001/campaigns", client.Params{"name": "Spring"})
	if refusal, ok := errors.AsType[*client.Error](err); ok {
		fmt.Println(refusal.Code, refusal.Blame, refusal.UserMessage)
	}
}
