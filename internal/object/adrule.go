package object

// AdRule declares a condition with what to do when it holds. Stored: nothing runs it.
func AdRule() *Type {
	return &Type{
		Name:    "adrule",
		Display: "AdRule",
		Doc:     "A condition on ads, and what to do when it holds. Stored: nothing runs it.",
		Prepare: []string{"adrule"},
		Erased:  true,
		Fields: joined([]Field{
			idField("120200000000000015"),
			accountField(),
			{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 200, Doc: "Name for the advertiser's eyes.", Example: "Pause what is dear"},
			{Name: "status", Kind: Enum, Enum: []string{"DISABLED", "ENABLED", "HAS_ISSUES"}, Mode: Editable, Preset: "ENABLED", Doc: "Whether it is meant to run.", Example: "ENABLED"},
			{Name: "evaluation_spec", Kind: Object, Mode: Editable | Required, Support: Stored, Doc: "When: evaluation_type SCHEDULE or TRIGGER, filters, and a trigger.", Example: `{"evaluation_type":"SCHEDULE","filters":[{"field":"spent","operator":"GREATER_THAN","value":1000}]}`},
			{Name: "execution_spec", Kind: Object, Mode: Editable | Required, Support: Stored, Doc: "What: execution_type and execution_options.", Example: `{"execution_type":"PAUSE"}`},
			{Name: "schedule_spec", Kind: Object, Mode: Editable, Support: Stored, Doc: "How often, of a SCHEDULE rule.", Example: `{"schedule_type":"SEMI_HOURLY"}`},
			{Name: "created_by", Kind: ID, Mode: Derived, Doc: "The user who made it."},
			{Name: "ui_creation_source", Kind: String, Mode: Create | Update, Support: Ignored, Doc: "Accepted, without effect."},
			createdField(), updatedField(),
		}, unset(Int, "disable_error_code")),
		Edges: outside("execute history preview"),
	}
}

// ruleEdges are an account's rules.
func ruleEdges() []Edge {
	return append([]Edge{{Name: "adrules_library", Target: "adrule", By: "account_id", Create: true, Doc: "Rules of the account."}}, outside("adrules_history")...)
}
