package object

// AdReportRun declares a report that is computed apart from the request that asked for it, and read when it is ready. It holds the rows as
// they were when it was asked for.
func AdReportRun() *Type {
	return &Type{
		Name:    "adreportrun",
		Display: "AdReportRun",
		Erased:  true,
		Delete:  []string{"report"},
		Doc:     "A report that was asked for by POST and is read when it is ready; its rows stay as they were.",
		Fields: joined([]Field{
			idField("120200000000000009"),
			{Name: "account_id", Kind: ID, Mode: Derived | Default, Doc: "Digits of the ad account that the report is about.", Example: "120200000000000002"},
			{Name: "time_ref", Kind: Int, Mode: Derived | Default, Compute: "report.time_ref", Doc: "When it was asked for, in unix seconds.", Example: "1790000000"},
			{Name: "time_completed", Kind: Int, Mode: Derived | Default, Compute: "report.time_completed", Doc: "When it was ready, in unix seconds; 0 until then.", Example: "1790000002"},
			{Name: "async_status", Kind: Enum, Enum: ReportStatuses(), Mode: Derived | Default, Compute: "report.status", Doc: "How far it is.", Example: "Job Completed"},
			{Name: "async_percent_completion", Kind: Int, Mode: Derived | Default, Compute: "report.percent", Doc: "How far it is, in percent.", Example: "100"},
			{Name: "is_running", Kind: Bool, Mode: Derived, Compute: "report.running", Doc: "Whether it is being computed.", Example: "false"},
			{Name: "async_report_url", Kind: String, Mode: Derived, Compute: "report.url", Doc: "Where its rows are as a file.", Example: "http://127.0.0.1:8080/ads/ads_insights/export_report?report_run_id=120200000000000009&format=csv"},
			{Name: "date_start", Kind: String, Mode: Derived, Doc: "First day of the report.", Example: "2026-01-01"},
			{Name: "date_stop", Kind: String, Mode: Derived, Doc: "Last day of the report.", Example: "2026-01-31"},
			{Name: "friendly_name", Kind: String, Mode: Derived, Doc: "The export_name that it was asked for under.", Example: "January"},
			{Name: "is_async_export", Kind: Int, Mode: Derived, Doc: "1 when it was asked for with an export_format.", Example: "0"},
			{Name: "is_bookmarked", Kind: Bool, Mode: Derived, Doc: "Nobody marks reports here.", Example: "false"},
			{Name: "marquetry_rows", Kind: Int, Mode: Derived, Doc: "Ours: how many rows it has.", Example: "12"},
		}, reportErrors(),
			unset(List, "emails"),
			unset(String, "schedule_id"),
		),
		Edges: []Edge{
			{Name: "insights", Resolve: "report.rows", Doc: "Its rows, once it is complete.", Params: []Field{
				{Name: "fields", Kind: List, Elem: String, Doc: "Only these members of each row.", Example: "impressions"},
			}},
		},
	}
}

// reportErrors say why a report failed. Since v25.0 they are among the fields that are answered unasked.
func reportErrors() []Field {
	why := func(name string, kind Kind, doc, example string) Field {
		return Field{Name: name, Kind: kind, Mode: Derived | Default, Unasked: 250, Doc: doc, Example: example}
	}
	return []Field{
		why("error_code", Int, "Code of the error that it failed with.", "100"),
		why("error_message", String, "Message of that error.", "Please reduce the amount of data you're asking for"),
		why("error_subcode", Int, "Subcode of that error.", "1487534"),
		why("error_user_title", String, "Its title for a person.", "Too much data"),
		why("error_user_msg", String, "Its text for a person.", "Narrow the time range."),
	}
}

// ReportStatuses are the states of a report, in the platform's words.
func ReportStatuses() []string {
	return []string{"Job Not Started", "Job Started", "Job Running", "Job Completed", "Job Failed", "Job Skipped"}
}
