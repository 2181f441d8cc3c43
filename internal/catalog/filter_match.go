package catalog

import (
	"slices"
	"strconv"
	"strings"
)

// Matches reports whether an item meets the condition.
func (f *Filter) Matches(s Subject) bool {
	if f == nil {
		return true
	}
	matches := func(part *Filter) bool { return part.Matches(s) }
	switch f.op {
	case "and":
		return !slices.ContainsFunc(f.parts, func(part *Filter) bool { return !matches(part) })
	case "or":
		return slices.ContainsFunc(f.parts, matches)
	case "not":
		return !matches(f.parts[0])
	}
	text, number, isNumber := s.value(f.field)
	base, folded := strings.CutPrefix(f.op, "i_")
	if folded {
		text = strings.ToLower(text)
	}
	switch base {
	case "is_empty":
		return text == ""
	case "is_not_empty":
		return text != ""
	case "lt", "lte", "gt", "gte":
		return isNumber && ordered(base, number, f.number[0])
	}
	affirmed, denied := strings.CutPrefix(base, "not_")
	if !denied {
		affirmed, denied = strings.CutPrefix(base, "n")
	}
	if base == "is_not_any" {
		affirmed, denied = "is_any", true
	}
	return f.affirms(affirmed, text, number, isNumber) != denied
}

// Pinned are the only values of retailer_id that an item which meets the condition can have, when the condition names them.
func (f *Filter) Pinned() (retailerIDs []string, known bool) {
	switch {
	case f == nil:
		return nil, false
	case f.op == "and":
		for _, part := range f.parts {
			if ids, known := part.Pinned(); known {
				return ids, true
			}
		}
	case f.field == "retailer_id" && (f.op == "eq" || f.op == "is_any"):
		return f.texts, true
	}
	return nil, false
}

// affirms compares by an operator that does not deny. Numbers are equal by size, however they were written.
func (f *Filter) affirms(op, text string, number float64, isNumber bool) bool {
	switch op {
	case "contains":
		return strings.Contains(text, f.texts[0])
	case "starts_with":
		return strings.HasPrefix(text, f.texts[0])
	}
	if isNumber {
		return slices.Contains(f.number, number)
	}
	return slices.Contains(f.texts, text)
}

// ordered compares by size.
func ordered(op string, a, b float64) bool {
	switch op {
	case "lt":
		return a < b
	case "lte":
		return a <= b
	case "gt":
		return a > b
	}
	return a >= b
}

// value is what a field of the filter language holds, as text and, for an amount, as a number; "" where there is nothing.
func (s Subject) value(field string) (text string, number float64, isNumber bool) {
	amount := func(n int64, known bool) (string, float64, bool) {
		if !known {
			return "", 0, false
		}
		return strconv.FormatInt(n, 10), float64(n), true
	}
	switch field {
	case "product_item_id":
		return s.ID, 0, false
	case "price_amount", "price":
		return amount(s.Item.Amount("price"))
	case "sale_price_amount":
		return amount(s.Item.Amount("sale_price"))
	case "current_price":
		return amount(s.Item.CurrentPrice(s.Now))
	case "title":
		field = "name"
	case "google_product_category":
		field = "category"
	case "item_group", "item_group_id":
		field = "retailer_product_group_id"
	}
	if n, known := s.Item.Amount(field); known {
		return amount(n, true)
	}
	return s.Item.Text(field), 0, false
}
