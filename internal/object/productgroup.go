package object

// ProductGroup declares a product that comes in variants, each of which is an item.
func ProductGroup() *Type {
	return &Type{
		Name:    "productgroup",
		Display: "ProductGroup",
		Doc:     "A product that comes in variants, each of which is an item.",
		Prepare: []string{"productgroup"},
		Delete:  []string{"productgroup"},
		Scopes:  catalogScopes(),
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000032"),
			{Name: "retailer_id", Kind: String, Mode: Fixed | Default, MaxRunes: 100, Doc: "The shop's own number, unique in the catalog; the id when none was sent.", Example: "shoe-1"},
			{Name: "variants", Kind: List, Elem: Object, Mode: Editable, Support: Stored, Doc: "What the items differ by.", Example: `[{"product_field":"color","options":["red","blue"]}]`},
			{Name: "deletion_method", Kind: Enum, Enum: []string{"DELETE_ITEMS", "ONLY_IF_EMPTY"}, Mode: Update, Doc: "Of a DELETE: what becomes of the items; ONLY_IF_EMPTY by default.", Example: "DELETE_ITEMS"},
		}, taken(ID, "default_product_id"), catalogOf()),
		Edges: []Edge{
			{Name: "products", Target: "productitem", By: "product_group_id", Create: true, Doc: "The items of the group."},
		},
	}
}
