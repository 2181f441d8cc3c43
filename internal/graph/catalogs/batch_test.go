package catalogs_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// op is one request of a batch.
func op(method string, data fields) fields { return fields{"method": method, "data": data} }

func TestItemsBatch(t *testing.T) {
	s := newShop(t)
	send := func(upsert bool, requests ...any) fields {
		return s.Do("POST", s.catalog+"/items_batch", fields{"item_type": "PRODUCT_ITEM", "allow_upsert": upsert, "requests": requests})
	}
	answer := send(true, op("CREATE", entry("a", fields{"color": "red"})), op("UPDATE", entry("b", nil)), op("CREATE", fields{"id": "c"}), op("DELETE", fields{"id": "never"}),
		op("UPDATE", fields{"title": "no id"}), op("PATCH", entry("d", nil)), op("UPDATE", entry("a", nil)), op("CREATE", entry("e", fields{"colour": "red"})))
	problems := map[any][2]int{}
	for _, one := range answer["validation_status"].([]any) {
		v := one.(fields)
		problems[v["retailer_id"]] = [2]int{len(v["errors"].([]any)), len(v["warnings"].([]any))}
	}
	if diff := cmp.Diff(map[any][2]int{"c": {8, 0}, "never": {1, 0}, "": {1, 0}, "d": {1, 0}, "a": {1, 0}, "e": {0, 1}}, problems); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"e", "b", "a"}, s.list(s.catalog+"/products", "retailer_id", nil)); diff != "" {
		t.Error(diff)
	}
	handle := answer["handles"].([]any)[0].(string)
	path := s.catalog + "/check_batch_request_status?handle=" + url.QueryEscape(handle)
	status := s.Do("GET", path+"&load_ids_of_invalid_requests=true", nil)["data"].([]any)[0].(fields)
	if status["status"] != "finished" || status["handle"] != handle || status["errors_total_count"] != 12.0 || status["warnings_total_count"] != 1.0 || len(status["errors"].([]any)) != 12 {
		t.Error(status)
	}
	if diff := cmp.Diff([]any{"c", "never", "d", "a"}, status["ids_of_invalid_requests"]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(fields{"line": 6.0, "id": "d", "message": "method must be CREATE, UPDATE or DELETE"}, status["errors"].([]any)[10]); diff != "" {
		t.Error(diff)
	}
	send(true, op("UPDATE", fields{"id": "a", "price": "5 USD"}), op("CREATE", entry("b", fields{"title": "Anew"})), op("DELETE", fields{"id": "e"}))
	if diff := cmp.Diff([]any{"$9.99", "$5.00"}, s.list(s.catalog+"/products", "price", nil)); diff != "" {
		t.Error(diff)
	}
	if got := send(false, op("UPDATE", entry("new", nil)))["validation_status"].([]any); len(got) != 1 {
		t.Error(got)
	}
	s.wantFault(s.Do("GET", s.catalog+"/check_batch_request_status?handle=x", nil), "names no batch")
	s.wantFault(s.Do("GET", s.catalog+"/check_batch_request_status", nil), "handle is required")
	s.wantFault(s.Do("POST", s.catalog+"/items_batch", fields{"item_type": "HOTEL", "requests": []any{}}), "item_type must be one of")
	s.wantFault(s.Do("POST", s.catalog+"/items_batch", fields{"item_type": "PRODUCT_ITEM"}), "requests is required")
	s.wantFault(s.Do("POST", s.catalog+"/items_batch", fields{"item_type": "PRODUCT_ITEM", "requests": make([]fields, 5001)}), "at most 5000")
}

// One client sends a list of nothing, as text in JSON. There is nothing to do, and it is done.
func TestEmptyBatch(t *testing.T) {
	s := newShop(t)
	answer := s.Do("POST", s.catalog+"/items_batch", fields{"item_type": "PRODUCT_ITEM", "requests": "[]"})
	if len(answer["handles"].([]any)) != 1 || len(answer["validation_status"].([]any)) != 0 {
		t.Error(answer)
	}
}

// The older form has the API's names, minor units, and the id beside the data.
func TestOlderBatch(t *testing.T) {
	s := newShop(t)
	answer := s.Do("POST", s.catalog+"/batch", fields{"requests": []any{
		fields{"method": "CREATE", "retailer_id": "a", "data": item("a", fields{"price": 1234})},
		fields{"method": "UPDATE", "retailer_id": "b", "data": fields{"price": "12.5"}},
		fields{"method": "UPDATE", "data": fields{"price": 1}},
	}})
	if _, more := answer["validation_status"]; more || len(answer["handles"].([]any)) != 1 {
		t.Error(answer)
	}
	s.Do("POST", s.catalog+"/batch", fields{"requests": []any{fields{"method": "UPDATE", "retailer_id": "a", "data": fields{"availability": "out of stock", "title": "x"}}}})
	got := s.Do("GET", s.catalog+"/products?fields=price,availability,name", nil)["data"].([]any)
	if len(got) != 1 {
		t.Fatal(got)
	}
	delete(got[0].(fields), "id")
	if diff := cmp.Diff(fields{"price": "$12.34", "availability": "out of stock", "name": "Item a"}, got[0]); diff != "" {
		t.Error(diff)
	}
}
