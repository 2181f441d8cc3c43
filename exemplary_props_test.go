package marquetry_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/png"
	"maps"
	"net/http"
	"strings"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// id is what a name in braces stands for; what it names is made when it is named first. Empty when nothing makes it.
func (p *props) id(name string) string {
	p.Helper()
	if id := p.ids[name]; id != "" {
		return id
	}
	make := p.makers()[name]
	if make == nil {
		return ""
	}
	id := make()
	p.ids[name] = id
	return id
}

// makers make what requests name.
func (p *props) makers() map[string]func() string {
	all := p.adMakers()
	for _, more := range []map[string]func() string{p.audienceMakers(), p.pageMakers(), p.catalogMakers(), p.laterMakers(), p.tokenMakers(), p.textMakers()} {
		maps.Copy(all, more)
	}
	return all
}

// in makes an object on an edge of the account; under makes one on an edge of another prop.
func (p *props) in(edge string, params client.Params) func() string {
	return func() string { return p.post(p.fresh.AccountID+"/"+edge, params).ID() }
}

func (p *props) under(parent, edge string, params client.Params) func() string {
	return func() string { return p.post(p.id(parent)+"/"+edge, params).ID() }
}

// sent sends what a client has no method for, or what only the admin's own token may ask for later.
func (p *props) sent(target string, lines ...string) client.Object {
	p.Helper()
	answer := p.send("POST", p.fill(target), lines)
	var made client.Object
	if err := json.Unmarshal(answer.Body.Bytes(), &made); err != nil || answer.Code != http.StatusOK {
		p.Fatalf("POST %s: %s", target, answer.Body)
	}
	return made
}

// adMakers make campaigns and what is in them.
func (p *props) adMakers() map[string]func() string {
	started := noon().AddDate(0, -1, 0).Unix()
	set := func(changes client.Params) func() string {
		return func() string {
			return p.post(p.fresh.AccountID+"/adsets", p.setParams(p.id("campaign"), with(client.Params{"start_time": started}, changes))).ID()
		}
	}
	return map[string]func() string{
		"png":   pngText,
		"image": func() string { return p.id("account_digits") + ":" + p.id("hash") },
		"hash": func() string {
			return p.post(p.fresh.AccountID+"/adimages", client.Params{"bytes": p.id("png")}).Object("images").Object("bytes").String("hash")
		},
		"campaign": func() string { return p.campaign(nil) },
		"budget_campaign": func() string {
			return p.campaign(client.Params{"daily_budget": 5000})
		},
		"deleted_campaign": func() string { return p.gone(p.campaign(nil)) },
		"traffic_campaign": func() string { return p.campaign(client.Params{"objective": "OUTCOME_TRAFFIC"}) },
		"special_campaign": func() string {
			return p.campaign(client.Params{"special_ad_categories": []string{"HOUSING"}, "special_ad_category_country": []string{"US"}})
		},
		"adset":         set(nil),
		"dynamic_adset": set(client.Params{"is_dynamic_creative": true}),
		"ended_adset": func() string {
			defer p.later.Add(2)
			return set(client.Params{"end_time": noon().Unix() + 1})()
		},
		"page_adset":    set(client.Params{"optimization_goal": "LINK_CLICKS", "promoted_object": client.Params{"page_id": "99"}}),
		"deleted_adset": func() string { return p.gone(set(nil)()) },
		"creative":      p.in("adcreatives", with(p.link(nil), client.Params{"name": "Mug"})),
		"feed_creative": p.in("adcreatives", p.creative(feed(nil))),
		"ad":            func() string { return p.ad(p.id("adset"), client.Params{"creative_id": p.id("creative")}, nil).ID() },
		"archived_ad": func() string {
			ad := p.ad(p.id("adset"), client.Params{"creative_id": p.id("creative")}, nil).ID()
			p.post(ad, client.Params{"status": "ARCHIVED"})
			return ad
		},
		"dynamic_ad": func() string {
			return p.ad(p.id("dynamic_adset"), client.Params{"creative_id": p.id("feed_creative")}, nil).ID()
		},
		"planned_campaign": func() string {
			p.id("adset")
			return p.id("campaign")
		},
		"full_adset": func() string {
			p.id("ad")
			return p.id("adset")
		},
		"apple_adset": func() string {
			campaign := p.campaign(client.Params{"objective": "OUTCOME_APP_PROMOTION", "is_skadnetwork_attribution": true})
			set := p.post(p.fresh.AccountID+"/adsets", p.setParams(campaign, client.Params{"start_time": started, "optimization_goal": "LINK_CLICKS",
				"promoted_object": client.Params{"application_id": p.fresh.AppID, "object_store_url": "https://apps.apple.com/app/id1"}})).ID()
			p.ad(set, client.Params{"creative_id": p.id("creative")}, nil)
			return set
		},
		"bidding_campaign": func() string { return p.campaign(client.Params{"bid_strategy": "LOWEST_COST_WITHOUT_CAP"}) },
		"busy_catalog": func() string {
			for range 200 {
				p.sent("/v25.0/{productcatalog}/batch", `requests=[{"method":"DELETE","retailer_id":"mug-1"}]`)
			}
			return p.id("productcatalog")
		},
		"capped_account": func() string {
			for i := range 10 {
				p.post(p.fresh.AccountID, client.Params{"spend_cap": 100 + i})
			}
			return p.fresh.AccountID
		},
		"full_campaign": func() string {
			for range 3 {
				p.ad(p.id("adset"), client.Params{"creative_id": p.id("creative")}, nil)
			}
			return p.id("campaign")
		},
		"adlabel": p.in("adlabels", client.Params{"name": "spring"}),
		"highdemandperiod": p.under("budget_campaign", "budget_schedules", client.Params{"budget_value": 100, "budget_value_type": "ABSOLUTE",
			"time_start": noon().AddDate(0, 0, 7).Unix(), "time_end": noon().AddDate(0, 0, 9).Unix()}),
		"busy_account": func() string {
			for range 60 {
				p.send("GET", "/v25.0/"+p.fresh.AccountID, nil)
			}
			return p.fresh.AccountID
		},
	}
}

// gone deletes an object and answers its id.
func (p *props) gone(id string) string {
	p.Helper()
	if err := p.api.Delete(p.Context(), id, nil); err != nil {
		p.Fatal(err)
	}
	return id
}

// audienceMakers make what an account keeps beside its ads.
func (p *props) audienceMakers() map[string]func() string {
	everyone := client.Params{"geo_locations": client.Params{"countries": []string{"US"}}}
	return map[string]func() string{
		"customaudience": p.in("customaudiences", client.Params{"name": "Buyers", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"}),
		"savedaudience":  p.in("saved_audiences", client.Params{"name": "Americans", "targeting": everyone}),
		"customconversion": p.in("customconversions", client.Params{"name": "Thanks", "event_source_id": p.fresh.PixelID, "custom_event_type": "PURCHASE",
			"rule": client.Params{"and": []client.Params{{"event": client.Params{"eq": "PageView"}}, {"or": []client.Params{{"URL": client.Params{"i_contains": "thanks"}}}}}}}),
		"adstudy": func() string {
			return p.post(p.fresh.AccountID+"/ad_studies", client.Params{"name": "Two prices", "type": "SPLIT_TEST", "start_time": noon().AddDate(0, 0, 7).Unix(),
				"end_time": noon().AddDate(0, 0, 21).Unix(), "cells": []client.Params{
					{"name": "A", "treatment_percentage": 50, "adsets": []string{p.id("adset")}}, {"name": "B", "treatment_percentage": 50, "adsets": []string{p.id("dynamic_adset")}}}}).ID()
		},
		"adstudycell": func() string { return p.id("adstudy") + ":1" },
		"adrule": p.in("adrules_library", client.Params{"name": "Pause what is dear", "execution_spec": client.Params{"execution_type": "PAUSE"},
			"evaluation_spec": client.Params{"evaluation_type": "SCHEDULE", "filters": []client.Params{{"field": "spent", "operator": "GREATER_THAN", "value": 1000}}}}),
	}
}

// pageMakers make people, posts and videos.
func (p *props) pageMakers() map[string]func() string {
	return map[string]func() string{
		"me":          func() string { return p.get("me", nil).ID() },
		"business":    func() string { return p.get("me/businesses", nil).List("data")[0].ID() },
		"second_page": p.under("business", "owned_pages", client.Params{"name": "Corner bakery"}),
		"second_account": p.under("business", "adaccount", client.Params{"name": "Second", "currency": "EUR", "timezone_id": 1, "end_advertiser": "NONE",
			"media_agency": "NONE", "partner": "NONE"}),
		"pagepost": p.under("page", "feed", client.Params{"message": "New mugs have come."}),
		"photo": func() string {
			return p.sent("/v25.0/{page}/photos", "caption=Fresh mugs", "@source=mug.png:{png}").ID()
		},
		"movie":   func() string { return base64.StdEncoding.EncodeToString([]byte(movie())) },
		"advideo": func() string { return p.sent("/v25.0/{account}/advideos", "name=Mug", "@source=mug.mp4:{movie}").ID() },
		"video_session": func() string {
			return p.post(p.fresh.AccountID+"/advideos", client.Params{"upload_phase": "start", "file_size": len(movie())}).String("upload_session_id")
		},
	}
}

// catalogMakers make a catalog and what is in it. The feed's file has a good item and one without a brand.
func (p *props) catalogMakers() map[string]func() string {
	first := func(parent, edge string) func() string {
		return func() string { return p.get(p.id(parent)+"/"+edge, nil).List("data")[0].ID() }
	}
	return map[string]func() string{
		"productcatalog": p.under("business", "owned_product_catalogs", client.Params{"name": "Shop"}),
		"hotel_catalog":  p.under("business", "owned_product_catalogs", client.Params{"name": "Inns", "vertical": "hotels"}),
		"productset":     p.under("productcatalog", "product_sets", client.Params{"name": "Cheap", "filter": client.Params{"price_amount": client.Params{"lt": 2000}}}),
		"productfeed":    p.under("productcatalog", "product_feeds", client.Params{"name": "Daily"}),
		"productitem":    p.under("productcatalog", "products", product(nil)),
		"productgroup":   p.under("productcatalog", "product_groups", client.Params{"retailer_id": "mugs", "variants": []client.Params{{"product_field": "color", "options": []string{"red", "blue"}}}}),
		"productfeedupload": func() string {
			return p.sent("/v25.0/{productfeed}/uploads", "@file=shop.csv:"+table+strings.NewReplacer("a,A", "b,B", ",Acme", ",").Replace(strings.Split(table, "\n")[1])).ID()
		},
		"productfeeduploaderror":       first("productfeedupload", "errors"),
		"productfeeduploaderrorsample": first("productfeeduploaderror", "samples"),
		"batch_handle": func() string {
			made := p.post(p.id("productcatalog")+"/items_batch", client.Params{"item_type": "PRODUCT_ITEM", "allow_upsert": true, "requests": []client.Params{
				{"method": "UPDATE", "data": client.Params{"id": "mug-1", "title": "Mug", "description": "A mug", "availability": "in stock", "condition": "new", "price": "15 USD",
					"link": "https://shop.example/mug", "image_link": "https://shop.example/mug.jpg", "brand": "Clay"}}, {"method": "UPDATE", "data": client.Params{"id": "mug-2", "price": "dear"}}}})
			handle, _ := made["handles"].([]any)[0].(string)
			return handle
		},
	}
}

// laterMakers ask for what is done later.
func (p *props) laterMakers() map[string]func() string {
	return map[string]func() string{
		"adreportrun": func() string { return p.post(p.fresh.AccountID+"/insights", nil).String("report_run_id") },
		"asyncsession": func() string {
			made := p.sent("/v25.0/", `asyncbatch=[{"name":"rename","method":"POST","relative_url":"{account}","body":"name=Renamed"}]`)
			return made.List("async_sessions")[0].ID()
		},
		"adasyncrequestset": func() string {
			return p.post(p.fresh.AccountID+"/asyncadrequestsets", client.Params{"name": "Spring ads", "ad_specs": []client.Params{
				{"name": "One", "adset_id": p.id("adset"), "status": "PAUSED", "creative": client.Params{"creative_id": p.id("creative")}}}}).ID()
		},
		"adasyncrequest": func() string { return p.get(p.id("adasyncrequestset")+"/requests", nil).List("data")[0].ID() },
	}
}

// tokenMakers make access tokens that can do less than the admin's, or nothing any more.
func (p *props) tokenMakers() map[string]func() string {
	made := func(want marquetry.TokenRequest) string {
		token, err := p.server.CreateToken(p.Context(), want)
		if err != nil {
			p.Fatal(err)
		}
		return token
	}
	revoked := func(reason string) func() string {
		return func() string {
			token := made(marquetry.TokenRequest{Scopes: []string{"ads_management"}})
			if err := p.server.RevokeToken(p.Context(), token, reason); err != nil {
				p.Fatal(err)
			}
			return token
		}
	}
	of := func(scopes ...string) func() string {
		return func() string { return made(marquetry.TokenRequest{Scopes: scopes}) }
	}
	return map[string]func() string{
		"reading_token":     of("ads_read"),
		"writing_token":     of("ads_management"),
		"reviewing_token":   of("ads_read", "creative_review"),
		"page_token":        of("pages_read_engagement"),
		"expired_token":     func() string { return made(marquetry.TokenRequest{Expires: noon().Unix() - 3600}) },
		"removed_token":     revoked("app_removed"),
		"checkpoint_token":  revoked("checkpoint"),
		"password_token":    revoked("password_changed"),
		"unconfirmed_token": revoked("unconfirmed"),
		"invalidated_token": revoked("invalidated"),
		"roleless_token":    revoked("role_lost"),
		"second_account_token": func() string {
			return made(marquetry.TokenRequest{Scopes: []string{"ads_management", "business_management"}, Accounts: []string{p.id("second_account")}})
		},
	}
}

// textMakers make creatives that have texts written, and what is written.
func (p *props) textMakers() map[string]func() string {
	return map[string]func() string{
		"writing_creative": p.in("adcreatives", p.writing(sample)),
		"generatedasset": func() string {
			return p.get(p.id("writing_creative")+"/generation", nil).List("data")[0].ID()
		},
		"unreviewed_ad": func() string {
			p.post(p.fresh.AccountID, client.Params{"review_gate": "required"})
			return p.ad(p.id("adset"), client.Params{"creative_id": p.id("writing_creative")}, nil).ID()
		},
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
