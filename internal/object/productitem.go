package object

// ProductItem declares one thing that a shop sells.
func ProductItem() *Type {
	return &Type{
		Name:    "productitem",
		Display: "ProductItem",
		Doc:     "One thing that a shop sells. Its address is its id, or catalog:<catalog id>:<retailer_id in base64url>.",
		Prepare: []string{"productitem"},
		Scopes:  catalogScopes(),
		Erased:  true,
		Fields:  joined(itemFields(), itemDetails(), itemMoney(), itemReview(), catalogOf(), itemRest()),
		Edges: append([]Edge{
			{Name: "product_sets", Target: "productset", Via: "set_ids", Doc: "The sets that the item is in."},
		}, outside("channels_to_integrity_status override_details videos_metadata")...),
	}
}

// itemFields are what every item has.
func itemFields() []Field {
	return []Field{
		idField("120200000000000031"),
		{Name: "retailer_id", Kind: String, Mode: Editable | Default, MaxRunes: 100, Doc: "The shop's own number, unique in the catalog.", Example: "sku-1"},
		{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 200, Doc: "What it is called.", Example: "Red shoes"},
		{Name: "description", Kind: String, Mode: Editable, MaxRunes: 9999, Doc: "What is said about it.", Example: "Light and red."},
		{Name: "short_description", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "The same in short.", Example: "Light."},
		{Name: "rich_text_description", Kind: String, Mode: Editable, MaxRunes: 9999, Support: Stored, Doc: "The same with markup.", Example: "<b>Light</b>"},
		{Name: "availability", Kind: Enum, Enum: Availabilities(), Mode: Editable, Doc: "Whether it can be bought.", Example: "in stock"},
		{Name: "condition", Kind: Enum, Enum: Conditions(), Mode: Editable, Doc: "Whether it is new.", Example: "new"},
		{Name: "url", Kind: String, Mode: Editable, MaxRunes: 2048, Doc: "Where it is sold.", Example: "https://shop.example/red"},
		{Name: "mobile_link", Kind: String, Mode: Editable, MaxRunes: 2048, Support: Stored, Doc: "Where it is sold to telephones.", Example: "https://m.shop.example/red"},
		{Name: "image_url", Kind: String, Mode: Editable, MaxRunes: 2048, Doc: "Its picture.", Example: "https://shop.example/red.jpg"},
		{Name: "additional_image_urls", Kind: List, Elem: String, Mode: Editable, MaxRunes: 2048, Doc: "Up to 20 more pictures.", Example: `["https://shop.example/red-2.jpg"]`},
		{Name: "images", Kind: List, Elem: String, Mode: Derived, Compute: "productitem.images", Doc: "All pictures, the first one first."},
		{Name: "brand", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Who makes it.", Example: "Acme"},
		{Name: "visibility", Kind: Enum, Enum: []string{"published", "staging"}, Mode: Editable, Preset: "published", Doc: "Whether ads may show it.", Example: "published"},
		{Name: "status", Kind: Enum, Enum: []string{"PUBLISHED", "STAGING"}, Mode: Derived, Compute: "productitem.status", Doc: "The same in the older words.", Example: "PUBLISHED"},
		{Name: "allow_upsert", Kind: Bool, Mode: Create, Doc: "Whether a POST with the retailer_id of an item changes that one; true by default.", Example: "true"},
	}
}

// itemDetails are what tells one item from another.
func itemDetails() []Field {
	fields := []Field{
		{Name: "category", Kind: String, Mode: Editable, MaxRunes: 750, Doc: "Category in Google's taxonomy.", Example: "Apparel & Accessories > Shoes"},
		{Name: "fb_product_category", Kind: String, Mode: Editable, MaxRunes: 750, Doc: "Category in the platform's taxonomy."},
		{Name: "product_type", Kind: String, Mode: Editable, MaxRunes: 750, Doc: "Category in the shop's own words.", Example: "shoes > running"},
		{Name: "retailer_product_group_id", Kind: String, Mode: Fixed, MaxRunes: 100, Doc: "The shop's number of the product of which this is a variant; the group is made when there is none.", Example: "shoe-1"},
		{Name: "product_group_id", Kind: ID, Ref: "productgroup", Mode: Derived, Doc: "Ours: id of the group."},
		{Name: "product_group", Kind: Object, Ref: "productgroup", Mode: Derived, Doc: "The group, expanded."},
		{Name: "product_feed_id", Kind: ID, Ref: "productfeed", Mode: Derived, Doc: "Ours: id of the feed that brought it."},
		{Name: "product_feed", Kind: Object, Ref: "productfeed", Mode: Derived, Doc: "The feed that brought it, expanded."},
		{Name: "set_ids", Kind: List, Elem: ID, Ref: "productset", Mode: Derived, Doc: "Ours: ids of the sets that it is in."},
		{Name: "color", Kind: String, Mode: Editable, MaxRunes: 200, Doc: "Colour.", Example: "red"},
		{Name: "size", Kind: String, Mode: Editable, MaxRunes: 200, Doc: "Size.", Example: "42"},
		{Name: "material", Kind: String, Mode: Editable, MaxRunes: 200, Doc: "What it is made of.", Example: "leather"},
		{Name: "pattern", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Pattern.", Example: "striped"},
		{Name: "gender", Kind: Enum, Enum: []string{"female", "male", "unisex"}, Mode: Editable, Doc: "For whom.", Example: "unisex"},
		{Name: "age_group", Kind: Enum, Enum: []string{"adult", "all ages", "infant", "kids", "newborn", "teen", "toddler"}, Mode: Editable, Doc: "For whom.", Example: "adult"},
		{Name: "gtin", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Global trade number.", Example: "4006381333931"},
		{Name: "manufacturer_part_number", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "The maker's number.", Example: "A-1"},
		{Name: "inventory", Kind: Int, Mode: Editable, Doc: "How many there are.", Example: "7"},
		{Name: "quantity_to_sell_on_facebook", Kind: Int, Mode: Editable, Doc: "How many of them are for sale.", Example: "7"},
		{Name: "tags", Kind: List, Elem: String, Mode: Derived, Doc: "Words of a feed's product_tags.", Example: `["summer"]`},
		{Name: "applinks", Kind: Object, Mode: Derived, Support: Stored, Doc: "Where apps show it, by system, from the parameters that begin with its name."},
	}
	for _, n := range []string{"0", "1", "2", "3", "4"} {
		fields = append(fields,
			Field{Name: "custom_label_" + n, Kind: String, Mode: Editable, MaxRunes: 100, Doc: "A word to make sets by.", Example: "sale"},
			Field{Name: "custom_number_" + n, Kind: Money, Mode: Editable, Doc: "A whole number to make sets by; reads back as text.", Example: "3"})
	}
	return fields
}

// itemMoney is sent in minor units and reads back as a shop writes it.
func itemMoney() []Field {
	return []Field{
		{Name: "price", Kind: Money, Reads: String, Mode: Editable | Required, Compute: "productitem.price", Doc: "Sent in minor units of currency, read back as text.", Example: "$9.99"},
		{Name: "sale_price", Kind: Money, Reads: String, Mode: Editable, Compute: "productitem.sale_price", Doc: "What it costs in a sale; sent and read as price is.", Example: "$7.99"},
		{Name: "sale_price_start_date", Kind: Time, Mode: Editable, Doc: "When the sale begins.", Example: "2026-01-31T08:00:00+0000"},
		{Name: "sale_price_end_date", Kind: Time, Mode: Editable, Doc: "When the sale ends.", Example: "2026-02-28T08:00:00+0000"},
		{Name: "currency", Kind: String, Mode: Editable | Required, MaxRunes: 3, Doc: "Code of ISO 4217.", Example: "USD"},
	}
}

// itemReview is what comes of looking at an item.
func itemReview() []Field {
	return []Field{
		{Name: "review_status", Kind: Enum, Enum: []string{"", "approved", "outdated", "pending", "rejected"}, Mode: Derived, Compute: "productitem.review_status", Doc: "Whether it passed review; nothing is reviewed, so that it is approved once the server's latency is over.", Example: "approved"},
		{Name: "review_rejection_reasons", Kind: List, Elem: String, Mode: Derived, Support: Ignored, Doc: "Always empty."},
		{Name: "image_fetch_status", Kind: Enum, Enum: []string{"DIRECT_UPLOAD", "FETCHED", "FETCH_FAILED", "NO_STATUS", "OUTDATED", "PARTIAL_FETCH"}, Mode: Derived, Compute: "productitem.image_fetch_status", Doc: "NO_STATUS: pictures stay where they are.", Example: "NO_STATUS"},
		{Name: "image_cdn_urls", Kind: List, Elem: Object, Mode: Derived, Compute: "productitem.image_cdn_urls", Doc: "The picture's address under its name on the platform."},
		{Name: "errors", Kind: List, Elem: Object, Mode: Derived, Compute: "productitem.errors", Doc: "What a listed item must have and this one has not."},
		{Name: "generated_background_images", Kind: List, Elem: Object, Mode: Derived, Compute: "productitem.generated_background_images", Doc: "Its pictures with new backgrounds: transformed_image_url and flagged_for_manual_review."},
	}
}

// itemRest are the platform's other fields and parameters.
func itemRest() []Field {
	links := joined(
		named(`android_app_name android_class android_package android_url ios_app_name ios_url ipad_app_name ipad_url iphone_app_name iphone_url
			windows_phone_app_id windows_phone_app_name windows_phone_url`, Field{Kind: String, Mode: Create | Update, Support: Stored, MaxRunes: 2048, Doc: "Reads back in applinks."}),
		named("ios_app_store_id ipad_app_store_id iphone_app_store_id", Field{Kind: Int, Mode: Create | Update, Support: Stored, Doc: "Reads back in applinks."}))
	return joined(links,
		kept(String, `expiration_date importer_name live_special_price manufacturer_info marked_for_product_launch origin_country start_date
			wa_compliance_category`),
		kept(Int, "ordering_index"),
		kept(Any, "additional_variant_attributes category_specific_fields custom_data importer_address"),
		taken(String, "checkout_url commerce_tax_category launch_date"),
		taken(Int, "return_policy_days image_height image_width"),
		taken(Float, "product_priority_0 product_priority_1 product_priority_2 product_priority_3 product_priority_4"),
		taken(Any, "catalog_id override_country override_language"),
		unset(Float, "affiliate_seller_rating shipping_weight_value"),
		unset(Int, "affiliate_seller_rating_count base_commission_rate category_ranking overall_ranking"),
		unset(Bool, "generated_background_images_ad_usage is_bundle_hero post_conversion_signal_based_enforcement_appeal_eligibility"),
		unset(String, "offer_disclaimer offer_disclaimer_url parent_product_id product_relationship shipping_weight_unit vendor_id video_fetch_status"),
		unset(List, "additional_image_cdn_urls bundle_items bundle_retailer_ids capabilities_disabled_by_user capability_to_review_status invalidation_errors videos"),
		unset(Any, "commerce_insights product_local_info"),
	)
}

// Availabilities are whether an item can be bought.
func Availabilities() []string {
	return []string{"available for order", "discontinued", "in stock", "mark_as_expired", "mark_as_sold", "out of stock", "pending", "preorder"}
}

// Conditions are how new an item is.
func Conditions() []string {
	return []string{"cpo", "new", "open_box_new", "refurbished", "used", "used_fair", "used_good", "used_like_new"}
}
