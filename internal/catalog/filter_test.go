package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/object"
)

// parsed reads a filter as a request carries it.
func parsed(text string) (*Filter, *object.Fault) {
	raw, err := object.DecodeJSON(text)
	if err != nil {
		return nil, object.Broken("json", 0, err.Error())
	}
	data, _ := object.Exact(raw).(map[string]any)
	return ParseFilter(data, "filter")
}

func TestMatches(t *testing.T) {
	shoe := Subject{ID: "7", Now: 100, Item: Item{"retailer_id": "sku-1", "name": "Red Shoe", "product_type": "Running Shoes", "price": int64(999), "currency": "USD", "brand": "",
		"sale_price": int64(500), "sale_price_end_date": int64(100), "custom_number_0": int64(3), "retailer_product_group_id": "g", "category": "Apparel"}}
	for text, want := range map[string]bool{
		`{}`: true,
		`{"retailer_id":{"is_any":["a","sku-1"]}}`: true, `{"retailer_id":{"is_not_any":["a","sku-1"]}}`: false, `{"retailer_id":{"i_is_any":["SKU-1"]}}`: true,
		`{"product_type":{"i_contains":"shoe"}}`: true, `{"product_type":{"contains":"shoe"}}`: false, `{"product_type":{"i_not_contains":"shoe"}}`: false,
		`{"product_type":{"not_contains":"shoe"}}`: true, `{"name":{"starts_with":"Red"}}`: true, `{"title":{"i_starts_with":"red"}}`: true,
		`{"name":{"eq":"Red Shoe"}}`: true, `{"name":{"neq":"Red Shoe"}}`: false, `{"name":{"eq":"red shoe"}}`: false, `{"name":{"i_eq":"red shoe"}}`: true,
		`{"price_amount":{"gt":998}}`: true, `{"price_amount":{"gt":"999"}}`: false, `{"price_amount":{"gte":999,"lte":999}}`: true, `{"price_amount":{"lt":999}}`: false,
		`{"price_amount":{"eq":"999.0"}}`: true, `{"current_price":{"eq":999}}`: true, `{"sale_price":{"lt":600}}`: true, `{"custom_number_0":{"is_any":[1,3]}}`: true,
		`{"custom_number_1":{"lt":5}}`: false, `{"custom_number_1":{"neq":5}}`: true, `{"custom_number_1":{"is_empty":1}}`: true,
		`{"brand":{"is_empty":""}}`: true, `{"brand":{"is_not_empty":""}}`: false, `{"color":{"is_empty":true}}`: true, `{"item_group":{"eq":"g"}}`: true,
		`{"google_product_category":{"eq":"Apparel"}}`: true, `{"product_item_id":{"is_any":["7"]}}`: true,
		`{"and":[{"name":{"contains":"Red"}},{"price_amount":{"lt":5}}]}`: false, `{"or":[{"name":{"contains":"Red"}},{"price_amount":{"lt":5}}]}`: true,
		`{"not":{"name":{"contains":"Red"}}}`: false, `{"name":{"contains":"Red"},"price_amount":{"lt":5}}`: false,
	} {
		f, fault := parsed(text)
		if fault != nil || f.Matches(shoe) != want {
			t.Errorf("%s: %v, want %v", text, fault, want)
		}
	}
}

func TestPinned(t *testing.T) {
	for text, want := range map[string][]string{
		`{"retailer_id":{"eq":"a"}}`: {"a"}, `{"and":[{"name":{"eq":"x"}},{"retailer_id":{"is_any":["a","b"]}}]}`: {"a", "b"},
		`{"or":[{"retailer_id":{"eq":"a"}}]}`: nil, `{"not":{"retailer_id":{"eq":"a"}}}`: nil, `{"retailer_id":{"i_eq":"a"}}`: nil, `{}`: nil,
	} {
		f, fault := parsed(text)
		if got, known := f.Pinned(); fault != nil || known != (want != nil) || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", text, got, fault)
		}
	}
}

// What is no filter is refused at the place that is wrong.
func TestParseFilterRefuses(t *testing.T) {
	deep := strings.Repeat(`{"not":`, 12) + `{"name":{"eq":"a"}}` + strings.Repeat("}", 12)
	for text, want := range map[string]string{
		`{"colour":{"eq":"red"}}`:                         "field filter.colour",
		`{"name":{"like":"red"}}`:                         "operator filter.name.like",
		`{"price_amount":{"i_gt":1}}`:                     "operator filter.price_amount.i_gt",
		`{"name":{"gt":1}}`:                               "operator filter.name.gt",
		`{"price_amount":{"gt":"cheap"}}`:                 "value filter.price_amount.gt",
		`{"name":{"is_any":"a"}}`:                         "value filter.name.is_any",
		`{"name":{"eq":["a"]}}`:                           "value filter.name.eq",
		`{"name":{"eq":null}}`:                            "value filter.name.eq",
		`{"name":"red"}`:                                  "shape filter.name",
		`{"or":{"name":{"eq":"a"}}}`:                      "shape filter.or",
		`{"and":[{"name":{"eq":"a"}},"b"]}`:               "shape filter.and.1",
		`{"and":[{}]}`:                                    "empty filter.and.0",
		`{"not":[]}`:                                      "shape filter.not",
		`{"or":[{"name":{"eq":"a"}},{"nam":{"eq":"a"}}]}`: "field filter.or.1.nam",
		deep: "depth " + "filter" + strings.Repeat(".not", 10),
		`{"name":{"is_any":["` + strings.Repeat(`a","`, 5000) + `"]}}`: "max filter.name.is_any",
	} {
		_, fault := parsed(text)
		if fault == nil || strings.TrimPrefix(fault.Rule, "product_set.filter.")+" "+strings.Join(fault.Path, ".") != want {
			t.Errorf("%.60s: %+v, want %s", text, fault, want)
		}
	}
}

// naive is the filter language spelled out over the JSON itself.
func naive(raw map[string]any, it Item) bool {
	for name, below := range raw {
		holds := true
		switch name {
		case "and", "or":
			holds = name == "and"
			for _, part := range below.([]any) {
				if naive(part.(map[string]any), it) != holds {
					holds = !holds
					break
				}
			}
		case "not":
			holds = !naive(below.(map[string]any), it)
		default:
			for op, value := range below.(map[string]any) {
				holds = holds && compares(op, it[name], value)
			}
		}
		if !holds {
			return false
		}
	}
	return true
}

// compares is one operator on one value; numbers are compared as the text that they are, or by size.
func compares(op string, has, value any) bool {
	text := ""
	if has != nil {
		text = fmt.Sprint(has)
	}
	sent := fmt.Sprint(value)
	if strings.HasPrefix(op, "i_") {
		text, sent, op = strings.ToLower(text), strings.ToLower(sent), op[2:]
	}
	n, isNumber := has.(int64)
	m, _ := value.(int64)
	switch op {
	case "eq":
		return text == sent
	case "neq":
		return text != sent
	case "contains":
		return strings.Contains(text, sent)
	case "not_contains":
		return !strings.Contains(text, sent)
	case "starts_with":
		return strings.HasPrefix(text, sent)
	case "is_any", "is_not_any":
		return slices.ContainsFunc(value.([]any), func(v any) bool { return fmt.Sprint(v) == text }) == (op == "is_any")
	case "is_empty":
		return text == ""
	case "is_not_empty":
		return text != ""
	case "lt":
		return isNumber && n < m
	case "lte":
		return isNumber && n <= m
	case "gt":
		return isNumber && n > m
	}
	return isNumber && n >= m
}

// drawFilter makes a filter of any shape.
func drawFilter(t *rapid.T, depth int) map[string]any {
	words := []string{"a", "B", "ab", "AB", ""}
	switch kind := rapid.IntRange(0, 4).Draw(t, "kind"); {
	case kind == 0 && depth > 0:
		op := rapid.SampledFrom([]string{"and", "or"}).Draw(t, "op")
		return map[string]any{op: []any{drawFilter(t, depth-1), drawFilter(t, depth-1)}}
	case kind == 1 && depth > 0:
		return map[string]any{"not": drawFilter(t, depth-1)}
	case kind == 2:
		op := rapid.SampledFrom([]string{"eq", "neq", "lt", "lte", "gt", "gte", "is_empty", "is_not_empty"}).Draw(t, "op")
		return map[string]any{"custom_number_0": map[string]any{op: rapid.Int64Range(0, 3).Draw(t, "n")}}
	case kind == 3:
		op := rapid.SampledFrom([]string{"is_any", "is_not_any"}).Draw(t, "op")
		return map[string]any{"brand": map[string]any{op: []any{rapid.SampledFrom(words).Draw(t, "x"), rapid.SampledFrom(words).Draw(t, "y")}}}
	}
	op := rapid.SampledFrom([]string{"eq", "neq", "contains", "not_contains", "i_contains", "i_not_contains", "starts_with", "i_starts_with"}).Draw(t, "op")
	return map[string]any{"brand": map[string]any{op: rapid.SampledFrom(words).Draw(t, "word")}}
}

// Membership is what the language says, for every filter and item.
func TestMatchesAsSpelledOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw, item := drawFilter(t, 3), Item{}
		if rapid.Bool().Draw(t, "branded") {
			item["brand"] = rapid.SampledFrom([]string{"a", "AB", "b", ""}).Draw(t, "brand")
		}
		if rapid.Bool().Draw(t, "numbered") {
			item["custom_number_0"] = rapid.Int64Range(0, 3).Draw(t, "number")
		}
		f, fault := ParseFilter(raw)
		if fault != nil {
			t.Fatal(fault)
		}
		if want := naive(raw, item); f.Matches(Subject{Item: item}) != want {
			t.Errorf("%s on %v, want %v", FilterText(raw), item, want)
		}
	})
}

// FuzzFilter parses anything; what is accepted can be evaluated and reads back to the same.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{`{"and":[{"name":{"i_contains":"a"}},{"not":{"price_amount":{"gt":1}}}]}`, `{"brand":{"is_any":["a"]}}`, `{"brand":{"is_empty":1}}`} {
		f.Add(seed)
	}
	item := Subject{Item: Item{"name": "a", "price": int64(5), "brand": "B"}}
	f.Fuzz(func(t *testing.T, text string) {
		filter, fault := parsed(text)
		if fault != nil {
			return
		}
		var raw map[string]any
		if json.Unmarshal([]byte(text), &raw) != nil {
			return
		}
		again, fault := parsed(FilterText(raw))
		if fault != nil || again.Matches(item) != filter.Matches(item) {
			t.Errorf("%q reads back as %q: %v", text, FilterText(raw), fault)
		}
	})
}
