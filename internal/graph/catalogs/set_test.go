package catalogs_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// members are the shop's numbers of a set's items, sorted.
func (s shop) members(set string) []string {
	s.Helper()
	skus := []string{}
	for _, sku := range s.list(set+"/products", "retailer_id", nil) {
		skus = append(skus, sku.(string))
	}
	slices.Sort(skus)
	return skus
}

func TestSet(t *testing.T) {
	s := newShop(t)
	all := s.list(s.catalog+"/product_sets", "name", nil)
	if diff := cmp.Diff([]any{"All products"}, all); diff != "" {
		t.Error(diff)
	}
	first := s.make("products", item("a", fields{"product_type": "Running Shoes"}))
	s.make("products", item("b", fields{"product_type": "Hats"}))
	set := s.make("product_sets", fields{"name": "Shoes", "filter": `{"product_type":{"i_contains":"shoe"}}`, "retailer_id": "shoes", "metadata": fields{"description": "For feet"}})
	got := s.get(set, "name,filter,product_count,product_catalog{id},latest_metadata,live_metadata")
	want := fields{"id": set, "name": "Shoes", "filter": `{"product_type":{"i_contains":"shoe"}}`, "product_count": 1.0, "product_catalog": fields{"id": s.catalog},
		"latest_metadata": fields{"description": "For feet"}, "live_metadata": fields{"description": "For feet"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"Shoes", "All products"}, s.list(first+"/product_sets", "name", nil)); diff != "" {
		t.Error(diff)
	}
	s.make("products", item("c", fields{"product_type": "shoe"}))
	s.Do("POST", first, fields{"product_type": "Sandals"})
	if diff := cmp.Diff([]string{"c"}, s.members(set)); diff != "" {
		t.Error(diff)
	}
	s.Do("POST", set, fields{"filter": fields{"product_type": fields{"is_any": []any{"Sandals", "Hats"}}}})
	if diff := cmp.Diff([]string{"a", "b"}, s.members(set)); diff != "" {
		t.Error(diff)
	}
	if got := s.list(s.catalog+"/product_sets", "id", map[string][]string{"retailer_id": {"shoes"}}); len(got) != 1 || got[0] != set {
		t.Error(got)
	}
	s.wantFault(s.Do("POST", s.catalog+"/product_sets", fields{"name": "Again", "retailer_id": "shoes"}), "already")
	s.wantFault(s.Do("POST", s.catalog+"/product_sets", fields{"name": "Odd", "filter": fields{"colour": fields{"eq": "red"}}}), "no field of an item")
	if got := s.get(s.catalog, "product_count,feed_count,business"); got["product_count"] != 3.0 || got["feed_count"] != 0.0 {
		t.Error(got)
	}
}

// A set that a creative shows, and the catalog that it is in, are deleted only when the caller insists.
func TestDeleteSetInUse(t *testing.T) {
	s := newShop(t)
	s.make("products", item("a", nil))
	set := s.make("product_sets", fields{"name": "Everything"})
	creative := fields{"name": "Catalog", "product_set_id": set, "object_story_spec": fields{"page_id": s.PageID, "template_data": fields{"link": "https://shop.example", "message": "{{product.name}}"}}}
	made := id(t, s.Do("POST", s.Account("adcreatives"), creative))
	creative["product_set_id"] = "999"
	refused := s.Do("POST", s.Account("adcreatives"), creative)
	s.wantFault(refused, "does not exist")
	if got := refused["error"].(fields)["error_subcode"]; got != 1487831.0 {
		t.Errorf("subcode %v", got)
	}
	s.wantFault(s.Do("DELETE", set, nil), "allow_live_product_set_deletion=true")
	s.wantFault(s.Do("DELETE", s.catalog, nil), "allow_delete_catalog_with_live_product_set=true")
	if got := s.Do("DELETE", set, fields{"allow_live_product_set_deletion": true}); got["success"] != true {
		t.Error(got)
	}
	if got := s.Do("DELETE", s.catalog, nil); got["success"] != true {
		t.Error(got)
	}
	s.wantFault(s.get(s.catalog, "id"), "does not exist")
	if got := s.get(made, "product_set_id"); got["product_set_id"] != set {
		t.Error(got)
	}
}

// A catalog can belong to a business and to no account.
func TestBusinessCatalog(t *testing.T) {
	s := newShop(t)
	owned := id(t, s.Do("POST", s.BusinessID+"/owned_product_catalogs", fields{"name": "Owned", "vertical": "commerce"}))
	s.wantFault(s.Do("POST", s.BusinessID+"/owned_product_catalogs", fields{"name": "Odd", "vertical": "cars"}), "vertical must be one of")
	id(t, s.Do("POST", owned+"/products", item("a", nil)))
	if got := s.get(owned, "product_count,business,vertical"); got["product_count"] != 1.0 || got["business"].(fields)["id"] != s.BusinessID || got["vertical"] != "commerce" {
		t.Error(got)
	}
	if diff := cmp.Diff([]any{owned}, s.list(s.BusinessID+"/owned_product_catalogs", "id", nil)); diff != "" {
		t.Error(diff)
	}
	if got := s.Do("POST", owned+"/external_event_sources", fields{"external_event_sources": []string{s.PixelID}}); got["success"] != true {
		t.Error(got)
	}
	if diff := cmp.Diff([]any{s.PixelID}, s.list(owned+"/external_event_sources", "id", nil)); diff != "" {
		t.Error(diff)
	}
	s.wantFault(s.Do("POST", owned+"/external_event_sources", fields{"external_event_sources": []string{owned}}), "no pixel")
	s.Do("DELETE", owned+"/external_event_sources", fields{"external_event_sources": []string{s.PixelID}})
	if got := s.list(owned+"/external_event_sources", "id", nil); len(got) > 0 {
		t.Error(got)
	}
	s.wantFault(s.Do("GET", owned+"/vehicles", nil), "not emulated")
}

// However items and sets come, change and go, a set has the items that its condition names.
func TestMembershipIsKept(t *testing.T) {
	s := newShop(t)
	rapid.Check(t, func(t *rapid.T) {
		made := id(s, s.Do("POST", s.Account("product_catalogs"), fields{"name": "Shop"}))
		c := shop{s.Site, made}
		prices, sets := map[string]int{}, map[string]int{} // price by SKU; the least price by set
		latest := ""
		for range rapid.IntRange(3, 10).Draw(t, "steps") {
			sku, n := fmt.Sprint("sku-", rapid.IntRange(1, 4).Draw(t, "sku")), rapid.IntRange(1, 4).Draw(t, "n")
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				latest = c.make("product_sets", fields{"name": "At least", "filter": fields{"price_amount": fields{"gte": n}}})
				sets[latest] = n
			case 1:
				if latest != "" {
					c.Do("POST", latest, fields{"filter": fields{"price_amount": fields{"gte": n}}})
					sets[latest] = n
				}
			case 2:
				c.make("products", item(sku, fields{"price": n}))
				prices[sku] = n
			case 3:
				c.Do("POST", c.catalog+"/items_batch", fields{"item_type": "PRODUCT_ITEM", "requests": []any{fields{"method": "DELETE", "data": fields{"id": sku}}}})
				delete(prices, sku)
			}
		}
		for set, least := range sets {
			want := []string{}
			for sku, price := range prices {
				if price >= least {
					want = append(want, sku)
				}
			}
			slices.Sort(want)
			if diff := cmp.Diff(want, c.members(set)); diff != "" {
				t.Errorf("at least %d of %v: %s", least, prices, diff)
			}
		}
	})
}
