package marquetry_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"

	"github.com/marquetry/marquetry/client"
)

// id is what a name in braces stands for; what it names is made when it is named first.
func (p *props) id(name string) string {
	p.Helper()
	if id := p.ids[name]; id != "" {
		return id
	}
	make := p.makers()[name]
	if make == nil {
		p.Fatalf("nothing is known to make a {%s}", name)
	}
	id := make()
	p.ids[name] = id
	return id
}

// makers make what requests name.
func (p *props) makers() map[string]func() string {
	account, start := p.fresh.AccountID, noon().AddDate(0, -1, 0).Unix()
	in := func(edge string, params client.Params) func() string {
		return func() string { return p.post(edge, params).ID() }
	}
	under := func(parent, edge string, params client.Params) func() string {
		return func() string { return p.post(p.id(parent)+"/"+edge, params).ID() }
	}
	return map[string]func() string{
		"png":   pngText,
		"image": func() string { return account[len("act_"):] + ":" + p.id("hash") },
		"hash": func() string {
			return p.post(account+"/adimages", client.Params{"bytes": p.id("png")}).Object("images").Object("bytes").String("hash")
		},
		"campaign": func() string { return p.campaign(nil) },
		"adset": func() string {
			return p.post(account+"/adsets", p.setParams(p.id("campaign"), client.Params{"start_time": start})).ID()
		},
		"dynamic_adset": func() string {
			return p.post(account+"/adsets", p.setParams(p.id("campaign"), client.Params{"start_time": start, "is_dynamic_creative": true})).ID()
		},
		"creative": func() string { return p.post(account+"/adcreatives", p.link(nil)).ID() },
		"feed_creative": func() string {
			return p.post(account+"/adcreatives", p.creative(feed(nil))).ID()
		},
		"ad": func() string { return p.ad(p.id("adset"), client.Params{"creative_id": p.id("creative")}, nil).ID() },
		"dynamic_ad": func() string {
			return p.ad(p.id("dynamic_adset"), client.Params{"creative_id": p.id("feed_creative")}, nil).ID()
		},
		"me":             func() string { return p.get("me", nil).ID() },
		"business":       func() string { return p.get("me/businesses", nil).List("data")[0].ID() },
		"adlabel":        in(account+"/adlabels", client.Params{"name": "spring"}),
		"adreportrun":    func() string { return p.post(account+"/insights", nil).String("report_run_id") },
		"customaudience": in(account+"/customaudiences", client.Params{"name": "Buyers", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"}),
		"productcatalog": under("business", "owned_product_catalogs", client.Params{"name": "Shop"}),
		"productset":     under("productcatalog", "product_sets", client.Params{"name": "All"}),
		"productfeed":    under("productcatalog", "product_feeds", client.Params{"name": "Daily"}),
		"productitem":    under("productcatalog", "products", product(nil)),
		"pagepost":       under("page", "feed", client.Params{"message": "New mugs have come."}),
		"highdemandperiod": under("campaign", "budget_schedules", client.Params{"budget_value": 100, "budget_value_type": "ABSOLUTE",
			"time_start": noon().AddDate(0, 0, 7).Unix(), "time_end": noon().AddDate(0, 0, 9).Unix()}),
	}
}

// product is a product as a POST on products takes it; its price is in minor units.
func product(changes client.Params) client.Params {
	return with(client.Params{"retailer_id": "mug-1", "name": "Mug", "price": 1500, "currency": "USD", "url": "https://shop.example/mug", "image_url": "https://shop.example/mug.jpg",
		"availability": "in stock", "condition": "new", "description": "A mug", "brand": "Clay"}, changes)
}

// pngText is a small picture as base64.
func pngText() string {
	var picture bytes.Buffer
	if png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))) != nil {
		return "" // memory takes every byte
	}
	return base64.StdEncoding.EncodeToString(picture.Bytes())
}
