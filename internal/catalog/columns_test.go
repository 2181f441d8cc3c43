package catalog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// whole is an item as a feed has it.
func whole(changes map[string]any) map[string]any {
	cells := map[string]any{"id": "sku-1", "title": "Red shoes", "description": "Light.", "availability": "in stock", "condition": "new",
		"price": "9.99 USD", "link": "https://shop.example/red", "image_link": "https://shop.example/red.jpg", "brand": "Acme"}
	for name, value := range changes {
		cells[name] = value
	}
	return cells
}

func TestItem(t *testing.T) {
	item, problems := NewSchema().Item(whole(map[string]any{
		"availability": "In_Stock", "condition": "Open Box New", "sale_price": "7 USD", "sale_price_effective_date": "2026-01-31T08:00Z/2026-02-28T08:00Z",
		"additional_image_link": "https://shop.example/2.jpg,https://shop.example/3.jpg", "custom_number_1": "12", "status": "archived", "gender": " Male ",
		"google_product_category": "Shoes", "item_group_id": "shoe", "color": "", "inventory": "3",
	}), "")
	want := Item{"retailer_id": "sku-1", "name": "Red shoes", "description": "Light.", "availability": "in stock", "condition": "open_box_new", "price": int64(999),
		"currency": "USD", "sale_price": int64(700), "sale_price_start_date": int64(1769846400), "sale_price_end_date": int64(1772265600), "brand": "Acme",
		"url": "https://shop.example/red", "image_url": "https://shop.example/red.jpg", "additional_image_urls": []any{"https://shop.example/2.jpg", "https://shop.example/3.jpg"},
		"custom_number_1": int64(12), "visibility": "staging", "gender": "male", "category": "Shoes", "retailer_product_group_id": "shoe", "inventory": int64(3)}
	if diff := cmp.Diff(want, item); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
	if more := append(item.Sound(), item.Missing()...); len(more) > 0 {
		t.Error(more)
	}
}

func TestImages(t *testing.T) {
	item, problems := NewSchema().Item(map[string]any{"image": []any{map[string]any{"url": "https://a.example/1", "tag": []any{"x"}}, map[string]any{"url": "https://a.example/2"}}}, "")
	if diff := cmp.Diff(Item{"image_url": "https://a.example/1", "additional_image_urls": []any{"https://a.example/2"}}, item); diff != "" || len(problems) > 0 {
		t.Error(diff, problems)
	}
}

// Each broken rule is told by its name and column, and keeps the item out unless it is only a warning.
func TestProblems(t *testing.T) {
	for want, change := range map[string]map[string]any{
		"too_long id":                            {"id": strings.Repeat("x", 101)},
		"too_long title":                         {"title": strings.Repeat("ü", 201)},
		"too_long description":                   {"description": strings.Repeat("x", 10000)},
		"invalid_price price":                    {"price": "cheap"},
		"invalid_currency sale_price":            {"sale_price": "7 EUR"},
		"invalid_value availability":             {"availability": "maybe"},
		"invalid_value custom_number_0":          {"custom_number_0": "-1"},
		"invalid_value status":                   {"status": "gone"},
		"invalid_value image":                    {"image": "x.jpg"},
		"invalid_date sale_price_effective_date": {"sale_price_effective_date": "soon"},
		"invalid_link url":                       {"link": "javascript:alert(1)"},
		"invalid_link additional_image_urls":     {"additional_image_link": "x.jpg"},
		"too_many_images additional_image_urls":  {"additional_image_link": strings.Repeat("https://a.example/x,", 20) + "https://a.example/x"},
		"missing_field brand":                    {"brand": ""},
		"missing_field link":                     {"link": nil},
		"ignored_field video[0].url?":            {"video[0].url": "https://a.example/v"},
		"unknown_field colour?":                  {"colour": "red"},
		"sale_price sale_price?":                 {"sale_price": "10 USD"},
	} {
		item, problems := NewSchema().Item(whole(change), "")
		if !Fatal(problems) {
			problems = append(problems, append(item.Sound(), item.Missing()...)...)
		}
		want, harmless := strings.CutSuffix(want, "?")
		if len(problems) != 1 || problems[0].Rule+" "+problems[0].Field != want || problems[0].Fatal == harmless || problems[0].Message == "" {
			t.Errorf("%s: %v", want, problems)
		}
	}
}
