package object

// ProductFeed declares a file from which items come, again and again.
func ProductFeed() *Type {
	return &Type{
		Name:    "productfeed",
		Display: "ProductFeed",
		Doc:     "A file from which items come, again and again. Each time it is read is an upload.",
		Prepare: []string{"productfeed"},
		Delete:  []string{"productfeed"},
		Scopes:  catalogScopes(),
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000034"),
			{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Nightly"},
			{Name: "country", Kind: String, Mode: Fixed, Support: Stored, MaxRunes: 2, Doc: "For which country the items are.", Example: "US"},
			{Name: "default_currency", Kind: String, Mode: Editable, MaxRunes: 3, Doc: "Currency of prices that name none.", Example: "USD"},
			{Name: "deletion_enabled", Kind: Bool, Mode: Editable, Preset: true, Doc: "Whether a full upload takes away the items that it no longer has.", Example: "true"},
			{Name: "delimiter", Kind: Enum, Enum: []string{"AUTODETECT", "BAR", "COMMA", "SEMICOLON", "TAB", "TILDE"}, Mode: Editable, Preset: "AUTODETECT", Doc: "What stands between the cells of a table.", Example: "TAB"},
			{Name: "encoding", Kind: Enum, Enum: []string{"AUTODETECT", "LATIN1", "UTF16BE", "UTF16LE", "UTF32BE", "UTF32LE", "UTF8"}, Mode: Editable, Preset: "AUTODETECT", Doc: "How letters are written as bytes.", Example: "UTF8"},
			{Name: "quoted_fields_mode", Kind: Enum, Enum: []string{"AUTODETECT", "OFF", "ON", "autodetect", "off", "on"}, Mode: Editable, Preset: "AUTODETECT", Doc: "Whether quotes enclose the cells of a table.", Example: "ON"},
			{Name: "file_name", Kind: String, Mode: Fixed, Support: Stored, MaxRunes: 500, Doc: "Name of the file.", Example: "items.csv"},
			{Name: "schedule", Kind: Object, Mode: Editable, Compute: "productfeed.schedule", Support: Stored, Doc: "When to fetch the whole file; it is kept, and fetched by nobody.", Example: `{"interval":"DAILY","hour":22,"url":"https://shop.example/items.csv"}`},
			{Name: "update_schedule", Kind: Object, Mode: Editable, Compute: "productfeed.update_schedule", Support: Stored, Doc: "When to fetch changes; it is kept, and fetched by nobody.", Example: `{"interval":"HOURLY","url":"https://shop.example/changes.csv"}`},
			{Name: "ingestion_source_type", Kind: Enum, Enum: []string{"primary_feed", "supplementary_feed", "PRIMARY_FEED", "SUPPLEMENTARY_FEED"}, Mode: Fixed, Preset: "primary_feed", Support: Stored, Doc: "Whether the file lists items or adds to them.", Example: "primary_feed"},
			{Name: "product_count", Kind: Int, Mode: Derived, Compute: "productfeed.product_count", Doc: "How many items it brought that are still there.", Example: "120"},
			{Name: "latest_upload_id", Kind: ID, Ref: "productfeedupload", Mode: Derived, Doc: "Ours: id of the latest upload."},
			{Name: "latest_upload", Kind: Object, Ref: "productfeedupload", Mode: Derived, Doc: "The latest upload, expanded."},
		}, kept(String, "item_sub_type migrated_from_feed_id override_type"),
			taken(Any, "feed_type override_value primary_feed_ids rules selected_override_fields use_case"),
			unset(List, "primary_feeds supplementary_feeds"), catalogOf()),
		Edges: append([]Edge{
			{Name: "products", Target: "productitem", By: "product_feed_id", Filter: "products", Params: productParams(), Doc: "The items that it brought."},
			{Name: "uploads", Target: "productfeedupload", By: "product_feed_id", Action: "productfeed.upload", Doc: "Times that the file was read; a POST reads one now.", Params: []Field{
				{Name: "url", Kind: String, MaxRunes: 2048, Doc: "Where the file is, unless it is sent as the part file.", Example: "https://shop.example/items.csv"},
				{Name: "update_only", Kind: Bool, Doc: "Whether items that are not in the file stay.", Example: "true"},
				{Name: "file", Kind: Any, Doc: "The file, as a part of a multipart body."},
				{Name: "username", Kind: String, Support: Refused, Doc: "Files are fetched without credentials."},
				{Name: "password", Kind: String, Support: Refused, Doc: "Files are fetched without credentials."},
				{Name: "fbe_external_business_id", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
			}},
		}, append(elsewhere(), outside("rules supplementary_feed_assocs upload_schedules")...)...),
	}
}
