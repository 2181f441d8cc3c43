package object

import (
	"slices"
	"strings"
)

// Types returns the declaration of every object that the server knows, in the order of the tree that they form. The literals
// are made anew on each call: a caller may change its copy.
func Types() []*Type {
	return slices.Concat(accessTypes(), adTypes(), groupTypes(), pageTypes(), catalogTypes(), asyncTypes())
}

// accessTypes are who may do what.
func accessTypes() []*Type { return []*Type{Root(), User(), Business(), Application(), AdAccount()} }

// adTypes are what is advertised.
func adTypes() []*Type {
	return []*Type{Campaign(), AdSet(), AdCreative(), Ad(), GeneratedAsset(), AdImage(), AdsPixel(), HighDemandPeriod()}
}

// groupTypes are what an account keeps beside its ads: labels, audiences, studies, rules.
func groupTypes() []*Type {
	return []*Type{AdLabel(), AdActivity(), CustomAudience(), SavedAudience(), CustomConversion(), AdStudy(), AdStudyCell(), AdRule(),
		TargetingUnified(), SearchRow(), DeliveryEstimate(), ReachEstimate(), SentenceLine()}
}

// pageTypes are Pages, their posts, and videos.
func pageTypes() []*Type { return []*Type{Page(), PagePost(), Photo(), AdVideo()} }

// catalogTypes are catalogs and what is in them.
func catalogTypes() []*Type {
	return []*Type{ProductCatalog(), ProductItem(), ProductGroup(), ProductSet(), ProductFeed(), ProductFeedUpload(), ProductFeedUploadError(),
		ProductFeedUploadErrorSample()}
}

// asyncTypes are requests that are answered later.
func asyncTypes() []*Type {
	return []*Type{AdReportRun(), AsyncSession(), AdAsyncRequestSet(), AdAsyncRequest()}
}

// The fields and edges below are the same on every object that has them, so they are declared once.

// idField is the object's own id, which every answer carries.
func idField(example string) Field {
	return Field{Name: "id", Kind: ID, Mode: Derived | Default, Doc: "Id of the object.", Example: example}
}

// accountField names the owning ad account by its digits, without "act_".
func accountField() Field {
	return Field{Name: "account_id", Kind: ID, Mode: Derived, Doc: "Digits of the ad account that owns the object.", Example: "120200000000000002"}
}

// createdField and updatedField are columns of the store.
func createdField() Field {
	return Field{Name: "created_time", Kind: Time, Mode: Derived, Doc: "When the object was made.", Example: "2026-01-31T08:00:00-0800"}
}

// updatedField is when the row last changed, by whomever.
func updatedField() Field {
	return Field{Name: "updated_time", Kind: Time, Mode: Derived, Doc: "When the object last changed.", Example: "2026-01-31T08:00:00-0800"}
}

// optionsParam is not stored: it says how to treat the request itself.
func optionsParam(values ...string) Field {
	return Field{Name: "execution_options", Kind: List, Elem: Enum, Enum: values, Mode: Create | Update, Doc: "validate_only checks the request and writes nothing.", Example: `["validate_only"]`}
}

// statusFields are the four that campaigns, ad sets and ads share; effective lists the values that the computed status can take,
// and older is the parameter's former name.
func statusFields(older, issues string) []Field {
	return []Field{
		{Name: "status", Kind: Enum, Enum: statuses(), Mode: Editable, Preset: Active, Alias: []string{older}, Doc: "What the advertiser set; only ACTIVE and PAUSED on creation.", Example: "PAUSED"},
		{Name: "configured_status", Kind: Enum, Enum: statuses(), Mode: Derived, Compute: "configured_status", Doc: "The same as status.", Example: "PAUSED"},
		{Name: "effective_status", Kind: Enum, Enum: effectiveStatuses(), Mode: Derived, Compute: "effective_status", Doc: "What the status amounts to once the parents are looked at.", Example: "CAMPAIGN_PAUSED"},
		{Name: "issues_info", Kind: List, Elem: Object, Mode: Derived, Compute: issues, Doc: "What keeps the object from delivering well, or from delivering."},
	}
}

// listParams are the filters of every listing of objects with a status.
func listParams() []Field {
	return []Field{
		{Name: "effective_status", Kind: List, Elem: Enum, Enum: effectiveStatuses(), Doc: "Only objects with one of these effective statuses; without it, all but archived and deleted ones.", Example: `["ACTIVE"]`},
		{Name: "updated_since", Kind: Time, Doc: "Only objects that changed at this time or later.", Example: "1790000000"},
		{Name: "date_preset", Kind: String, Support: Ignored, Doc: "Days of expanded insights; those name their own here."},
		{Name: "time_range", Kind: Object, Support: Ignored, Doc: "Days of expanded insights; those name their own here."},
	}
}

// runParams are listParams of objects that have an end.
func runParams() []Field {
	return append(listParams(), Field{Name: "is_completed", Kind: Bool, Doc: "Only objects whose end has passed, or only the others.", Example: "false"})
}

// insightsEdge is the report on an object and everything below it.
func insightsEdge() Edge {
	return Edge{Name: "insights", Resolve: "insights", Action: "insights.run", Params: insightsParams(),
		Doc: "Delivery and results, broken down as asked. A POST computes them apart and answers the id of a report run."}
}

// restatementsEdge is ours: what changed days of an object's reports after they were over.
func restatementsEdge() Edge {
	return Edge{Name: "marquetry_restatements", Resolve: "restatements", Doc: "Ours: conversions that became known after the day on which they count, latest first.", Params: []Field{
		{Name: "since", Kind: Time, Doc: "The first moment at which they became known.", Example: "2026-01-01"},
		{Name: "until", Kind: Time, Doc: "The last such moment.", Example: "2026-01-31"},
		{Name: "limit", Kind: Int, Doc: "Rows of a page.", Example: "25"},
		{Name: "after", Kind: String, Doc: "Cursor of the page before."},
		{Name: "before", Kind: String, Doc: "Cursor of the page behind."},
	}}
}

// insightsParams are checked for shape here; which values they take is the business of the report.
func insightsParams() []Field {
	words := func(name, doc, example string) Field {
		return Field{Name: name, Kind: List, Elem: String, Doc: doc, Example: example}
	}
	word := func(name, doc, example string) Field {
		return Field{Name: name, Kind: String, Doc: doc, Example: example}
	}
	return []Field{
		word("level", "account, campaign, adset or ad: what one row stands for.", "ad"),
		word("date_preset", "A named range of days.", "last_7d"),
		{Name: "time_range", Kind: Object, Doc: "First and last day, both included.", Example: `{"since":"2026-01-01","until":"2026-01-31"}`},
		{Name: "time_ranges", Kind: List, Elem: Object, Doc: "Several ranges, a row for each."},
		word("time_increment", "Days in a row, or monthly, or all_days.", "1"),
		words("breakdowns", "What to split the rows by; combination and its kin are ours.", `["title_asset"]`),
		words("action_breakdowns", "What to split actions by.", `["action_type"]`),
		words("action_attribution_windows", "Attribution windows to show beside the default.", `["7d_click","1d_view"]`),
		word("action_report_time", "impression, conversion or mixed: which day an action belongs to.", "mixed"),
		words("sort", "Field and direction.", `["spend_descending"]`),
		{Name: "default_summary", Kind: Bool, Doc: "Adds a row of totals."},
		words("summary_action_breakdowns", "Accepted: the summary is broken down as the rows are.", `["action_type"]`),
		word("export_format", "csv: the finished run is also a file, at its async_report_url.", "csv"),
		word("export_name", "Name of that file, and the run's friendly_name.", "January"),
		ignoredParam(words("export_columns", "Accepted: the file has the columns of the rows.", `["impressions"]`)),
		ignoredParam(Field{Name: "graph_cache", Kind: Bool, Doc: "Accepted, without effect."}),
		ignoredParam(Field{Name: "product_id_limit", Kind: Int, Doc: "Accepted, without effect."}),
		ignoredParam(Field{Name: "async", Kind: Bool, Doc: "Accepted: a POST is asynchronous anyway."}),
		{Name: "use_account_attribution_setting", Kind: Bool, Support: Ignored, Doc: "Accepted: it is what happens anyway."},
		{Name: "use_unified_attribution_setting", Kind: Bool, Support: Ignored, Doc: "Accepted: it is what happens anyway."},
	}
}

// ignoredParam marks a parameter as one without effect.
func ignoredParam(f Field) Field {
	f.Support = Ignored
	return f
}

// unset are fields of the platform, white space between their names, that nothing gives a value here: asking for them is no error, and the
// answer leaves them out. Clients ask for long fixed lists of fields.
func unset(kind Kind, names string) []Field {
	return named(names, Field{Kind: kind, Mode: Derived, Support: Ignored, Doc: "Known, and never set here."})
}

// kept are fields of the platform, white space between their names, that are stored and read back, and from which nothing follows here.
func kept(kind Kind, names string) []Field {
	return named(names, Field{Kind: kind, Mode: Editable, Support: Stored, Doc: "Stored as sent."})
}

// taken are parameters of the platform, white space between their names, that are accepted and dropped.
func taken(kind Kind, names string) []Field {
	return named(names, Field{Kind: kind, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."})
}

// refused are parameters of the platform, white space between their names, that are answered with an error that says that they are not
// emulated: ignoring them would leave undone what the caller is after.
func refused(names string) []Field {
	return named(names, Field{Kind: Any, Mode: Create | Update, Support: Refused, Doc: "Known, and not emulated."})
}

// asked are parameters of a read of the object itself, white space between their names, that change nothing here.
func asked(names string) []Field {
	return named(names, Field{Kind: Any, Support: Ignored, Doc: "Accepted on reads, without effect."})
}

// since limits fields to a version and those after it.
func since(first Version, fields []Field) []Field {
	for i := range fields {
		fields[i].Since = first
	}
	return fields
}

// named makes a field like the sample of each name; lists hold whatever comes.
func named(names string, sample Field) []Field {
	if sample.Kind == List && sample.Elem == 0 {
		sample.Elem = Any
	}
	var fields []Field
	for name := range strings.FieldsSeq(names) {
		sample.Name = name
		fields = append(fields, sample)
	}
	return fields
}

// outside are edges of the platform, white space between their names, that exist and are not emulated.
func outside(names string) []Edge {
	var edges []Edge
	for name := range strings.FieldsSeq(names) {
		edges = append(edges, Edge{Name: name, Support: Refused, Doc: "Known, and not emulated."})
	}
	return edges
}

// creatable are the fields that a create takes, as parameters of an edge that makes such an object in its own way.
func creatable(fields []Field) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return !f.Has(Create) })
}

// joined concatenates groups of fields, so that a literal can mix its own lines with shared ones.
func joined(groups ...[]Field) []Field {
	var all []Field
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}
