package object

// AdImage declares a picture in an account's library. Its id is the account's digits, a colon and the hash, and the same bytes are the
// same image.
func AdImage() *Type {
	return &Type{
		Name:    "adimage",
		Display: "AdImage",
		Doc:     "A picture in an account's library, known by the hash of its bytes.",
		Delete:  []string{"adimage"},
		Fields: joined([]Field{
			idField("120200000000000002:9d377b10ce778c4938b3c7e2c63a229a"),
			accountField(),
			{Name: "hash", Kind: String, Mode: Derived | Default, Doc: "32 hex digits that stand for the bytes.", Example: "9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Name of the uploaded file.", Example: "shoes.jpg"},
			{Name: "status", Kind: Enum, Enum: []string{Active, "INTERNAL", Deleted}, Mode: Derived, Doc: "DELETED once it was taken from the library.", Example: Active},
			{Name: "width", Kind: Int, Mode: Derived, Doc: "Pixels across, as shown.", Example: "1200"},
			{Name: "height", Kind: Int, Mode: Derived, Doc: "Pixels down, as shown.", Example: "628"},
			{Name: "original_width", Kind: Int, Mode: Derived, Doc: "Pixels across, as uploaded.", Example: "1200"},
			{Name: "original_height", Kind: Int, Mode: Derived, Doc: "Pixels down, as uploaded.", Example: "628"},
			{Name: "url", Kind: String, Mode: Derived, Compute: "adimage.url", Doc: "Address of the picture.", Example: "http://127.0.0.1:8080/media/9d377b10ce778c4938b3c7e2c63a229a"},
			{Name: "permalink_url", Kind: String, Mode: Derived, Compute: "adimage.url", Doc: "The same address: it never changes."},
			{Name: "url_128", Kind: String, Mode: Derived, Compute: "adimage.url_128", Doc: "Address of a copy at most 128 pixels wide."},
			{Name: "is_associated_creatives_in_adgroups", Kind: Bool, Mode: Derived, Compute: "adimage.used", Doc: "Whether a creative shows it.", Example: "true"},
			{Name: "creatives", Kind: List, Elem: ID, Mode: Derived, Compute: "adimage.creatives", Doc: "Creatives that show it."},
			createdField(),
			updatedField(),
		}, unset(Any, "owner_business")),
	}
}
