package object

// AsyncSession declares one operation of an `asyncbatch`, with its answer once it is complete. Only the token that sent it sees it.
func AsyncSession() *Type {
	return &Type{
		Name:    "asyncsession",
		Display: "AsyncSession",
		Doc:     "An operation that was sent in asyncbatch, and its answer when it is complete.",
		Fields: joined([]Field{
			idField("120200000000000010"),
			{Name: "name", Kind: String, Mode: Derived, Doc: "The operation's name in its batch.", Example: "make-campaign"},
			{Name: "method", Kind: String, Mode: Derived, Doc: "The operation's method.", Example: "POST"},
			{Name: "uri", Kind: String, Mode: Derived, Doc: "The operation's address, without a token.", Example: "/v25.0/act_120200000000000002/campaigns"},
			{Name: "status", Kind: Enum, Enum: SessionStatuses(), Mode: Derived | Default, Compute: "async.session.status", Doc: "How far it is.", Example: "COMPLETED"},
			{Name: "percent_completed", Kind: Int, Mode: Derived, Compute: "async.session.percent", Doc: "How far it is, in percent.", Example: "100"},
			{Name: "result", Kind: String, Mode: Derived, Compute: "async.session.result", Doc: "Text of the answer, once it is complete.", Example: `{"id":"120200000000000011"}`},
			{Name: "error_code", Kind: Int, Mode: Derived, Compute: "async.session.error_code", Doc: "Code of the error that it failed with.", Example: "100"},
			{Name: "exception", Kind: String, Mode: Derived, Compute: "async.session.exception", Doc: "Message of that error.", Example: "(#100) The parameter objective is required"},
			{Name: "start_time", Kind: Time, Mode: Derived, Compute: "async.session.start_time", Doc: "When it was sent.", Example: "2026-01-31T08:00:00+0000"},
			{Name: "complete_time", Kind: Time, Mode: Derived, Compute: "async.session.complete_time", Doc: "When it was complete.", Example: "2026-01-31T08:00:00+0000"},
			{Name: "platform_version", Kind: String, Mode: Derived, Doc: "Version that answered.", Example: "v25.0"},
			{Name: "user", Kind: Object, Ref: "user", Mode: Derived, Doc: "Whose token sent it."},
			{Name: "user_id", Kind: ID, Ref: "user", Mode: Derived, Doc: "Id of that user.", Example: "120200000000000001"},
		}, unset(Any, "app page")),
	}
}

// SessionStatuses are the states of an operation that is answered later.
func SessionStatuses() []string { return []string{"IN_PROGRESS", "COMPLETED", "FAILED"} }
