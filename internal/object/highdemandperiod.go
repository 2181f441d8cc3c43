package object

// HighDemandPeriod declares a time in which a campaign or an ad set may spend more than usual.
func HighDemandPeriod() *Type {
	return &Type{
		Name:    "highdemandperiod",
		Display: "HighDemandPeriod",
		Doc:     "A time in which a campaign or an ad set may spend more than usual. A daily budget is raised by it.",
		Prepare: []string{"highdemandperiod"},
		Erased:  true,
		Fields: []Field{
			idField("120200000000000031"),
			{Name: "ad_object_id", Kind: ID, Mode: Derived, Doc: "The campaign or ad set.", Example: "120200000000000005"},
			{Name: "campaign_id", Kind: ID, Ref: "campaign", Mode: Fixed, Doc: "Ours: the campaign, if it is one."},
			{Name: "adset_id", Kind: ID, Ref: "adset", Mode: Fixed, Doc: "Ours: the ad set, if it is one."},
			{Name: "budget_value", Kind: Int, Mode: Editable | Required, Doc: "How much more: minor units, or a factor in percent.", Example: "5000"},
			{Name: "budget_value_type", Kind: Enum, Enum: []string{"ABSOLUTE", "MULTIPLIER"}, Mode: Editable | Required, Doc: "What the value is.", Example: "ABSOLUTE"},
			{Name: "time_start", Kind: Time, Mode: Editable | Required, Doc: "When it begins.", Example: "2026-11-27T00:00:00-0800"},
			{Name: "time_end", Kind: Time, Mode: Editable | Required, Doc: "When it ends.", Example: "2026-11-28T00:00:00-0800"},
			{Name: "recurrence_type", Kind: Enum, Enum: []string{"ONE_TIME", "WEEKLY"}, Mode: Editable, Support: Stored, Preset: "ONE_TIME", Doc: "Whether it comes every week.", Example: "ONE_TIME"},
			{Name: "weekly_schedule", Kind: List, Elem: Object, Mode: Editable, Support: Stored, Doc: "Hours of the week, for one that comes every week."},
			createdField(),
			updatedField(),
		},
	}
}

// periodsEdge lists the periods that refer to an object by a field.
func periodsEdge(by string) Edge {
	return Edge{Name: "budget_schedules", Target: "highdemandperiod", By: by, Create: true, Filter: "periods", Doc: "Times of higher demand.", Params: []Field{
		{Name: "time_start", Kind: Time, Doc: "Of a GET: only periods that end after this time.", Example: "1790000000"},
		{Name: "time_stop", Kind: Time, Doc: "Of a GET: only periods that begin before this time.", Example: "1795000000"},
	}}
}
