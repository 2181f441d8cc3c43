package catalogs_test

import (
	"encoding/base64"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestItem(t *testing.T) {
	s := newShop(t)
	made := s.make("products", item("sku/1", fields{"price": "129900", "sale_price": 99900, "custom_number_0": 7, "additional_image_urls": []string{"https://shop.example/2.jpg"},
		"retailer_product_group_id": "shoe", "android_url": "app://x", "ios_app_store_id": 5, "sale_price_start_date": "2026-01-31T08:00:00-0800"}))
	want := fields{"id": made, "retailer_id": "sku/1", "price": "$1,299.00", "sale_price": "$999.00", "currency": "USD", "custom_number_0": "7", "visibility": "published", "status": "PUBLISHED",
		"review_status": "approved", "image_fetch_status": "NO_STATUS", "images": []any{"https://shop.example/sku/1.jpg", "https://shop.example/2.jpg"},
		"product_catalog": fields{"id": s.catalog, "name": "Shop"}, "product_group": fields{"retailer_id": "shoe"}, "sale_price_start_date": "2026-01-31T16:00:00+0000",
		"applinks": fields{"android": []any{fields{"url": "app://x"}}, "ios": []any{fields{"app_store_id": 5.0}}}}
	asked := "retailer_id,price,sale_price,currency,custom_number_0,visibility,status,review_status,image_fetch_status,images,product_catalog{name},product_group{retailer_id},sale_price_start_date,applinks,errors,generated_background_images"
	got := s.get(made, asked)
	delete(got["product_group"].(fields), "id")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	bySKU := "catalog:" + s.catalog + ":" + base64.URLEncoding.EncodeToString([]byte("sku/1"))
	if got := s.get(bySKU, "name"); got["id"] != made || got["name"] != "Item sku/1" {
		t.Errorf("by its SKU: %v", got)
	}
	if got := s.Do("POST", bySKU, fields{"name": "Better", "price": 5, "ios_url": "app://y"}); got["success"] != true {
		t.Error(got)
	}
	got = s.get(made, "name,price,applinks{ios}")
	if diff := cmp.Diff(fields{"id": made, "name": "Better", "price": "$0.05", "applinks": fields{"ios": []any{fields{"app_store_id": 5.0, "url": "app://y"}}}}, got); diff != "" {
		t.Error(diff)
	}
	if got := s.Do("DELETE", made, nil); got["success"] != true {
		t.Error(got)
	}
	s.wantFault(s.get(made, "name"), "does not exist")
	s.wantFault(s.get(bySKU, "name"), "do not exist")
	s.wantFault(s.get("catalog:1:x", "name"), "do not exist")
}

// A retailer_id is one item, whichever way it comes.
func TestUpsert(t *testing.T) {
	s := newShop(t)
	first := s.make("products", item("a", nil))
	if again := s.make("products", item("a", fields{"name": "New name", "color": "red"})); again != first {
		t.Errorf("the same SKU made %s beside %s", again, first)
	}
	if got := s.get(first, "name,color,brand"); got["name"] != "New name" || got["color"] != "red" || got["brand"] != "Acme" {
		t.Error(got)
	}
	s.wantFault(s.Do("POST", s.catalog+"/products", item("a", fields{"allow_upsert": false})), "already")
	second := s.make("products", item("b", fields{"allow_upsert": false}))
	s.wantFault(s.Do("POST", second, fields{"retailer_id": "a"}), "already")
	if got := s.Do("POST", second, fields{"retailer_id": "c"}); got["success"] != true {
		t.Error(got)
	}
	other := id(t, s.Do("POST", s.Account("product_catalogs"), fields{"name": "Other"}))
	if id(t, s.Do("POST", other+"/products", item("a", nil))) == first {
		t.Error("a SKU is one item in two catalogs")
	}
	if diff := cmp.Diff([]any{"c", "a"}, s.list(s.catalog+"/products", "retailer_id", nil)); diff != "" {
		t.Error(diff)
	}
}

func TestItemRefused(t *testing.T) {
	s := newShop(t)
	for text, change := range map[string]fields{
		"retailer_id is required":  {"retailer_id": ""},
		"price is required":        {"price": nil},
		"non-negative integer":     {"price": "9.99"},
		"ISO 4217":                 {"currency": "XYZ"},
		"http or https":            {"url": "ftp://x"},
		"at most 200 characters":   {"name": pad(201)},
		"availability must be one": {"availability": "IN_STOCK"},
		"end after it starts":      {"sale_price_start_date": 200, "sale_price_end_date": 100},
	} {
		s.wantFault(s.Do("POST", s.catalog+"/products", item("a", change)), text)
	}
	if rows := s.list(s.catalog+"/products", "id", nil); len(rows) > 0 {
		t.Errorf("%v were made", rows)
	}
}

// pad is a text of n characters.
func pad(n int) string {
	text := make([]byte, n)
	for i := range text {
		text[i] = 'x'
	}
	return string(text)
}

// What a listed item should have and this one has not is told on it.
func TestItemErrors(t *testing.T) {
	s := newShop(t)
	made := s.make("products", fields{"retailer_id": "a", "name": "A", "price": 1, "currency": "JPY"})
	got := s.get(made, "price,errors")
	if got["price"] != "¥1" || len(got["errors"].([]any)) != 6 {
		t.Error(got)
	}
}

func TestChosenItems(t *testing.T) {
	s := newShop(t)
	for sku, price := range map[string]int{"a": 100, "b": 200, "c": 300} {
		s.make("products", item(sku, fields{"price": price}))
	}
	got := s.Do("GET", s.catalog+"/products?summary=true&limit=1&fields=retailer_id&filter="+url.QueryEscape(`{"price_amount":{"gte":200}}`), nil)
	if total := got["summary"].(fields)["total_count"]; total != 2.0 || len(got["data"].([]any)) != 1 {
		t.Error(got)
	}
	s.wantFault(s.Do("GET", s.catalog+"/products?filter="+url.QueryEscape(`{"price":{"like":2}}`), nil), "is no operator")
	if got := s.list(s.catalog+"/products", "retailer_id", url.Values{"filter": {`{"retailer_id":{"is_any":["a","x"]}}`}, "return_only_approved_products": {"true"}}); len(got) != 1 || got[0] != "a" {
		t.Error(got)
	}
}

// Items that are asked for by their numbers are found by them, and only where they are.
func TestPinnedItems(t *testing.T) {
	s := newShop(t)
	other := shop{s.Site, id(t, s.Do("POST", s.Account("product_catalogs"), fields{"name": "Other"}))}
	for sku, price := range map[string]int{"a": 100, "b": 200} {
		s.make("products", item(sku, fields{"price": price}))
	}
	other.make("products", item("c", nil))
	set := s.make("product_sets", fields{"name": "Dear", "filter": fields{"price_amount": fields{"gte": 200}}})
	for where, want := range map[string]int{s.catalog: 2, set: 1, other.catalog: 1} {
		if got := s.list(where+"/products", "id", url.Values{"filter": {`{"and":[{"retailer_id":{"is_any":["a","b","c"]}},{"price_amount":{"gt":1}}]}`}}); len(got) != want {
			t.Errorf("%s: %v", where, got)
		}
	}
}

func TestGroup(t *testing.T) {
	s := newShop(t)
	group := s.make("product_groups", fields{"retailer_id": "shoe", "variants": []any{fields{"product_field": "color", "options": []any{"red"}}}})
	s.wantFault(s.Do("POST", s.catalog+"/product_groups", fields{"retailer_id": "shoe"}), "already")
	if unnamed := s.make("product_groups", nil); s.get(unnamed, "retailer_id")["retailer_id"] != unnamed {
		t.Errorf("the group %s has another number", unnamed)
	}
	s.make("products", item("a", fields{"retailer_product_group_id": "shoe"}))
	inGroup := id(t, s.Do("POST", group+"/products", item("b", nil)))
	if got := s.get(inGroup, "retailer_product_group_id,product_group,product_catalog"); got["retailer_product_group_id"] != "shoe" || got["product_catalog"].(fields)["id"] != s.catalog {
		t.Error(got)
	}
	if diff := cmp.Diff([]any{"b", "a"}, s.list(group+"/products", "retailer_id", nil)); diff != "" {
		t.Error(diff)
	}
	s.wantFault(s.Do("DELETE", group, nil), "2 items")
	if got := s.Do("DELETE", group+"?deletion_method=DELETE_ITEMS", nil); got["success"] != true {
		t.Error(got)
	}
	if got := s.list(s.catalog+"/products", "id", nil); len(got) > 0 {
		t.Error(got)
	}
}
