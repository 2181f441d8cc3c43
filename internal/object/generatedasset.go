package object

// GeneratedAsset is ours: a text or a picture that was made for a creative, how it came about, and what people said of it.
func GeneratedAsset() *Type {
	return &Type{
		Name:    "generatedasset",
		Display: "GeneratedAsset",
		Doc:     "Ours: a text or a picture that was made for a creative which opted in, with how it came about and its review. Nothing of it is shown before it is approved.",
		Scopes:  Scopes{Read: CreativeReview}, // who decides about an asset can read it
		Fields: joined([]Field{
			idField("120200000000000041"),
			accountField(),
			{Name: "creative_id", Kind: ID, Ref: "adcreative", Mode: Derived | Default, Doc: "The creative that it was made for.", Example: "120200000000000007"},
			{Name: "kind", Kind: Enum, Enum: []string{"body", "headline", "description", "image", "background"}, Mode: Derived | Default, Doc: "Which list of texts it is for, or that it is a picture (image), or a style in which every item of the product set has a picture (background).", Example: "body"},
			{Name: "text", Kind: String, Mode: Derived | Default, Doc: "The text, of one.", Example: "Made to last: mugs from one family."},
			{Name: "state", Kind: Enum, Enum: AssetStates(), Mode: Derived | Default, Compute: "generatedasset.state", Doc: "What its review came to; PENDING again once a byte of an approved text changed. INELIGIBLE is what could not be made: code and reason say why.", Example: AssetPending},
			{Name: "source", Kind: String, Mode: Derived | Default, Compute: "generatedasset.source", Doc: "The advertiser's primary text that a text was made from.", Example: "Made to last."},
			{Name: "generator", Kind: Enum, Enum: []string{"embedded", "openai", "anthropic", "a1111", "comfyui", "stability"}, Mode: Derived | Default, Doc: "What made it: the rules and painters of this server (embedded), or a model behind one of these protocols.", Example: "embedded"},
			{Name: "model", Kind: String, Mode: Derived | Default, Doc: "The model, of a generator that has one."},
			{Name: "moves", Kind: List, Elem: String, Mode: Derived | Default, Doc: "What was done to the source, by the names of the rules.", Example: `["order.swap"]`},
			{Name: "evidence", Kind: List, Elem: String, Mode: Derived | Default, Doc: "Where sentences that are not the source's came from: ad:<creative id> or post:<number>.", Example: `["ad:120200000000000009"]`},
			{Name: "gate_version", Kind: String, Mode: Derived | Default, Doc: "Version of the checks that it passed.", Example: "1"},
			{Name: "rejected", Kind: Object, Mode: Derived | Default, Doc: "How many other candidates of the same job the checks refused, by code.", Example: `{"number":3}`},
			{Name: "sha256", Kind: String, Mode: Derived, Doc: "Hash of exactly those bytes of the text, or of the file, that the review is about; of a background that of its recipe."},
			{Name: "prompt_hash", Kind: String, Mode: Derived, Doc: "Hash of what the model was sent."},
			{Name: "seed", Kind: String, Mode: Derived, Doc: "Seed of the job: with the same generator and history it gives the same texts, and another one than before another picture."},
			{Name: "language", Kind: String, Mode: Derived, Doc: "ISO 639-1 code of the language that it was taken for.", Example: "en"},
			{Name: "digital_source_type", Kind: String, Mode: Derived, Doc: "How it was made, in the IPTC vocabulary: algorithmicMedia of rules, trainedAlgorithmicMedia of a model, and for pictures what their files say.", Example: "algorithmicMedia"},
			{Name: "requested_by", Kind: String, Mode: Derived, Doc: "Id of the user whose request made the creative."},
			{Name: "reviewer", Kind: String, Mode: Derived, Doc: "Name of the token that decided."},
			{Name: "reviewer_id", Kind: ID, Mode: Derived, Doc: "Id of the user who decided."},
			{Name: "reviewed_time", Kind: Time, Mode: Derived, Doc: "When it was decided.", Example: "2026-01-31T08:00:00-0800"},
			{Name: "reviewed_by", Kind: Enum, Enum: []string{"activation", "review"}, Mode: Derived, Doc: "Whether it was decided by itself, or with the activation of an ad.", Example: "activation"},
			{Name: "job_id", Kind: ID, Mode: Derived, Doc: "The job that made it."},
			{Name: "previous", Kind: ID, Mode: Derived, Doc: "The asset whose place it took."},
			createdField(),
			updatedField(),
		}, pictureFields()),
	}
}

// pictureFields are those of generated pictures.
func pictureFields() []Field {
	return []Field{
		{Name: "feature", Kind: String, Mode: Derived | Default, Doc: "Of a picture: the member of creative_features_spec that it was made for.", Example: "image_uncrop"},
		{Name: "source_hash", Kind: String, Mode: Derived | Default, Doc: "Hash of the picture that it was made of.", Example: "9d377b10ce778c4938b3c7e2c63a229a"},
		{Name: "source_url", Kind: String, Mode: Derived, Doc: "Address of that picture, where the creative gives it by its address."},
		{Name: "image_hash", Kind: String, Mode: Derived | Default, Doc: "Hash of the picture, under which it lies at /media/{image_hash}.", Example: "1b2c3d4e5f60718293a4b5c6d7e8f901"},
		{Name: "url", Kind: String, Mode: Derived | Default, Compute: "generatedasset.url", Doc: "Address of the picture.", Example: "http://127.0.0.1:8080/media/1b2c3d4e5f60718293a4b5c6d7e8f901"},
		{Name: "ratio", Kind: String, Mode: Derived | Default, Doc: "Its shape, where one was wanted.", Example: "4:5"},
		{Name: "placements", Kind: List, Elem: String, Mode: Derived | Default, Doc: "Values of ad_format that it is shown in; none for every place.", Example: `["MOBILE_FEED_STANDARD"]`},
		{Name: "width", Kind: Int, Mode: Derived | Default, Doc: "Pixels across.", Example: "1080"},
		{Name: "height", Kind: Int, Mode: Derived | Default, Doc: "Pixels down.", Example: "1350"},
		{Name: "style", Kind: String, Mode: Derived | Default, Doc: "Of a background: how it is painted.", Example: "tint"},
		{Name: "recipe", Kind: String, Mode: Derived, Doc: "Of a background: hash of all that was asked of the painter but for the item."},
		{Name: "confidence", Kind: Float, Mode: Derived | Default, Doc: "How sure the painter is that it looks right, 0 to 1.", Example: "0.83"},
		{Name: "code", Kind: String, Mode: Derived | Default, Doc: "Of an INELIGIBLE one: why, for programs.", Example: "subject.cut"},
		{Name: "reason", Kind: String, Mode: Derived | Default, Doc: "The same in words."},
		{Name: "painter_version", Kind: String, Mode: Derived, Doc: "Version of the painters.", Example: "1"},
	}
}

// What the review of a generated asset can come to, or that there is nothing to review.
const (
	AssetPending    = "PENDING"
	AssetApproved   = "APPROVED"
	AssetRejected   = "REJECTED"
	AssetIneligible = "INELIGIBLE"
)

// AssetStates are all of them.
func AssetStates() []string {
	return []string{AssetPending, AssetApproved, AssetRejected, AssetIneligible}
}

// generationEdge lists what was generated for a creative; a POST decides about one of the assets or has it made anew.
func generationEdge() Edge {
	return Edge{
		Name: "generation", Target: "generatedasset", By: "creative_id", Summary: "adcreative.generation", Action: "adcreative.generation", Undoable: true, Also: CreativeReview,
		Doc: "Ours: what was generated for the creative, and how. A POST approves, rejects or regenerates one asset; a token with creative_review may, like one with ads_management.",
		Params: []Field{
			{Name: "asset_id", Kind: ID, Mode: Required, Doc: "Of a POST: the asset that is meant.", Example: "120200000000000041"},
			{Name: "action", Kind: Enum, Enum: []string{"approve", "reject", "regenerate"}, Mode: Required, Doc: "Of a POST: what becomes of it. A rejected asset never comes back for the account; regenerate rejects it and asks for another.", Example: "approve"},
		},
	}
}

// reviewFields say how an account wants its generated assets reviewed, and written.
func reviewFields() []Field {
	return []Field{
		{Name: "review_gate", Kind: Enum, Enum: []string{"activation", "required"}, Mode: Derived | Update, Compute: "adaccount.review_gate", Doc: "Ours: whether setting an ad ACTIVE approves its generated assets (activation), or each has to be approved first by a token with creative_review (required). Changing it takes the scope admin.", Example: "required"},
		{Name: "four_eyes", Kind: Bool, Mode: Derived | Update, Compute: "adaccount.four_eyes", Doc: "Ours: whether nobody may approve what was generated at their own request. Changing it takes the scope admin.", Example: "true"},
		{Name: "brand_colors", Kind: List, Elem: String, Mode: Editable, Doc: "Ours: up to 5 colours, #rrggbb, from which generated backgrounds are painted instead of the product's own.", Example: `["#1b4332","#d8f3dc"]`},
		{Name: "text_guidelines", Kind: Object, Mode: Editable, Doc: "Ours: at most 25 term_exclusions, which no generated text may hold, and at most 40 messaging_restrictions in plain words for language models.", Example: `{"term_exclusions":["cheap"],"messaging_restrictions":["Never mention competitors."]}`},
	}
}
