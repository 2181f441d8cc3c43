package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Limits of one filter.
const (
	maxFilterDepth  = 10
	maxFilterValues = 5000 // conditions and values in all
)

// Filter is the condition that makes a product set. The nil filter holds for every item.
type Filter struct {
	op     string    // "and", "or", "not", or an operator on a field
	parts  []*Filter // of and, or and not
	field  string
	texts  []string  // what to compare with; in lower case for operators without regard to case
	number []float64 // the same as numbers, for fields that are
}

// Subject is an item as a filter sees it.
type Subject struct {
	ID   string // "" for an item that is being made
	Item Item
	Now  int64 // unix seconds; a sale may have dates
}

// ParseFilter reads {"field":{"operator":value}}, {"and":[…]}, {"or":[…]} and {"not":{…}} as JSON decodes to them. Several members of one
// object must all hold. An empty object is no filter. Path is where it stands in the request.
func ParseFilter(raw map[string]any, path ...string) (*Filter, *object.Fault) {
	if len(raw) == 0 {
		return nil, nil
	}
	p := &filterParser{}
	f := p.object(raw, path, 1)
	return f, p.fault
}

// filterParser stops at the first thing that it does not understand.
type filterParser struct {
	values int
	fault  *object.Fault
}

// fail notes a fault, unless there is one, and gives what the caller returns.
func (p *filterParser) fail(path []string, rule, format string, args ...any) *Filter {
	if p.fault == nil {
		p.fault = object.Broken("product_set.filter."+rule, 0, fmt.Sprintf("filter: "+format, args...), slices.Clone(path)...)
	}
	return nil
}

// object reads one JSON object; its members must all hold.
func (p *filterParser) object(raw map[string]any, path []string, depth int) *Filter {
	switch {
	case depth > maxFilterDepth:
		return p.fail(path, "depth", "conditions are nested more than %d deep", maxFilterDepth)
	case len(raw) == 0:
		return p.fail(path, "empty", "a condition is empty")
	}
	all := &Filter{op: "and"}
	for _, name := range slices.Sorted(maps.Keys(raw)) {
		if f := p.member(name, raw[name], append(slices.Clone(path), name), depth); f != nil {
			all.parts = append(all.parts, f)
		}
	}
	if len(all.parts) == 1 {
		return all.parts[0]
	}
	return all
}

// member reads what stands under one name: conditions below a word, or operators on a field.
func (p *filterParser) member(name string, raw any, path []string, depth int) *Filter {
	if p.values++; p.values > maxFilterValues {
		return p.fail(path, "max", "there are more than %d conditions and values", maxFilterValues)
	}
	switch name {
	case "and", "or":
		list, isList := raw.([]any)
		if !isList || len(list) == 0 {
			return p.fail(path, "shape", "%q needs a list of conditions", name)
		}
		f := &Filter{op: name}
		for i, elem := range list {
			below, isObject := elem.(map[string]any)
			at := append(slices.Clone(path), strconv.Itoa(i))
			if !isObject {
				return p.fail(at, "shape", "each condition in %q must be an object", name)
			}
			f.parts = append(f.parts, p.object(below, at, depth+1))
		}
		return f
	case "not":
		below, isObject := raw.(map[string]any)
		if !isObject {
			return p.fail(path, "shape", `"not" needs one condition`)
		}
		return &Filter{op: "not", parts: []*Filter{p.object(below, path, depth+1)}}
	}
	return p.operators(name, raw, path)
}

// operators reads {"operator":value, …} on a field.
func (p *filterParser) operators(field string, raw any, path []string) *Filter {
	if _, known := filterFields()[field]; !known {
		return p.fail(path, "field", "%q is no field of an item that can be filtered by; those are %s", cut(field), strings.Join(slices.Sorted(maps.Keys(filterFields())), ", "))
	}
	ops, isObject := raw.(map[string]any)
	if !isObject || len(ops) == 0 {
		return p.fail(path, "shape", `%s needs an operator, as in {%q:{"eq":…}}`, field, field)
	}
	all := &Filter{op: "and"}
	for _, op := range slices.Sorted(maps.Keys(ops)) {
		if f := p.condition(field, op, ops[op], append(slices.Clone(path), op)); f != nil {
			all.parts = append(all.parts, f)
		}
	}
	if len(all.parts) == 1 {
		return all.parts[0]
	}
	return all
}

// condition reads one operator with what it compares to.
func (p *filterParser) condition(field, op string, raw any, path []string) *Filter {
	base, folded := strings.CutPrefix(op, "i_")
	if !slices.Contains(filterOperators(), base) || folded && slices.Contains([]string{"lt", "lte", "gt", "gte", "is_empty", "is_not_empty"}, base) {
		return p.fail(path, "operator", "%q is no operator; those are %s, and those on text with i_ in front", cut(op), strings.Join(filterOperators(), ", "))
	}
	f := &Filter{op: op, field: field}
	if base == "is_empty" || base == "is_not_empty" {
		return f
	}
	values, isList := raw.([]any)
	if many := base == "is_any" || base == "is_not_any"; many != isList {
		return p.fail(path, "value", "%s needs %s", op, map[bool]string{true: "a list", false: "one value, not a list"}[many])
	} else if !many {
		values = []any{raw}
	}
	if p.values += len(values); p.values > maxFilterValues {
		return p.fail(path, "max", "there are more than %d conditions and values", maxFilterValues)
	}
	ordered := slices.Contains([]string{"lt", "lte", "gt", "gte"}, base)
	if ordered && !filterFields()[field] {
		return p.fail(path, "operator", "%s compares numbers, and %s is text", op, field)
	}
	for i, value := range values {
		text := scalarText(value)
		if value == nil || text == "" && value != "" {
			return p.fail(path, "value", "%s compares with text or numbers", op)
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil && (ordered || filterFields()[field] && base != "contains" && base != "not_contains" && base != "starts_with") {
			return p.fail(path, "value", "%s is a number, and %q, value %d of %s, is none", field, cut(text), i, op)
		}
		if folded {
			text = strings.ToLower(text)
		}
		f.texts, f.number = append(f.texts, text), append(f.number, n)
	}
	return f
}

// filterOperators are what a condition can compare by.
func filterOperators() []string {
	return []string{"eq", "neq", "lt", "lte", "gt", "gte", "contains", "not_contains", "starts_with", "is_any", "is_not_any", "is_empty", "is_not_empty"}
}

// filterFields are what a condition can look at, and whether it is a number. Amounts are minor units.
func filterFields() map[string]bool {
	fields := map[string]bool{"price_amount": true, "price": true, "current_price": true, "sale_price": true, "sale_price_amount": true, "inventory": true,
		"quantity_to_sell_on_facebook": true, "custom_number_0": true, "custom_number_1": true, "custom_number_2": true, "custom_number_3": true, "custom_number_4": true}
	for name := range strings.FieldsSeq(`retailer_id name title description brand category google_product_category fb_product_category product_type availability
		condition gender age_group color size material pattern product_item_id item_group item_group_id retailer_product_group_id gtin url visibility
		currency custom_label_0 custom_label_1 custom_label_2 custom_label_3 custom_label_4`) {
		fields[name] = false
	}
	return fields
}

// FilterText is a filter as JSON, which is how sets read it back.
func FilterText(raw map[string]any) string {
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(raw); err != nil {
		return "" // what JSON decoded to can be encoded
	}
	return strings.TrimSpace(text.String())
}
