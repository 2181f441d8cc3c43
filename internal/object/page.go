package object

// Page declares the public face in whose name an ad speaks.
func Page() *Type {
	return &Type{
		Name:    "page",
		Display: "Page",
		Doc:     "The public face in whose name an ad speaks.",
		Scopes:  Scopes{Read: PagesRead, Write: PagesAds, Shared: true},
		Fields: []Field{
			idField("120200000000000003"),
			{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 200, Doc: "Name shown above an ad.", Example: "Corner Bakery"},
			{Name: "category", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Kind of business.", Example: "Bakery"},
			{Name: "category_list", Kind: List, Elem: Object, Mode: Editable, Doc: "Kinds of business.", Example: `[{"id":"1","name":"Bakery"}]`},
			{Name: "access_token", Kind: String, Mode: Derived, Compute: "page.access_token", Doc: "Token that speaks for the Page: the caller's own."},
			{Name: "tasks", Kind: List, Elem: String, Mode: Derived, Doc: "What the user may do with the Page.", Example: `["ADVERTISE"]`},
			{Name: "about", Kind: String, Mode: Editable, MaxRunes: 255, Doc: "One sentence on the business.", Example: "Bread since 1921."},
			{Name: "description", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "The business at length."},
			{Name: "bio", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "Life of a person."},
			{Name: "mission", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "What the business is for."},
			{Name: "company_overview", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "The company in short."},
			{Name: "general_info", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "Anything else."},
			{Name: "products", Kind: String, Mode: Editable, MaxRunes: 2000, Doc: "What is sold."},
			{Name: "founded", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "When it was founded.", Example: "1921"},
			{Name: "username", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Name in addresses.", Example: "cornerbakery"},
			{Name: "link", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "Address of the Page.", Example: "https://example.com/cornerbakery"},
			{Name: "website", Kind: String, Mode: Editable, MaxRunes: 1000, Doc: "Address of the business.", Example: "https://example.com"},
			{Name: "phone", Kind: String, Mode: Editable, MaxRunes: 50, Doc: "Telephone number.", Example: "+1 555 0100"},
			{Name: "emails", Kind: List, Elem: String, Mode: Editable, Doc: "E-mail addresses.", Example: `["hello@example.com"]`},
			{Name: "location", Kind: Object, Mode: Editable, Doc: "Street, city, country and coordinates.", Example: `{"city":"Paris","country":"France"}`},
			{Name: "hours", Kind: Object, Mode: Editable, Doc: "Opening hours by day.", Example: `{"mon_1_open":"08:00"}`},
			{Name: "price_range", Kind: String, Mode: Editable, MaxRunes: 10, Doc: "How dear it is.", Example: "$$"},
			{Name: "cover", Kind: Object, Mode: Editable, Doc: "Cover picture.", Example: `{"source":"https://example.com/cover.jpg"}`},
			{Name: "fan_count", Kind: Int, Mode: Derived, Doc: "People who like the Page.", Example: "1200"},
			{Name: "followers_count", Kind: Int, Mode: Derived, Doc: "People who follow the Page.", Example: "1250"},
			{Name: "is_published", Kind: Bool, Mode: Editable, Preset: true, Doc: "Whether the public sees the Page.", Example: "true"},
			{Name: "is_verified", Kind: Bool, Mode: Derived, Doc: "Whether the owner was checked.", Example: "false"},
			{Name: "verification_status", Kind: String, Mode: Derived, Doc: "How the owner was checked.", Example: "not_verified"},
			{Name: "instagram_business_account", Kind: Object, Mode: Derived, Doc: "The Instagram account of the business.", Example: `{"id":"17841400000000000"}`},
			createdField(),
			updatedField(),
		},
	}
}
