package object

// ProductCatalog declares a list of what a shop sells.
func ProductCatalog() *Type {
	return &Type{
		Name:    "productcatalog",
		Display: "ProductCatalog",
		Doc:     "What a shop sells: items, the feeds they come from, and the sets that ads show.",
		Prepare: []string{"productcatalog"},
		Delete:  []string{"productcatalog"},
		Scopes:  catalogScopes(),
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000030"),
			{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Shoes"},
			{Name: "vertical", Kind: Enum, Enum: verticals(), Mode: Fixed, Preset: "commerce", Support: Stored, Doc: "What kind of thing the items are.", Example: "commerce"},
			{Name: "product_count", Kind: Int, Mode: Derived, Compute: "productcatalog.product_count", Doc: "How many items there are.", Example: "120"},
			{Name: "feed_count", Kind: Int, Mode: Derived, Compute: "productcatalog.feed_count", Doc: "How many feeds there are.", Example: "1"},
			{Name: "da_display_settings", Kind: Object, Mode: Editable, Support: Stored, Doc: "How pictures are fitted into an ad.", Example: `{"carousel_ad":{"transformation_type":"none"}}`},
			{Name: "default_image_url", Kind: String, Mode: Editable, Support: Stored, MaxRunes: 2000, Doc: "The picture of items that have none.", Example: "https://shop.example/none.jpg"},
			{Name: "fallback_image_url", Kind: List, Elem: String, Mode: Editable, Support: Stored, Doc: "Pictures of items whose own cannot be shown.", Example: `["https://shop.example/none.jpg"]`},
			{Name: "business_id", Kind: ID, Ref: "business", Mode: Derived, Doc: "Ours: id of the business that owns it."},
			{Name: "business", Alias: []string{"owner_business"}, Kind: Object, Ref: "business", Mode: Derived, Doc: "The business that owns it, expanded."},
			{Name: "allow_delete_catalog_with_live_product_set", Kind: Bool, Mode: Update, Doc: "Of a DELETE: also when a creative shows one of its sets.", Example: "true"},
			accountField(),
			createdField(),
			updatedField(),
		},
			kept(Object, "store_catalog_settings"),
			taken(Any, "additional_vertical_option business_metadata destination_catalog_settings flight_catalog_settings partner_integration segment_use_cases"),
			named("catalog_segment_filter catalog_segment_product_set_id parent_catalog_id", Field{Kind: Any, Mode: Create, Support: Refused, Doc: "Catalogs are not cut out of others here."}),
			unset(Bool, "is_catalog_segment is_local_catalog show_assign_permissions"),
			unset(Time, "user_access_expire_time"),
			unset(Any, `ad_account_to_collaborative_ads_share_settings agency_collaborative_ads_share_settings catalog_store
				commerce_merchant_settings creator_user`),
		),
		Edges: append([]Edge{
			{Name: "products", Target: "productitem", By: "product_catalog_id", Create: true, Filter: "products", Params: productParams(), Doc: "Items of the catalog; a POST with the retailer_id of one changes that one."},
			{Name: "product_sets", Target: "productset", By: "product_catalog_id", Create: true, Filter: "product_sets", Params: []Field{
				{Name: "retailer_id", Kind: String, Doc: "Only sets with this id of the shop's.", Example: "summer"},
				{Name: "parent_id", Kind: ID, Support: Ignored, Doc: "Sets have no parents here."},
				{Name: "ancestor_id", Kind: ID, Support: Ignored, Doc: "Sets have no parents here."},
				{Name: "has_children", Kind: Bool, Support: Ignored, Doc: "Sets have no children here."},
			}, Doc: "Sets of items."},
			{Name: "product_feeds", Target: "productfeed", By: "product_catalog_id", Create: true, Doc: "Where items come from."},
			{Name: "product_groups", Target: "productgroup", By: "product_catalog_id", Create: true, Doc: "Items that are one product in several variants."},
			{Name: "items_batch", Action: "productcatalog.items_batch", Params: append(batchParams(), Field{Name: "item_type", Kind: String, Mode: Required, Doc: "Only PRODUCT_ITEM is emulated.", Example: "PRODUCT_ITEM"},
				Field{Name: "item_sub_type", Kind: String, Support: Ignored, Doc: "Accepted, without effect."}), Doc: "Up to 5000 changes of items, in a feed's words."},
			{Name: "batch", Action: "productcatalog.batch", Params: batchParams(), Doc: "The older form: up to 5000 changes of items, in the API's words."},
			{Name: "check_batch_request_status", Resolve: "productcatalog.batch_status", Params: []Field{
				{Name: "handle", Kind: String, Mode: Required, Doc: "What a batch answered.", Example: "AcvQ…"},
				{Name: "load_ids_of_invalid_requests", Kind: Bool, Doc: "Whether to name the items that were refused.", Example: "true"},
				{Name: "error_priority", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
			}, Doc: "What became of a batch."},
			{Name: "external_event_sources", Target: "adspixel", Resolve: "productcatalog.sources", Action: "productcatalog.join_sources", Delete: "productcatalog.part_sources", Params: []Field{
				{Name: "external_event_sources", Kind: List, Elem: ID, Doc: "The pixels to join or to part.", Example: `["120200000000000004"]`},
			}, Doc: "The pixels whose events tell which items people look at."},
		}, outside(`agencies assigned_users automotive_models catalog_store categories check_marketplace_partner_deals_status
			check_marketplace_partner_sellers_status collaborative_ads_lsb_image_bank collaborative_ads_share_settings cpas_lsb_image_bank
			creator_asset_creatives data_sources destinations diagnostics event_stats flights geolocated_items_batch home_listings
			hotel_rooms_batch hotels localized_items_batch marketplace_partner_deals_details marketplace_partner_sellers_details
			marketplace_partner_signals media_titles pricing_variables_batch product_sets_batch update_generated_image_config vehicle_offers
			vehicles version_configs version_items_batch`)...),
	}
}

// catalogScopes are what catalogs of no ad account, and all that is in them, ask for.
func catalogScopes() Scopes { return Scopes{Read: "catalog_management", Write: "catalog_management"} }

// verticals are the kinds of things that a catalog lists.
func verticals() []string {
	return []string{"adoptable_pets", "apps_and_software", "articles_and_publications", "commerce", "destinations", "flights", "generic",
		"home_listings", "hotels", "local_service_businesses", "media_titles", "offer_items", "offline_commerce", "services",
		"transactable_items", "vehicles"}
}

// catalogOf are the fields by which things know the catalog they are in.
func catalogOf() []Field {
	return []Field{
		{Name: "product_catalog_id", Kind: ID, Ref: "productcatalog", Mode: Derived, Doc: "Ours: id of the catalog.", Example: "120200000000000030"},
		{Name: "product_catalog", Kind: Object, Ref: "productcatalog", Mode: Derived, Doc: "The catalog, expanded."},
		accountField(),
		createdField(),
		updatedField(),
	}
}

// productParams choose among the items of a catalog, a feed or a set.
func productParams() []Field {
	return []Field{
		{Name: "filter", Kind: Object, Doc: "Only items that meet a condition, in the words of a product set's filter.", Example: `{"retailer_id":{"is_any":["sku-1"]}}`},
		{Name: "return_only_approved_products", Kind: Bool, Doc: "Only items whose review_status is approved.", Example: "true"},
		{Name: "bulk_pagination", Kind: Bool, Support: Ignored, Doc: "Accepted, without effect."},
		{Name: "error_priority", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
		{Name: "error_type", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
	}
}

// batchParams are common to both forms of a batch.
func batchParams() []Field {
	return []Field{
		{Name: "requests", Kind: List, Elem: Object, Mode: Required, Doc: "The changes, at most 5000.", Example: `[{"method":"UPDATE","data":{"id":"sku-1","price":"9.99 USD"}}]`},
		{Name: "allow_upsert", Kind: Bool, Doc: "Whether an UPDATE of an item that is not there makes it; true by default.", Example: "true"},
		{Name: "fbe_external_business_id", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
		{Name: "version", Kind: Int, Support: Ignored, Doc: "Accepted, without effect."},
	}
}

// elsewhere are the edges of feeds and sets whose rows are no products.
func elsewhere() []Edge {
	return outside("automotive_models destinations flights home_listings hotels vehicle_offers vehicles")
}
