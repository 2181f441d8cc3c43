package object

// AdLabel declares a word by which campaigns, ad sets, ads and creatives are grouped.
func AdLabel() *Type {
	return &Type{
		Name:    "adlabel",
		Display: "AdLabel",
		Doc:     "Groups campaigns, ad sets, ads and creatives of an account; its name is unique there.",
		Prepare: []string{"adlabel"},
		Erased:  true,
		Fields: []Field{
			defaulted(idField("120200000000000009")),
			{Name: "name", Kind: String, Mode: Editable | Required | Default, MaxRunes: 400, Doc: "The word.", Example: "spring"},
			{Name: "account", Kind: Object, Ref: "adaccount", Mode: Derived, Compute: "owner", Doc: "The ad account that owns the label."},
			accountField(),
			defaulted(createdField()),
			defaulted(updatedField()),
		},
		Edges: []Edge{
			{Name: "campaigns", Target: "campaign", By: "label_ids", Params: listParams(), Doc: "Campaigns with the label."},
			{Name: "adsets", Target: "adset", By: "label_ids", Params: listParams(), Doc: "Ad sets with the label."},
			{Name: "ads", Target: "ad", By: "label_ids", Params: listParams(), Doc: "Ads with the label."},
			{Name: "adcreatives", Target: "adcreative", By: "label_ids", Doc: "Creatives with the label."},
		},
	}
}

// labelsField reads the labels of an object. Sending the list replaces it.
func labelsField() Field {
	return Field{Name: "adlabels", Kind: List, Elem: Object, Ref: "adlabel", Mode: Editable, Compute: "adlabels", Doc: "Labels to group objects by; sending the list replaces it, and a new name makes a label.", Example: `[{"name":"spring"}]`}
}

// labelIDsField is what the edges of a label are listed by.
func labelIDsField() Field {
	return Field{Name: "label_ids", Kind: List, Elem: ID, Ref: "adlabel", Mode: Derived, Doc: "Ours: ids of the labels.", Example: `["120200000000000009"]`}
}

// labelledEdge adds labels to an object and takes them off it.
func labelledEdge() Edge {
	return Edge{Name: "adlabels", Action: "adlabels.add", Delete: "adlabels.remove", Doc: "A POST adds labels to those that are there, a DELETE takes some away.", Params: []Field{
		{Name: "adlabels", Kind: List, Elem: Object, Mode: Required, Doc: "Labels by id or name.", Example: `[{"name":"spring"}]`},
	}}
}

// labelEdges are an ad account's labels, and what carries them.
func labelEdges() []Edge {
	by := func(name, target, doc string) Edge {
		return Edge{Name: name + "bylabels", Target: target, Resolve: name + "bylabels", Doc: doc, Params: []Field{
			{Name: "ad_label_ids", Kind: List, Elem: ID, Mode: Required, Doc: "Ids of the labels.", Example: `["120200000000000009"]`},
			{Name: "operator", Kind: Enum, Enum: []string{"ALL", "ANY"}, Doc: "Whether all labels are asked for or, without saying so, any.", Example: "ANY"},
		}}
	}
	return []Edge{
		{Name: "adlabels", Target: "adlabel", By: "account_id", Create: true, Doc: "Labels of the account; a POST with a name that exists answers that label."},
		by("campaigns", "campaign", "Campaigns with some labels."),
		by("adsets", "adset", "Ad sets with some labels."),
		by("ads", "ad", "Ads with some labels."),
		by("adcreatives", "adcreative", "Creatives with some labels."),
	}
}

// defaulted is a field that is answered when nothing is asked for.
func defaulted(f Field) Field {
	f.Mode |= Default
	return f
}
