package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// Schema reads items in a feed's words. It is made once and not changed.
type Schema struct {
	columns map[string]column
}

// column is how one column of a feed becomes fields of the API.
type column struct {
	name  string
	field *object.Field                                         // the field that it fills
	read  func(r *reading, c column, value any) (any, *Problem) // nil coerces to the field's kind
}

// renamed are the columns whose field has another name, as "column field".
func renamed() [][2]string {
	return [][2]string{
		{"id", "retailer_id"}, {"title", "name"}, {"link", "url"}, {"image_link", "image_url"}, {"additional_image_link", "additional_image_urls"},
		{"item_group_id", "retailer_product_group_id"}, {"google_product_category", "category"}, {"mpn", "manufacturer_part_number"},
		{"quantity_to_sell_on_facebook", "quantity_to_sell_on_facebook"}, {"status", "visibility"}, {"product_tags", "tags"},
	}
}

// same are the columns that are called as their fields are.
func same() []string {
	return strings.Fields(`description rich_text_description short_description availability condition mobile_link brand fb_product_category product_type
		color size gender age_group material pattern gtin inventory visibility price sale_price sale_price_start_date sale_price_end_date
		custom_label_0 custom_label_1 custom_label_2 custom_label_3 custom_label_4 custom_number_0 custom_number_1 custom_number_2 custom_number_3
		custom_number_4 origin_country importer_name manufacturer_info wa_compliance_category expiration_date start_date`)
}

// NewSchema derives the columns from an item's declaration, so that both ways of writing an item have the same limits.
func NewSchema() *Schema {
	item := object.ProductItem()
	s := &Schema{columns: map[string]column{}}
	add := func(name, field string) {
		s.columns[name] = column{name: name, field: item.Field(field), read: special(name)}
	}
	for _, pair := range renamed() {
		add(pair[0], pair[1])
	}
	for _, name := range same() {
		add(name, name)
	}
	return s
}

// dropped reports whether a column is one of the platform's, or of Google's, that no field of an item holds.
func dropped(name string) bool {
	for _, begins := range []string{"applink.", "video[", "video_", "shipping", "product_detail", "additional_variant_attribute", "unit_pricing_"} {
		if strings.HasPrefix(name, begins) {
			return true
		}
	}
	return slices.Contains(strings.Fields(`adult availability_date checkout_url commerce_tax_category energy_efficiency_class identifier_exists internal_label
		is_bundle launch_date loyalty_points marked_for_product_launch max_handling_time min_handling_time multipack product_highlight promotion_id
		return_policy_days size_system size_type tax unit_price video`), name)
}

// special is how columns are read that hold more than one value of a kind; nil for all others.
func special(name string) func(*reading, column, any) (any, *Problem) {
	switch name {
	case "price", "sale_price":
		return (*reading).price
	case "status", "visibility":
		return (*reading).visibility
	case "availability", "condition", "gender", "age_group":
		return (*reading).word
	}
	return nil
}

// reading is one item on its way from cells to fields.
type reading struct {
	item     Item
	currency string // of prices that name none
	problems []Problem
}

// Item reads one item's cells: text, or what JSON decodes to where the feed or batch was JSON. An empty cell says nothing. What cannot
// be read is a fatal problem, and a cell of no known column a warning; both are left out.
func (s *Schema) Item(cells map[string]any, currency string) (Item, []Problem) {
	r := &reading{item: Item{}, currency: currency}
	if text := scalarText(cells["currency"]); text != "" {
		r.currency = text
	}
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		if empty(cells[name]) {
			continue
		}
		switch c, known := s.columns[name]; {
		case known:
			r.cell(c, cells[name])
		case name == "sale_price_effective_date":
			r.sale(cells[name])
		case name == "image":
			r.images(cells[name])
		case name == "currency" || name == "item_type":
		case dropped(name):
			r.problems = append(r.problems, Problem{Rule: "ignored_field", Field: cut(name), Message: cut(name) + " is not kept here"})
		default:
			r.problems = append(r.problems, Problem{Rule: "unknown_field", Field: cut(name), Message: cut(name) + " is no column of a product feed"})
		}
	}
	return r.item, r.problems
}

// cell reads one cell into its field.
func (r *reading) cell(c column, value any) {
	if c.field.Kind != object.List {
		value = first(value)
	}
	if c.read != nil {
		read, problem := c.read(r, c, value)
		if problem != nil {
			r.problems = append(r.problems, *problem)
			return
		}
		r.item[c.field.Name] = read
		return
	}
	if text, isText := value.(string); isText && c.field.Kind == object.String {
		value = strings.TrimSpace(text)
	}
	r.coerce(c.field, c.name, value)
}

// coerce reads a value into a field by its kind.
func (r *reading) coerce(f *object.Field, as string, value any) {
	read, fault := f.Coerce(as, value, nil)
	if fault != nil {
		rule := "invalid_value"
		if fault.Limit > 0 {
			rule = "too_long"
		}
		r.problems = append(r.problems, fatal(rule, as, strings.TrimPrefix(fault.Message, "(#100) Param ")))
	} else if read != nil {
		r.item[f.Name] = read
	}
}

// price reads an amount with its currency, which is the item's; both prices have the same.
func (r *reading) price(c column, value any) (any, *Problem) {
	minor, currency, err := ParsePrice(scalarText(value), r.currency)
	if err != nil {
		p := fatal("invalid_price", c.name, err.Error())
		return nil, &p
	}
	if had := r.item.Text("currency"); had != "" && had != currency {
		p := fatal("invalid_currency", c.name, c.name+" must be in the currency of the price")
		return nil, &p
	}
	r.item["currency"] = currency
	return minor, nil
}

// word reads one of a few words, however it is written: "In_Stock" is "in stock".
func (r *reading) word(c column, value any) (any, *Problem) {
	text := strings.ToLower(strings.TrimSpace(scalarText(value)))
	for _, spelled := range []string{text, strings.ReplaceAll(text, "_", " "), strings.ReplaceAll(text, " ", "_")} {
		if slices.Contains(c.field.Enum, spelled) {
			return spelled, nil
		}
	}
	p := fatal("invalid_value", c.name, fmt.Sprintf("%s is %q and must be one of %s", c.name, cut(text), strings.Join(c.field.Enum, ", ")))
	return nil, &p
}

// visibility reads both the words of the column status and those of the field.
func (r *reading) visibility(c column, value any) (any, *Problem) {
	switch text := strings.ToLower(strings.TrimSpace(scalarText(value))); text {
	case "active", "published":
		return "published", nil
	case "archived", "staging", "hidden":
		return "staging", nil
	}
	p := fatal("invalid_value", c.name, c.name+" must be active or archived")
	return nil, &p
}

// sale reads "2026-01-31T08:00-0800/2026-02-28T23:59-0800".
func (r *reading) sale(value any) {
	const name = "sale_price_effective_date"
	start, end, ok := strings.Cut(scalarText(first(value)), "/")
	if !ok {
		r.problems = append(r.problems, fatal("invalid_date", name, name+" must be two times with a slash between them"))
		return
	}
	r.coerce(&object.Field{Name: "sale_price_start_date", Kind: object.Time}, name, start)
	r.coerce(&object.Field{Name: "sale_price_end_date", Kind: object.Time}, name, end)
}

// images reads [{"url":"…","tag":["…"]}, …]: the first is the item's picture, the others are additional. Tags are not kept.
func (r *reading) images(value any) {
	f := object.Field{Name: "image", Kind: object.List, Elem: object.Object}
	list, fault := f.Coerce("image", value, nil)
	if fault != nil {
		r.problems = append(r.problems, fatal("invalid_value", "image", `image must be a list such as [{"url":"https://…"}]`))
		return
	}
	var more []any
	for i, image := range list.([]any) {
		link := object.Text(image.(map[string]any), "url")
		if i == 0 {
			r.item["image_url"] = link
		} else {
			more = append(more, link)
		}
	}
	if len(more) > 0 {
		r.item["additional_image_urls"] = more
	}
}

// first is the only value of a cell that should have one: of a list, its beginning.
func first(value any) any {
	if list, isList := value.([]any); isList && len(list) > 0 {
		return list[0]
	}
	return value
}

// empty reports whether a cell says nothing.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(v) == ""
	case []any:
		return len(v) == 0
	}
	return false
}

// scalarText is a cell as a table would have it; "" for lists and objects.
func scalarText(value any) string {
	switch value.(type) {
	case nil, map[string]any, []any:
		return ""
	}
	return fmt.Sprint(value)
}

// cut keeps a caller's text short in messages.
func cut(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
