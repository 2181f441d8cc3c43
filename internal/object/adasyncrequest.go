package object

// AdAsyncRequestSet declares a set of objects of one ad account that are made apart from the request that asked for them.
func AdAsyncRequestSet() *Type {
	count := func(name, doc string) Field {
		return Field{Name: name, Kind: Int, Mode: Derived, Compute: "async.set." + name, Doc: doc, Example: "2"}
	}
	return &Type{
		Name:    "adasyncrequestset",
		Display: "AdAsyncRequestSet",
		Erased:  true,
		Delete:  []string{"async.set"},
		Doc:     "Ads, creatives or operations that were sent to be done later, and how far they are.",
		Fields: joined([]Field{
			idField("120200000000000012"),
			{Name: "name", Kind: String, Mode: Editable | Required, MaxRunes: 400, Doc: "Name for the advertiser's eyes.", Example: "Spring ads"},
			{Name: "owner_id", Kind: ID, Mode: Derived, Compute: "async.set.owner", Doc: "Digits of the ad account.", Example: "120200000000000002"},
			count("total_count", "How many requests it has."),
			count("initial_count", "How many have not begun: none, they begin at once."),
			count("in_progress_count", "How many are not complete."),
			count("success_count", "How many succeeded."),
			count("error_count", "How many failed."),
			count("canceled_count", "How many were removed."),
			{Name: "is_completed", Kind: Bool, Mode: Derived, Compute: "async.set.is_completed", Doc: "Whether all are complete.", Example: "true"},
			{Name: "notification_mode", Kind: Enum, Enum: []string{"OFF", "ON_COMPLETE"}, Mode: Editable, Preset: "OFF", Support: Stored, Doc: "Stored: nobody is notified.", Example: "OFF"},
			{Name: "notification_uri", Kind: String, Mode: Editable, MaxRunes: 2000, Support: Stored, Doc: "Stored: nobody is notified.", Example: "https://example.com/done"},
			accountField(),
			createdField(),
			updatedField(),
		},
			unset(String, "notification_status"),
			unset(Any, "notification_result"),
		),
		Edges: []Edge{
			{Name: "requests", Target: "adasyncrequest", By: "async_request_set_id", Filter: "async.statuses", Params: requestStatusParams(), Doc: "Its requests."},
		},
	}
}

// AdAsyncRequest declares one request of a set.
func AdAsyncRequest() *Type {
	return &Type{
		Name:    "adasyncrequest",
		Display: "AdAsyncRequest",
		Erased:  true,
		Delete:  []string{"async.request"},
		Doc:     "One of the things that a set was asked to do, and what came of it.",
		Fields: []Field{
			idField("120200000000000013"),
			{Name: "async_request_set", Kind: Object, Ref: "adasyncrequestset", Mode: Derived, Doc: "The set that it is in."},
			{Name: "async_request_set_id", Kind: ID, Ref: "adasyncrequestset", Mode: Derived, Doc: "Id of that set.", Example: "120200000000000012"},
			{Name: "scope_object_id", Kind: ID, Ref: "adset", Mode: Derived, Doc: "The ad set in which it made an ad.", Example: "120200000000000014"},
			{Name: "type", Kind: String, Mode: Derived, Doc: "What it makes.", Example: "ASYNC_ADGROUP_CREATION"},
			{Name: "status", Kind: Enum, Enum: RequestStatuses(), Mode: Derived, Compute: "async.request.status", Doc: "How far it is.", Example: "SUCCESS"},
			{Name: "input", Kind: Any, Mode: Derived, Doc: "What was sent.", Example: `{"name":"Ad 1","adset_id":"120200000000000014"}`},
			{Name: "result", Kind: Any, Mode: Derived, Compute: "async.request.result", Doc: "The answer, once it is complete.", Example: `{"id":"120200000000000015"}`},
			accountField(),
			createdField(),
			updatedField(),
		},
	}
}

// RequestStatuses are the states of a request of a set. Here it is IN_PROGRESS, and then SUCCESS or ERROR.
func RequestStatuses() []string {
	return []string{"CANCELED", "CANCELED_DEPENDENCY", "ERROR", "ERROR_CONFLICTS", "ERROR_DEPENDENCY", "INITIAL", "IN_PROGRESS", "PENDING_DEPENDENCY",
		"PROCESS_BY_AD_ASYNC_ENGINE", "PROCESS_BY_EVENT_PROCESSOR", "SUCCESS", "USER_CANCELED", "USER_CANCELED_DEPENDENCY"}
}

// requestStatusParams choose requests by their state.
func requestStatusParams() []Field {
	return []Field{{Name: "statuses", Kind: List, Elem: Enum, Enum: RequestStatuses(), Doc: "Only requests in one of these states.", Example: `["ERROR"]`}}
}

// laterEdges are an ad account's lists of what it was asked to do later.
func laterEdges() []Edge {
	params := func(own ...Field) []Field {
		return append(own,
			Field{Name: "name", Kind: String, Doc: "Name of the set; a POST needs it.", Example: "Spring ads"},
			Field{Name: "notification_mode", Kind: Enum, Enum: []string{"OFF", "ON_COMPLETE"}, Doc: "Stored: nobody is notified.", Example: "OFF"},
			Field{Name: "notification_uri", Kind: String, MaxRunes: 2000, Doc: "Stored: nobody is notified."},
			Field{Name: "is_completed", Kind: Bool, Doc: "Only sets of which all requests are complete, or only the others.", Example: "true"})
	}
	const sets = "adasyncrequestset"
	return append([]Edge{
		{Name: "asyncadrequestsets", Target: sets, By: "account_id", Filter: "async.completed", Action: "async.ads", Doc: "Ads to make later, all at once.",
			Params: params(Field{Name: "ad_specs", Kind: List, Elem: Object, Mode: Required, Doc: "What a POST on ads would take, for each ad.", Example: `[{"name":"Ad 1","adset_id":"120200000000000014","creative":{"creative_id":"120200000000000016"}}]`})},
		{Name: "asyncadcreatives", Target: sets, By: "account_id", Filter: "async.completed", Action: "async.creatives", Doc: "A creative to make later.",
			Params: params(Field{Name: "creative_spec", Kind: Object, Mode: Required, Doc: "What a POST on adcreatives would take.", Example: `{"name":"Creative"}`})},
		{Name: "async_batch_requests", Action: "async.batch", Doc: "Operations, as in a batch, to run later.", Params: []Field{
			{Name: "name", Kind: String, Mode: Required, MaxRunes: 400, Doc: "Name of the set.", Example: "Spring"},
			{Name: "adbatch", Kind: List, Elem: Object, Mode: Required, Doc: "Operations with name, relative_url and body.", Example: `[{"name":"c","relative_url":"act_120200000000000002/campaigns","body":"name=Spring"}]`},
		}},
	}, outside("async_requests")...)
}
