package object

// User declares the person or system behind a token; /me is one.
func User() *Type {
	return &Type{
		Name:    "user",
		Display: "User",
		Doc:     "The person or system that a token speaks for.",
		Scopes:  Scopes{Read: AnyToken},
		Fields: []Field{
			idField("120200000000000001"),
			{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 200, Doc: "Full name.", Example: "Ada Lovelace"},
			{Name: "first_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Given name.", Example: "Ada"},
			{Name: "last_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Family name.", Example: "Lovelace"},
			{Name: "short_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Name to address the user by.", Example: "Ada"},
			{Name: "email", Kind: String, Mode: Editable, MaxRunes: 254, Doc: "E-mail address.", Example: "ada@example.com"},
			{Name: "locale", Kind: String, Mode: Editable, MaxRunes: 20, Doc: "Language and country.", Example: "en_US"},
			createdField(),
			updatedField(),
		},
		Edges: []Edge{
			{Name: "adaccounts", Alias: []string{"assigned_ad_accounts"}, Target: "adaccount", Resolve: "user.adaccounts", Doc: "Ad accounts that the token may touch."},
			{Name: "accounts", Alias: []string{"assigned_pages"}, Target: "page", Resolve: "user.accounts", Default: []string{"access_token", "category", "name", "id", "tasks"}, Doc: "Pages of the instance."},
		},
	}
}
