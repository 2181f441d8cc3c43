package marquetry_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// catalog makes one of the ad account's.
func (s shop) catalog() string {
	s.Helper()
	return s.post(s.fresh.AccountID+"/product_catalogs", client.Params{"name": "Shop"}).ID()
}

// product makes an item.
func (s shop) product(catalog, sku string, changes client.Params) string {
	s.Helper()
	return s.post(catalog+"/products", with(client.Params{"retailer_id": sku, "name": sku, "price": 999, "currency": "USD"}, changes)).ID()
}

// upload sends a file to a new feed of a catalog and answers feed and upload.
func (s shop) upload(catalog, file string) (feed, upload string) {
	s.Helper()
	feed = s.post(catalog+"/product_feeds", client.Params{"name": "Nightly"}).ID()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "items.csv")
	if err != nil {
		s.Fatal(err)
	}
	_, _ = io.WriteString(part, file)
	_ = w.Close()
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, "/"+feed+"/uploads", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Authorization", "Bearer "+s.fresh.Token)
	answer := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(answer, r)
	var made client.Object
	if err := json.Unmarshal(answer.Body.Bytes(), &made); err != nil || made.ID() == "" {
		s.Fatalf("%s, %v", answer.Body, err)
	}
	return feed, made.ID()
}

// table is a feed's file with one good item.
const table = "id,title,description,availability,condition,price,link,image_link,brand\n" +
	"a,A,Good.,in stock,new,9.99 USD,https://shop.example/a,https://shop.example/a.jpg,Acme\n"

func TestDiff145CatalogsOfAccounts(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	want(s, "catalog", s.get(s.fresh.AccountID+"/product_catalogs", nil).List("data")[0].ID(), catalog)
	want(s, "read", s.raw("GET", "/"+catalog, s.token("ads_read"), "").Code, http.StatusOK)
	second := s.post(s.get("me/businesses", nil).List("data")[0].ID()+"/adaccount", client.Params{"name": "Second", "currency": "EUR", "timezone_id": 1,
		"end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE"}).ID()
	stranger, err := s.server.CreateToken(s.Context(), marquetry.TokenRequest{Label: "stranger", Scopes: []string{"ads_management"}, Accounts: []string{second}})
	if err != nil {
		t.Fatal(err)
	}
	s.product(catalog, "a", nil)
	for _, hidden := range []string{catalog, catalog + "/products", "catalog:" + catalog + ":YQ"} {
		want(s, "read "+hidden, s.raw("GET", "/"+hidden, stranger, "").Code, http.StatusBadRequest)
	}
	want(s, "set", s.get(catalog+"/product_sets", nil).List("data")[0].String("name"), "All products")
}

func TestDiff146DoneWhenAnswered(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	_, upload := s.upload(catalog, table)
	got := s.get(upload, client.Params{"fields": "end_time,num_persisted_items"})
	want(s, "ended", got.String("end_time") != "", true)
	want(s, "items", got.Int("num_persisted_items"), 1)
	batch := s.post(catalog+"/items_batch", client.Params{"item_type": "PRODUCT_ITEM", "requests": []client.Params{{"method": "UPDATE", "data": client.Params{"id": "a", "price": "5 USD"}}}})
	handle, _ := batch["handles"].([]any)[0].(string)
	want(s, "status", s.get(catalog+"/check_batch_request_status", client.Params{"handle": handle}).List("data")[0].String("status"), "finished")
	want(s, "price", s.get(catalog+"/products", client.Params{"fields": "price"}).List("data")[0].String("price"), "$5.00")
}

func TestDiff147Schedules(t *testing.T) {
	s := newShop(t)
	feed := s.post(s.catalog()+"/product_feeds", client.Params{"name": "Nightly", "schedule": `{"interval":"HOURLY","url":"https://shop.example/a.csv","username":"u","password":"p"}`}).ID()
	plan := s.get(feed, client.Params{"fields": "schedule"}).Object("schedule")
	want(s, "interval", plan.String("interval"), "HOURLY")
	want(s, "password", plan["password"], nil)
	want(s, "uploads", len(s.get(feed+"/uploads", nil).List("data")), 0)
}

func TestDiff148NoCredentials(t *testing.T) {
	s := newShop(t)
	feed := s.post(s.catalog()+"/product_feeds", client.Params{"name": "Nightly"}).ID()
	s.wantCode(s.postRefused(feed+"/uploads", client.Params{"url": "https://shop.example/a.csv", "username": "u"}), 3, 0)
}

func TestDiff149FeedErrors(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	feed, upload := s.upload(catalog, strings.Replace(table, ",Acme", ",", 1))
	want(s, "type", s.get(upload+"/errors", nil).List("data")[0].String("error_type"), "missing_field.brand")
	want(s, "count", s.get(feed, client.Params{"fields": "product_count"}).Int("product_count"), 0)
	_, upload = s.upload(catalog, "<html>")
	want(s, "type", s.get(upload+"/errors", nil).List("data")[0].String("error_type"), "unreadable_file")
}

func TestDiff150Prices(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	for currency, price := range map[string]string{"USD": "$1,234.50", "JPY": "¥123,450", "CHF": "CHF1,234.50"} {
		item := s.product(catalog, currency, client.Params{"price": 123450, "currency": currency})
		want(s, currency, s.get(item, client.Params{"fields": "price", "locale": "de_DE"}).String("price"), price)
	}
}

func TestDiff151SetsAreKept(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	set := s.post(catalog+"/product_sets", client.Params{"name": "Cheap", "filter": client.Params{"current_price": client.Params{"lt": 500}}}).ID()
	s.product(catalog, "a", client.Params{"sale_price": 400, "sale_price_end_date": 1000})
	item := s.product(catalog, "b", client.Params{"sale_price": 400})
	want(s, "count", s.get(set, client.Params{"fields": "product_count"}).Int("product_count"), 1)
	want(s, "sets", len(s.get(item+"/product_sets", nil).List("data")), 2)
}

func TestDiff152Groups(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	alone, member := s.product(catalog, "a", nil), s.product(catalog, "b", client.Params{"retailer_product_group_id": "shoe"})
	want(s, "alone", s.get(alone, client.Params{"fields": "product_group"})["product_group"], nil)
	want(s, "member", s.get(member, client.Params{"fields": "product_group{retailer_id}"}).Object("product_group").String("retailer_id"), "shoe")
}

func TestDiff153Pictures(t *testing.T) {
	s := newShop(t)
	item := s.get(s.product(s.catalog(), "a", client.Params{"image_url": "https://shop.example/a.jpg"}), client.Params{"fields": "image_fetch_status,image_cdn_urls"})
	want(s, "status", item.String("image_fetch_status"), "NO_STATUS")
	want(s, "address", item.List("image_cdn_urls")[0].String("value"), "https://shop.example/a.jpg")
}

func TestDiff154NoReview(t *testing.T) {
	s := newShop(t)
	want(s, "review", s.get(s.product(s.catalog(), "a", nil), client.Params{"fields": "review_status"}).String("review_status"), "approved")
}

func TestDiff155DeletedFeeds(t *testing.T) {
	s := newShop(t)
	catalog := s.catalog()
	feed, upload := s.upload(catalog, table)
	if err := s.api.Delete(s.Context(), feed, nil); err != nil {
		t.Fatal(err)
	}
	want(s, "items", s.get(catalog, client.Params{"fields": "product_count"}).Int("product_count"), 0)
	for _, gone := range []string{feed, upload} {
		s.wantCode(s.getRefused(gone, nil), 100, 33)
	}
}

func TestDiff156OnlyProducts(t *testing.T) {
	s := newShop(t)
	hotels := s.post(s.fresh.AccountID+"/product_catalogs", client.Params{"name": "Inns", "vertical": "hotels"}).ID()
	s.wantCode(s.getRefused(hotels+"/hotels", nil), 3, 0)
	s.wantCode(s.postRefused(hotels+"/items_batch", client.Params{"item_type": "HOTEL", "requests": []any{}}), 100, 0)
}

func TestDiff157Limits(t *testing.T) {
	s := newShop(t)
	_, upload := s.upload(s.catalog(), table+"b,"+strings.Repeat("x", 3<<20)+"\n")
	got := s.get(upload, client.Params{"fields": "num_persisted_items,errors{summary}"})
	want(s, "items before", got.Int("num_persisted_items"), 1)
	want(s, "error", got.Object("errors").List("data")[0].String("summary"), "an item is larger than 1048576 bytes")
}

func TestDiff158ErrorReport(t *testing.T) {
	s := newShop(t)
	_, upload := s.upload(s.catalog(), "id\n1\n")
	s.post(upload+"/error_report", nil)
	report := s.get(upload, client.Params{"fields": "error_report"}).Object("error_report")
	want(s, "status", report.String("report_status"), "WRITE_FINISHED")
	_, path, _ := strings.Cut(strings.TrimPrefix(report.String("file_handle"), "http://"), "/")
	want(s, "report", s.raw("GET", "/"+path, s.fresh.Token, "").Code, http.StatusOK)
}

func TestDiff159IncompleteItems(t *testing.T) {
	s := newShop(t)
	item := s.product(s.catalog(), "a", client.Params{"description": "Good.", "brand": "Acme", "condition": "new", "availability": "in stock", "url": "https://shop.example/a"})
	errors := s.get(item, client.Params{"fields": "errors"}).List("errors")
	want(s, "errors", len(errors), 1)
	want(s, "error", errors[0].String("error_type"), "missing_field.image_link")
}
