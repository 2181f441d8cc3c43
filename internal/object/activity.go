package object

import "slices"

// AdActivity declares a row of the record of an account's changes.
func AdActivity() *Type {
	text := func(name, doc, example string) Field {
		return Field{Name: name, Kind: String, Mode: Derived | Default, Doc: doc, Example: example}
	}
	return &Type{
		Name:    "adactivity",
		Display: "AdActivity",
		Doc:     "One change of one object, from the record that every write leaves.",
		Fields: joined([]Field{
			{Name: "actor_id", Kind: ID, Mode: Derived | Default, Doc: "The user who made the change.", Example: "120200000000000001"},
			text("actor_name", "Label of the token that made the change.", "shop"),
			{Name: "event_time", Kind: Time, Mode: Derived | Default, Doc: "When the change was made.", Example: "2026-01-31T08:00:00-0800"},
			text("event_type", "What was done, in the platform's word.", "update_campaign_budget"),
			text("translated_event_type", "What was done, for people.", "Campaign budget updated"),
			text("extra_data", "JSON object in a string, with what changed: old_value, new_value and the field as type.", `{"old_value":5000,"new_value":6000,"type":"daily_budget"}`),
			{Name: "object_id", Kind: ID, Mode: Derived | Default, Doc: "What was changed.", Example: "120200000000000005"},
			text("object_name", "Its name today, or its last one.", "Spring sale"),
			{Name: "object_type", Kind: String, Mode: Derived, Doc: "What it is: CAMPAIGN, AD_SET, AD, CUSTOM_AUDIENCE or ACCOUNT.", Example: "CAMPAIGN"},
			{Name: "date_time_in_timezone", Kind: String, Mode: Derived, Doc: "event_time for people, in the account's time zone.", Example: "01/31/2026 at 8:00 AM"},
		}, unset(String, "application_id application_name")),
	}
}

// activityCategories are what an activity log can be narrowed to.
func activityCategories() []string {
	return []string{"ACCOUNT", "AD", "AD_KEYWORDS", "AD_SET", "AUDIENCE", "BID", "BUDGET", "CAMPAIGN", "DATE", "STATUS", "TARGETING"}
}

// activitiesEdge is the record of an object's changes.
func activitiesEdge() Edge {
	return Edge{Name: "activities", Target: "adactivity", Resolve: "activities", Doc: "Changes of the object and when they were made, newest first.", Params: joined([]Field{
		{Name: "category", Kind: Enum, Enum: activityCategories(), Doc: "Only changes of this kind.", Example: "BUDGET"},
		{Name: "since", Kind: Time, Doc: "The first moment that counts.", Example: "2026-01-01"},
		{Name: "until", Kind: Time, Doc: "The last moment that counts.", Example: "2026-01-31"},
		{Name: "uid", Kind: ID, Doc: "Only changes by this user.", Example: "120200000000000001"},
		{Name: "limit", Kind: Int, Doc: "Rows of a page.", Example: "25"},
		{Name: "after", Kind: String, Doc: "Cursor of the page before."},
	}, taken(ID, "business_id"))}
}

// accountActivities is the record of everything in an account, or of some of its objects.
func accountActivities() Edge {
	e := activitiesEdge()
	e.Params = append(e.Params,
		Field{Name: "oid", Kind: ID, Doc: "Only changes of this object.", Example: "120200000000000005"},
		Field{Name: "extra_oids", Kind: List, Elem: ID, Doc: "Further objects beside oid.", Example: `["120200000000000006"]`},
		Field{Name: "add_children", Kind: Bool, Doc: "Also changes of what is directly below those objects.", Example: "true"},
		Field{Name: "data_source", Kind: Enum, Enum: []string{"CALYPSO", "TAO", "TAO_AD_ACCOUNT", "TAO_AD_STATUS"}, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."})
	return e
}

// accountGroups are what an account keeps and answers beside its ads.
func accountGroups() []Edge {
	return slices.Concat([]Edge{
		accountActivities(),
		{Name: "customconversions", Target: "customconversion", By: "account_id", Create: true, Doc: "Custom conversions of the account."},
		{Name: "ad_studies", Target: "adstudy", By: "account_id", Create: true, Doc: "Studies of the account; the POST is ours."},
	}, audienceEdges(), ruleEdges(), targetingEdges())
}
