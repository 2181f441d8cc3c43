package object

// CustomConversion declares a rule by which events of a pixel count as a conversion.
func CustomConversion() *Type {
	return &Type{
		Name:    "customconversion",
		Display: "CustomConversion",
		Doc:     "A rule by which events of a pixel count as a conversion of their own. Stored: nothing is counted by it.",
		Prepare: []string{"customconversion"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000013"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 50, Doc: "Name for the advertiser's eyes, unique in the account.", Example: "Thank you page"},
			{Name: "description", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "What it counts."},
			{Name: "rule", Kind: Any, Mode: Fixed, Support: Stored, Doc: "Which events count, as a JSON object; read back as its text.", Example: `{"and":[{"event":{"eq":"PageView"}},{"or":[{"URL":{"i_contains":"thanks"}}]}]}`},
			{Name: "event_source_id", Kind: ID, Mode: Create, Doc: "The pixel whose events count.", Example: "120200000000000004"},
			{Name: "pixel_id", Kind: ID, Ref: "adspixel", Mode: Derived, Doc: "Id of that pixel."},
			{Name: "pixel", Kind: Object, Ref: "adspixel", Mode: Derived, Doc: "That pixel."},
			{Name: "custom_event_type", Kind: Enum, Enum: conversionEvents(), Mode: Fixed, Preset: "OTHER", Doc: "The standard event that it amounts to.", Example: "PURCHASE"},
			{Name: "default_conversion_value", Kind: Float, Mode: Editable, Preset: float64(0), Support: Stored, Doc: "Value of a conversion without one.", Example: "10"},
			{Name: "action_source_type", Kind: Enum, Enum: []string{"app", "business_messaging", "chat", "email", "other", "phone_call", "physical_store", "system_generated", "website"}, Mode: Fixed, Support: Stored, Doc: "Where the events happen.", Example: "website"},
			{Name: "advanced_rule", Kind: Any, Mode: Create, Support: Ignored, Doc: "Accepted, without effect."},
			{Name: "event_source_type", Kind: String, Mode: Derived, Doc: "Kind of the source.", Example: "pixel"},
			{Name: "data_sources", Kind: List, Elem: Object, Mode: Derived, Doc: "The source with its kind."},
			{Name: "is_archived", Kind: Bool, Mode: Derived, Doc: "Whether it was put away.", Example: "false"},
			{Name: "is_unavailable", Kind: Bool, Mode: Derived, Doc: "Whether it can no longer be used.", Example: "false"},
			{Name: "creation_time", Kind: Time, Mode: Derived, Compute: "audience.created", Doc: "When it was made."},
			createdField(), updatedField(),
		},
			unset(Time, "first_fired_time last_fired_time"),
			unset(Int, "retention_days"),
			unset(Any, "aggregation_rule business offline_conversion_data_set"),
		),
		Edges: outside("stats adaccounts"),
	}
}

// conversionEvents are the events that a custom conversion can amount to.
func conversionEvents() []string {
	return []string{"ADD_PAYMENT_INFO", "ADD_TO_CART", "ADD_TO_WISHLIST", "COMPLETE_REGISTRATION", "CONTACT", "CONTENT_VIEW", "CUSTOMIZE_PRODUCT", "DONATE",
		"FACEBOOK_SELECTED", "FIND_LOCATION", "INITIATED_CHECKOUT", "LEAD", "LISTING_INTERACTION", "OTHER", "PURCHASE", "SCHEDULE", "SEARCH",
		"START_TRIAL", "SUBMIT_APPLICATION", "SUBSCRIBE"}
}
