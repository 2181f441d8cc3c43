package object

// ProductFeedUpload declares one reading of a feed's file.
func ProductFeedUpload() *Type {
	count := func(name, doc string) Field {
		return Field{Name: name, Kind: Int, Mode: Derived | Default, Doc: doc, Example: "3"}
	}
	return &Type{
		Name:    "productfeedupload",
		Display: "ProductFeedUpload",
		Doc:     "One reading of a feed's file. It is over when the POST that began it answers.",
		Scopes:  catalogScopes(),
		Fields: []Field{
			idField("120200000000000035"),
			{Name: "start_time", Kind: Time, Mode: Derived | Default, Doc: "When reading began.", Example: "2026-01-31T08:00:00+0000"},
			{Name: "end_time", Kind: Time, Mode: Derived | Default, Doc: "When reading ended.", Example: "2026-01-31T08:00:00+0000"},
			{Name: "input_method", Kind: Enum, Enum: []string{"Google Sheets Fetch", "Manual Upload", "Reupload Last File", "Server Fetch", "User initiated server fetch"}, Mode: Derived, Doc: "How the file came.", Example: "Manual Upload"},
			{Name: "filename", Kind: String, Mode: Derived, Doc: "Name of the file that was sent.", Example: "items.csv"},
			{Name: "url", Kind: String, Mode: Derived, Doc: "Where the file was fetched.", Example: "https://shop.example/items.csv"},
			count("num_detected_items", "Items in the file."),
			count("num_persisted_items", "Items that were made or changed."),
			count("num_invalid_items", "Items that were not taken."),
			count("num_deleted_items", "Items that were taken away because the file has them no longer."),
			count("error_count", "Errors found, those that keep an item out."),
			count("warning_count", "Warnings, which do not."),
			{Name: "error_report", Kind: Object, Mode: Derived, Compute: "productfeedupload.error_report", Doc: "Whether a report of the errors was asked for, and where it is.", Example: `{"report_status":"NOT_REQUESTED"}`},
			{Name: "product_feed_id", Kind: ID, Ref: "productfeed", Mode: Derived, Doc: "Ours: id of the feed."},
			accountField(),
			createdField(),
			updatedField(),
		},
		Edges: []Edge{
			{Name: "errors", Target: "productfeeduploaderror", By: "upload_id", Params: []Field{
				{Name: "error_priority", Kind: String, Support: Ignored, Doc: "Accepted, without effect."},
			}, Doc: "What was wrong, each kind of trouble once."},
			{Name: "error_report", Action: "productfeedupload.report", Doc: "A POST asks for a report of the errors."},
		},
	}
}

// ProductFeedUploadError declares one kind of trouble that an upload met.
func ProductFeedUploadError() *Type {
	return &Type{
		Name:    "productfeeduploaderror",
		Display: "ProductFeedUploadError",
		Doc:     "One kind of trouble that an upload met, however often.",
		Scopes:  catalogScopes(),
		Fields: []Field{
			idField("120200000000000036"),
			{Name: "severity", Kind: Enum, Enum: []string{"fatal", "warning"}, Mode: Derived | Default, Doc: "Whether it keeps an item out.", Example: "fatal"},
			{Name: "error_type", Kind: String, Mode: Derived | Default, Doc: "A stable word for it; the words are ours.", Example: "missing_field.brand"},
			{Name: "summary", Kind: String, Mode: Derived | Default, Doc: "What is wrong, in short.", Example: "brand is required"},
			{Name: "description", Kind: String, Mode: Derived | Default, Doc: "What is wrong.", Example: "brand is required"},
			{Name: "total_count", Kind: Int, Mode: Derived | Default, Doc: "How many items have it.", Example: "2"},
			{Name: "affected_surfaces", Kind: List, Elem: Enum, Enum: []string{"Dynamic Ads", "Marketplace", "US Marketplace"}, Mode: Derived, Doc: "Where the items are missing.", Example: `["Dynamic Ads"]`},
			{Name: "upload_id", Kind: ID, Ref: "productfeedupload", Mode: Derived, Doc: "Ours: id of the upload."},
			accountField(),
		},
		Edges: append([]Edge{
			{Name: "samples", Target: "productfeeduploaderrorsample", By: "error_id", Doc: "Some of the rows that have it."},
		}, outside("suggested_rules")...),
	}
}

// ProductFeedUploadErrorSample declares a row of a file that has some trouble.
func ProductFeedUploadErrorSample() *Type {
	return &Type{
		Name:    "productfeeduploaderrorsample",
		Display: "ProductFeedUploadErrorSample",
		Doc:     "A row of a file that has some trouble.",
		Scopes:  catalogScopes(),
		Fields: []Field{
			idField("120200000000000037"),
			{Name: "row_number", Kind: Int, Mode: Derived | Default, Doc: "The line of a table, or the number of the item in other files.", Example: "2"},
			{Name: "retailer_id", Kind: String, Mode: Derived | Default, Doc: "The item, where the row tells.", Example: "sku-1"},
			{Name: "error_id", Kind: ID, Ref: "productfeeduploaderror", Mode: Derived, Doc: "Ours: id of the error."},
			accountField(),
		},
	}
}
