package object

// AdStudy declares a test that splits people into cells. Stored: delivery does not split.
func AdStudy() *Type {
	return &Type{
		Name:    "adstudy",
		Display: "AdStudy",
		Doc:     "A test that gives each part of the people, its cells, other campaigns or ad sets. Stored: delivery does not split people by it.",
		Prepare: []string{"adstudy"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000014"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Two headlines"},
			{Name: "description", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "What it is to find out."},
			{Name: "type", Kind: Enum, Enum: []string{"BACKEND_AB_TESTING", "CONTINUOUS_LIFT_CONFIG", "GEO_LIFT", "LIFT", "SPLIT_TEST"}, Mode: Editable | Default, Preset: "SPLIT_TEST", Doc: "What is compared.", Example: "SPLIT_TEST"},
			{Name: "start_time", Kind: Time, Mode: Editable | Required | Default, Doc: "When it starts.", Example: "2026-12-01T08:00:00-0800"},
			{Name: "end_time", Kind: Time, Mode: Editable | Required | Default, Doc: "When it ends.", Example: "2026-12-31T08:00:00-0800"},
			{Name: "cells", Kind: List, Elem: Object, Mode: Create | Update, Doc: "Parts of the people: name, treatment_percentage, and campaigns or adsets by id. Read as the edge cells.", Example: `[{"name":"A","treatment_percentage":50,"adsets":["120200000000000006"]},{"name":"B","treatment_percentage":50,"adsets":["120200000000000007"]}]`},
			{Name: "cell_list", Kind: List, Elem: Object, Mode: Derived, Doc: "Ours: the cells as they are kept."},
			{Name: "campaign_ids", Kind: List, Elem: ID, Ref: "campaign", Mode: Derived, Doc: "Ours: campaigns of the cells."},
			{Name: "adset_ids", Kind: List, Elem: ID, Ref: "adset", Mode: Derived, Doc: "Ours: ad sets of the cells."},
			{Name: "created_by", Kind: ID, Mode: Derived, Doc: "The user who made it."},
			{Name: "updated_by", Kind: ID, Mode: Derived, Doc: "The user who last changed it."},
			createdField(), updatedField(),
		},
			kept(Time, "cooldown_start_time observation_end_time"),
			kept(ID, "client_business"),
			kept(Float, "confidence_level"),
			taken(List, "objectives viewers"),
			unset(Time, "canceled_time results_first_available_date"),
			unset(Any, "business measurement_contact sales_contact"),
		),
		Edges: append([]Edge{{Name: "cells", Target: "adstudycell", Resolve: "adstudy.cells", Doc: "Parts of the people."}}, outside("instances objectives")...),
	}
}

// AdStudyCell declares one part of the people of a study.
func AdStudyCell() *Type {
	return &Type{
		Name:    "adstudycell",
		Display: "AdStudyCell",
		Doc:     "One part of the people of a study.",
		Fields: []Field{
			{Name: "id", Kind: ID, Mode: Derived | Default, Doc: "Number of the cell after the study's id.", Example: "120200000000000014:1"},
			{Name: "name", Kind: String, Mode: Derived | Default, Doc: "Name of the cell.", Example: "A"},
			{Name: "treatment_percentage", Kind: Float, Mode: Derived | Default, Doc: "Share of the people who see it.", Example: "50"},
			{Name: "control_percentage", Kind: Float, Mode: Derived, Doc: "Share of the people who see nothing.", Example: "0"},
			{Name: "ad_entities_count", Kind: Int, Mode: Derived, Doc: "Campaigns and ad sets in it.", Example: "1"},
		},
	}
}

// studiesEdge lists the studies in which a campaign or an ad set is, by the study's field.
func studiesEdge(by string) Edge {
	return Edge{Name: "ad_studies", Target: "adstudy", By: by, Doc: "Studies with this object in a cell."}
}
