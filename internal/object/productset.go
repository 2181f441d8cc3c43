package object

// ProductSet declares the items of a catalog that meet a condition.
func ProductSet() *Type {
	return &Type{
		Name:    "productset",
		Display: "ProductSet",
		Doc:     "The items of a catalog that meet a condition; without one, all of them.",
		Prepare: []string{"productset"},
		Delete:  []string{"productset"},
		Scopes:  catalogScopes(),
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000033"),
			{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Summer"},
			{Name: "filter", Kind: Object, Reads: String, Mode: Editable | Default, Compute: "productset.filter", Doc: "The condition; reads back as JSON text.", Example: `{"product_type":{"i_contains":"shoe"}}`},
			{Name: "product_count", Kind: Int, Mode: Derived, Compute: "productset.product_count", Doc: "How many items are in it.", Example: "12"},
			{Name: "retailer_id", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "The shop's own number, unique in the catalog.", Example: "summer"},
			{Name: "metadata", Kind: Object, Mode: Create | Update, Support: Stored, Doc: "How the set is described; reads back as latest_metadata.", Example: `{"description":"Light things"}`},
			{Name: "latest_metadata", Kind: Object, Mode: Derived, Support: Stored, Doc: "What was sent as metadata."},
			{Name: "live_metadata", Kind: Object, Mode: Derived, Compute: "productset.live_metadata", Support: Stored, Doc: "The same: nothing waits for review."},
			{Name: "ordering_info", Kind: List, Elem: Int, Mode: Editable, Support: Stored, Doc: "In which order to show the items.", Example: "[0]"},
			{Name: "allow_live_product_set_deletion", Kind: Bool, Mode: Update, Doc: "Of a DELETE: also when a creative shows the set.", Example: "true"},
		}, taken(Any, "publish_to_shops"), unset(String, "auto_creation_url"), catalogOf()),
		Edges: append([]Edge{
			{Name: "products", Target: "productitem", By: "set_ids", Filter: "products", Params: productParams(), Doc: "The items in the set."},
		}, elsewhere()...),
	}
}
