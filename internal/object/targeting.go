package object

import "strings"

// TargetingUnified declares a row of what can be targeted, as an account's edges answer it.
func TargetingUnified() *Type {
	return &Type{
		Name:    "targetingunified",
		Display: "AdAccountTargetingUnified",
		Doc:     "Something that targeting can name: an interest, a behaviour, a group of people. From a small table of ours.",
		Fields: joined(targetingFields(), []Field{
			{Name: "type", Kind: String, Mode: Derived | Default, Doc: "Member of targeting that takes it.", Example: "interests"},
			{Name: "valid", Kind: Bool, Mode: Derived | Default, Doc: "Of targetingvalidation: whether it can be targeted.", Example: "true"},
			{Name: "raw_name", Kind: String, Mode: Derived, Doc: "The same as name."},
			{Name: "parent", Kind: String, Mode: Derived, Doc: "Last part of the path."},
		},
			unset(Bool, "is_recommendation"),
			unset(String, "img info info_title key link partner performance_rating recommendation_model search_interest_id source"),
			unset(Float, "conversion_lift spend"),
		),
	}
}

// targetingFields are common to both kinds of row.
func targetingFields() []Field {
	return []Field{
		{Name: "id", Kind: ID, Mode: Derived | Default, Doc: "Its number.", Example: "6003139266461"},
		{Name: "name", Kind: String, Mode: Derived | Default, Doc: "What it is called.", Example: "Movies"},
		{Name: "path", Kind: List, Elem: String, Mode: Derived | Default, Doc: "Where it stands in the tree.", Example: `["Interests","Entertainment","Movies"]`},
		{Name: "description", Kind: String, Mode: Derived | Default, Doc: "Whom it means."},
		{Name: "audience_size_lower_bound", Kind: Int, Mode: Derived | Default, Doc: "About how many people at least.", Example: "1000000"},
		{Name: "audience_size_upper_bound", Kind: Int, Mode: Derived | Default, Doc: "About how many people at most.", Example: "1180000"},
	}
}

// SearchRow declares a row of GET /search, of whatever type.
func SearchRow() *Type {
	text := func(names, doc string) []Field {
		return named(names, Field{Kind: String, Mode: Derived | Default, Doc: doc})
	}
	return &Type{
		Name:    "searchrow",
		Display: "AdSearchResult",
		Doc:     "Something that targeting can name, as GET /search answers it. From small tables of ours.",
		Fields: joined(targetingFields(), []Field{
			{Name: "key", Kind: Any, Mode: Derived | Default, Doc: "Of places and locales, what targeting names them by.", Example: "US"},
			{Name: "valid", Kind: Bool, Mode: Derived | Default, Doc: "Of adinterestvalid: whether it can be targeted.", Example: "true"},
			{Name: "country_codes", Kind: List, Elem: String, Mode: Derived | Default, Doc: "Of a group of countries, those in it."},
			{Name: "supports_region", Kind: Bool, Mode: Derived | Default, Doc: "Of a country, whether its regions can be named.", Example: "true"},
			{Name: "supports_city", Kind: Bool, Mode: Derived | Default, Doc: "Of a country, whether its cities can be named.", Example: "true"},
			{Name: "region_id", Kind: Int, Mode: Derived | Default, Doc: "Key of the region.", Example: "3847"},
			{Name: "coverage", Kind: Int, Mode: Derived | Default, Doc: "Of names of jobs, employers and schools: about how many people."},
			{Name: "countries", Kind: Object, Mode: Derived | Default, Doc: "Of adgeolocationmeta, countries by key."},
			{Name: "regions", Kind: Object, Mode: Derived | Default, Doc: "Of adgeolocationmeta, regions by key."},
			{Name: "cities", Kind: Object, Mode: Derived | Default, Doc: "Of adgeolocationmeta, cities by key."},
			{Name: "zips", Kind: Object, Mode: Derived | Default, Doc: "Of adgeolocationmeta, ZIP codes by key."},
		},
			text("type topic country_code country_name region subtitle", "What else is known of it."),
		),
	}
}

// targetingKinds are the members of targeting that have another kind than a form, or a client that writes ids as numbers, sends.
func targetingKinds() Kinds {
	kinds := Kinds{"id": ID, "key": ID, "latitude": Float, "longitude": Float}
	for name := range strings.FieldsSeq(`advantage_audience age_max age_min age_range college_years education_statuses genders locales max_population min_population
		primary_city_id radius region_id relationship_statuses`) {
		kinds[name] = Int
	}
	return kinds
}

// pageParams are those of a list that is cut out of a table.
func pageParams() []Field {
	return []Field{
		{Name: "limit", Kind: Int, Doc: "Rows of a page, at most 1000.", Example: "25"},
		{Name: "after", Kind: String, Doc: "Cursor of the page before."},
	}
}

// searchEdge is GET /search.
func searchEdge() Edge {
	return Edge{Name: "search", Target: "searchrow", Resolve: "search", Doc: "What targeting can name, by type and words.", Params: joined(pageParams(), []Field{
		{Name: "type", Kind: String, Doc: "What to look for: adcountry, adgeolocation, adinterest, adlocale, …", Example: "adinterest"},
		{Name: "q", Kind: String, MaxRunes: 200, Doc: "Words in its name; a country's code finds it, too.", Example: "movies"},
		{Name: "class", Kind: String, Doc: "Of adTargetingCategory: interests, behaviors, demographics, life_events, …", Example: "behaviors"},
		{Name: "interest_list", Kind: List, Elem: String, Doc: "Of adinterestvalid and adinterestsuggestion: names.", Example: `["Movies"]`},
		{Name: "interest_fbid_list", Kind: List, Elem: ID, Doc: "Of adinterestvalid: ids.", Example: `["6003139266461"]`},
		{Name: "location_types", Kind: List, Elem: String, Doc: "Of adgeolocation: country, region, city, zip, country_group.", Example: `["city"]`},
		{Name: "country_code", Kind: String, Doc: "Of adgeolocation: only places there.", Example: "US"},
		{Name: "region_id", Kind: ID, Doc: "Of adgeolocation: only places there.", Example: "3847"},
		{Name: "countries", Kind: List, Elem: String, Doc: "Of adgeolocationmeta: keys."},
		{Name: "country_groups", Kind: List, Elem: String, Support: Ignored, Mode: Create | Update, Doc: "Accepted, without effect."},
		{Name: "regions", Kind: List, Elem: ID, Doc: "Of adgeolocationmeta: keys."},
		{Name: "cities", Kind: List, Elem: ID, Doc: "Of adgeolocationmeta: keys."},
		{Name: "zips", Kind: List, Elem: String, Doc: "Of adgeolocationmeta: keys."},
		{Name: "target_type", Kind: String, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."},
	}, taken(Bool, "match_country_code places_fallback"))}
}

// targetingEdges are an account's ways to find what can be targeted, and to learn how many people a targeting means.
func targetingEdges() []Edge {
	narrow := joined(pageParams(), []Field{
		{Name: "limit_type", Kind: String, Doc: "Only rows of this type.", Example: "interests"},
		{Name: "whitelisted_types", Kind: List, Elem: String, Doc: "Only rows of these types.", Example: `["interests"]`},
	}, taken(List, "regulated_categories regulated_countries countries"),
		taken(Any, `allow_only_fat_head_interests app_store is_account_level_brand_safety_exclusion is_account_level_employer_exclusion is_exclusion
			objective promoted_object session_id mode objects excluded_category include_nodes`))
	list := Field{Name: "targeting_list", Kind: List, Elem: Object, Doc: "Rows to go by, as {type, id}.", Example: `[{"type":"interests","id":"6003139266461"}]`}
	return []Edge{
		{Name: "targetingsearch", Target: "targetingunified", Resolve: "targeting.search", Doc: "What can be targeted, by words in its name.",
			Params: append([]Field{{Name: "q", Kind: String, MaxRunes: 200, Doc: "The words; required.", Example: "movies"}, list}, narrow...)},
		{Name: "targetingbrowse", Target: "targetingunified", Resolve: "targeting.browse", Params: narrow, Doc: "Everything that can be targeted."},
		{Name: "targetingsuggestions", Target: "targetingunified", Resolve: "targeting.suggestions", Params: append([]Field{list}, narrow...), Doc: "What stands near some rows."},
		{Name: "targetingvalidation", Target: "targetingunified", Resolve: "targeting.validation", Doc: "Which of some rows can be targeted.", Params: append([]Field{
			{Name: "id_list", Kind: List, Elem: ID, Doc: "Ids.", Example: `["6003139266461"]`},
			{Name: "name_list", Kind: List, Elem: String, Doc: "Names.", Example: `["Movies"]`},
			list,
		}, taken(Bool, "is_exclusion")...)},
		sentencesEdge(),
		reachEdge(),
		deliveryEdge(),
	}
}

// specParam is a targeting that is not an ad set's yet.
func specParam() Field {
	return Field{Name: "targeting_spec", Kind: Object, Inside: targetingKinds(), Doc: "The targeting, by the rules of an ad set's; required of an account.", Example: `{"geo_locations":{"countries":["US"]}}`}
}

// sentencesEdge says a targeting in words.
func sentencesEdge() Edge {
	return Edge{Name: "targetingsentencelines", Target: "sentenceline", Resolve: "targeting.sentences", Doc: "A targeting in words.", Params: append([]Field{specParam()},
		taken(Bool, "discard_ages discard_placements hide_targeting_spec_from_return")...)}
}

// deliveryEdge estimates how many people a targeting means, and what money does there.
func deliveryEdge() Edge {
	return Edge{Name: "delivery_estimate", Target: "deliveryestimate", Resolve: "estimate.delivery", Doc: "About how many people a targeting means, and what a budget gets there; by a simple model.", Params: []Field{
		specParam(),
		{Name: "optimization_goal", Kind: Enum, Enum: optimizationGoals(), Doc: "What results are; required of an account.", Example: "REACH"},
		{Name: "promoted_object", Kind: Object, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."},
	}}
}

// reachEdge estimates how many people a targeting means.
func reachEdge() Edge {
	return Edge{Name: "reachestimate", Target: "reachestimate", Resolve: "estimate.reach", Doc: "About how many people a targeting means; by a simple model.", Params: append([]Field{specParam()},
		joined(taken(List, "adgroup_ids"), taken(String, "caller_id concepts creative_action_spec object_store_url"), taken(Bool, "is_debug"))...)}
}

// DeliveryEstimate declares an estimate of what a targeting gets.
func DeliveryEstimate() *Type {
	return &Type{
		Name:    "deliveryestimate",
		Display: "AdAccountDeliveryEstimate",
		Doc:     "About how many people a targeting means, and what a budget gets there.",
		Fields: joined([]Field{
			{Name: "estimate_ready", Kind: Bool, Mode: Derived | Default, Doc: "Whether the numbers are there.", Example: "true"},
			{Name: "estimate_dau", Kind: Int, Mode: Derived | Default, Doc: "People of a day.", Example: "1000000"},
			{Name: "estimate_mau_lower_bound", Kind: Int, Mode: Derived | Default, Doc: "People of a month, at least.", Example: "1000000"},
			{Name: "estimate_mau_upper_bound", Kind: Int, Mode: Derived | Default, Doc: "People of a month, at most.", Example: "1180000"},
			{Name: "daily_outcomes_curve", Kind: List, Elem: Object, Mode: Derived | Default, Doc: "What a day's budget gets: spend in minor units, impressions, reach and actions.", Example: `[{"spend":5000,"reach":9000,"impressions":10000,"actions":9000}]`},
		}, unset(List, "targeting_optimization_types")),
	}
}

// ReachEstimate declares an estimate of how many people a targeting means.
func ReachEstimate() *Type {
	return &Type{
		Name:    "reachestimate",
		Display: "AdAccountReachEstimate",
		Doc:     "About how many people a targeting means.",
		Fields: []Field{
			{Name: "users_lower_bound", Kind: Int, Mode: Derived | Default, Doc: "At least.", Example: "1000000"},
			{Name: "users_upper_bound", Kind: Int, Mode: Derived | Default, Doc: "At most.", Example: "1180000"},
			{Name: "estimate_ready", Kind: Bool, Mode: Derived | Default, Doc: "Whether the numbers are there.", Example: "true"},
		},
	}
}

// SentenceLine declares a targeting in words.
func SentenceLine() *Type {
	return &Type{
		Name:    "sentenceline",
		Display: "TargetingSentenceLine",
		Doc:     "A targeting in words.",
		Fields: []Field{
			{Name: "id", Kind: ID, Mode: Derived, Doc: "The ad set, where there is one."},
			{Name: "params", Kind: Any, Mode: Derived, Support: Stored, Doc: "The targeting itself."},
			{Name: "targetingsentencelines", Kind: List, Elem: Object, Mode: Derived | Default, Doc: "Lines of a heading and what stands below it.", Example: `[{"content":"Location:","children":["United States"]}]`},
		},
	}
}
