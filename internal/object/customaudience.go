package object

// CustomAudience declares a list of people: uploaded, found by a rule, or similar to another list. Who was uploaded is kept by hashed ids; nobody
// is found by a rule, or by being similar.
func CustomAudience() *Type {
	return &Type{
		Name:    "customaudience",
		Display: "CustomAudience",
		Doc:     "A list of people to reach or to leave out: uploaded, found by a rule, or similar to another list.",
		Prepare: []string{"customaudience"},
		Delete:  []string{"customaudience"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000010"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Customers"},
			{Name: "description", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "What is in it.", Example: "Bought in 2026"},
			{Name: "subtype", Kind: Enum, Enum: audienceSubtypes(), Mode: Editable, Doc: "Where the people come from; follows from rule or lookalike_spec when it is not sent, else CUSTOM.", Example: "CUSTOM"},
			{Name: "customer_file_source", Kind: Enum, Enum: []string{"BOTH_USER_AND_PARTNER_PROVIDED", "PARTNER_PROVIDED_ONLY", "USER_PROVIDED_ONLY"}, Mode: Editable, Doc: "Who collected the data of a CUSTOM audience, which needs it.", Example: "USER_PROVIDED_ONLY"},
			{Name: "rule", Kind: Any, Mode: Editable, Support: Stored, Doc: "Whom a WEBSITE, APP, ENGAGEMENT or VIDEO audience holds, as a JSON object; read back as its text.", Example: `{"inclusions":{"operator":"or","rules":[{"event_sources":[{"id":"120200000000000004","type":"pixel"}],"retention_seconds":2592000}]}}`},
			{Name: "rule_aggregation", Kind: Any, Mode: Editable, Support: Stored, Doc: "How events add up in the rule."},
			{Name: "retention_days", Kind: Int, Mode: Editable, Doc: "Days that people stay in, 1 to 180.", Example: "30"},
			{Name: "pixel_id", Kind: ID, Ref: "adspixel", Mode: Editable, Doc: "The pixel of a WEBSITE audience.", Example: "120200000000000004"},
			{Name: "lookalike_spec", Kind: Object, Mode: Editable, Support: Stored, Doc: "Of a LOOKALIKE audience: ratio 0.01 to 0.2, and country or location_spec.", Example: `{"ratio":0.01,"country":"US"}`},
			{Name: "origin_audience_id", Kind: ID, Ref: "customaudience", Mode: Editable, Doc: "The list that a LOOKALIKE audience resembles.", Example: "120200000000000010"},
			{Name: "seed_audience", Kind: ID, Mode: Derived, Compute: "audience.seed", Doc: "The same as origin_audience_id."},
			{Name: "is_value_based", Kind: Bool, Mode: Editable, Preset: false, Support: Stored, Doc: "Whether people carry a value.", Example: "false"},
			{Name: "received", Kind: Int, Mode: Derived, Doc: "Ours: valid rows uploaded so far less those removed.", Example: "1200"},
			{Name: "approximate_count_lower_bound", Kind: Int, Mode: Derived, Compute: "audience.lower", Doc: "About how many people are in it at least; -1 when that is not known.", Example: "1200"},
			{Name: "approximate_count_upper_bound", Kind: Int, Mode: Derived, Compute: "audience.upper", Doc: "About how many people are in it at most; -1 when that is not known.", Example: "1400"},
			{Name: "delivery_status", Kind: Object, Mode: Derived, Compute: "audience.delivery", Doc: "Whether ads can be delivered to it.", Example: `{"code":200,"description":"This audience is ready for use."}`},
			{Name: "operation_status", Kind: Object, Mode: Derived, Compute: "audience.operation", Doc: "What happens to it at the moment.", Example: `{"code":200,"description":"Normal"}`},
			{Name: "time_created", Kind: Int, Mode: Derived, Compute: "audience.created", Doc: "When it was made, in unix seconds.", Example: "1769846400"},
			{Name: "time_updated", Kind: Int, Mode: Derived, Compute: "audience.updated", Doc: "When it last changed, in unix seconds.", Example: "1769846400"},
			{Name: "time_content_updated", Kind: Int, Mode: Derived, Doc: "When people were last added or removed, in unix seconds.", Example: "1769846400"},
			{Name: "lookalike_audience_ids", Kind: List, Elem: ID, Mode: Derived, Compute: "audience.lookalikes", Doc: "Audiences that resemble this one.", Example: `["120200000000000011"]`},
			{Name: "event_sources", Kind: List, Elem: Object, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."},
			createdField(), updatedField(),
		},
			kept(Bool, "is_snapshot is_household is_eligible_for_sac_campaigns"),
			kept(String, "opt_out_link content_type claim_objective dataset_id event_source_group facebook_page_id partner_reference_key product_set_id whats_app_business_phone_number_id"),
			kept(ID, "rev_share_policy_id associated_audience_id parent_audience_id"),
			kept(Object, "regulated_audience_spec"),
			kept(List, "inclusions exclusions use_for_products allowed_domains list_of_accounts video_group_ids subscription_info"),
			taken(Bool, "enable_fetch_or_create prefill use_in_campaigns"),
			taken(Any, "creation_params marketing_message_channels countries usage_restriction inclusionOperator tags namespace effective_at"),
			unset(Int, "delete_time page_deletion_marked_delete_time"),
			unset(Any, `data_source data_source_types datafile_custom_audience_uploading_status excluded_custom_audiences external_event_source
				household_audience included_custom_audiences owner_business permission_for_actions rule_v2 sharing_status`),
		),
		Edges: append([]Edge{
			{Name: "users", Action: "audience.add", Delete: "audience.remove", Params: uploadParams(), Doc: "A POST adds hashed people, a DELETE takes them out; of the rows hashed ids are kept."},
			{Name: "usersreplace", Action: "audience.replace", Params: uploadParams(), Doc: "A POST starts the list anew."},
		}, outside("adaccounts ads health salts sessions shared_account_info users_sessions")...),
	}
}

// uploadParams are a part of a list of people.
func uploadParams() []Field {
	return []Field{
		{Name: "payload", Kind: Object, Mode: Required, Doc: "schema: a key or a list of keys; data: a row for each person, at most 10000.", Example: `{"schema":["EMAIL","FN"],"data":[["f1904cf1a9d73a55fa5de0ac823c4403ded71afd4c3248d00bdcd0866552bb79",""]]}`},
		{Name: "session", Kind: Object, Doc: "session_id, batch_seq, last_batch_flag and estimated_num_total of an upload in parts.", Example: `{"session_id":1,"batch_seq":1,"last_batch_flag":true}`},
		{Name: "namespace", Kind: String, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."},
	}
}

// audienceSubtypes are the platform's.
func audienceSubtypes() []string {
	return []string{"APP", "BAG_OF_ACCOUNTS", "BIDDING", "CLAIM", "CUSTOM", "ENGAGEMENT", "EXCLUSION", "FOX", "LOOKALIKE", "MANAGED", "MEASUREMENT",
		"MESSENGER_SUBSCRIBER_LIST", "OFFLINE_CONVERSION", "PARTNER", "PRIMARY", "REGULATED_CATEGORIES_AUDIENCE", "STUDY_RULE_AUDIENCE",
		"SUBSCRIBER_SEGMENT", "VIDEO", "WEBSITE"}
}

// SavedAudience declares a targeting that was given a name.
func SavedAudience() *Type {
	return &Type{
		Name:    "savedaudience",
		Display: "SavedAudience",
		Doc:     "A targeting with a name, to use again.",
		Prepare: []string{"savedaudience"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000012"),
			accountField(),
			{Name: "account", Kind: Object, Ref: "adaccount", Mode: Derived, Compute: "owner", Doc: "The ad account that owns it."},
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Women 25-44"},
			{Name: "description", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "What it is for."},
			{Name: "targeting", Kind: Object, Inside: targetingKinds(), Mode: Editable | Required, Doc: "Whom it means.", Example: `{"geo_locations":{"countries":["US"]}}`},
			{Name: "approximate_count_lower_bound", Kind: Int, Mode: Derived, Compute: "saved.lower", Doc: "About how many people it means at least.", Example: "1000000"},
			{Name: "approximate_count_upper_bound", Kind: Int, Mode: Derived, Compute: "saved.upper", Doc: "About how many people it means at most.", Example: "1200000"},
			{Name: "sentence_lines", Kind: List, Elem: Object, Mode: Derived, Compute: "saved.sentences", Doc: "The targeting in words."},
			{Name: "time_created", Kind: Time, Mode: Derived, Compute: "audience.created", Doc: "When it was made."},
			{Name: "time_updated", Kind: Time, Mode: Derived, Compute: "audience.updated", Doc: "When it last changed."},
		},
			unset(Int, "delete_time page_deletion_marked_delete_time"),
			unset(Any, "extra_info operation_status owner_business permission_for_actions run_status"),
		),
	}
}

// audienceEdges are an account's lists of people.
func audienceEdges() []Edge {
	return []Edge{
		{Name: "customaudiences", Target: "customaudience", By: "account_id", Create: true, Doc: "Custom audiences of the account.",
			Params: joined(taken(Bool, "fetch_primary_audience"), taken(ID, "business_id"), []Field{{Name: "pixel_id", Kind: ID, Doc: "Only those of this pixel."}}), Filter: "customaudiences"},
		{Name: "saved_audiences", Target: "savedaudience", By: "account_id", Create: true, Params: taken(ID, "business_id"), Doc: "Saved audiences of the account; the POST is ours."},
	}
}
