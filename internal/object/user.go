package object

// User declares the person or system behind a token; /me is one.
func User() *Type {
	return &Type{
		Name:    "user",
		Display: "User",
		Doc:     "The person or system that a token speaks for; a business's users and system users, too.",
		Scopes:  Scopes{Read: AnyToken},
		Fields: joined([]Field{
			idField("120200000000000001"),
			{Name: "name", Kind: String, Mode: Editable | Default, MaxRunes: 200, Doc: "Full name.", Example: "Ada Lovelace"},
			{Name: "first_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Given name.", Example: "Ada"},
			{Name: "last_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Family name.", Example: "Lovelace"},
			{Name: "short_name", Kind: String, Mode: Editable, MaxRunes: 100, Doc: "Name to address the user by.", Example: "Ada"},
			{Name: "email", Kind: String, Mode: Editable, MaxRunes: 254, Doc: "E-mail address.", Example: "ada@example.com"},
			{Name: "locale", Kind: String, Mode: Editable, MaxRunes: 20, Doc: "Language and country.", Example: "en_US"},
			{Name: "role", Kind: Enum, Enum: []string{"ADMIN", "EMPLOYEE"}, Mode: Derived, Doc: "What the user may do in its business.", Example: "ADMIN"},
			{Name: "business", Kind: Object, Ref: "business", Mode: Derived, Doc: "The business that the user belongs to."},
			{Name: "installed", Kind: Bool, Mode: Derived, Compute: "user.installed", Doc: "Whether the user has the token's application.", Example: "true"},
			{Name: "profile_pic", Kind: String, Mode: Derived, Compute: "user.profile_pic", Doc: "Address of the picture."},
			{Name: "picture", Kind: Object, Mode: Derived, Compute: "user.picture", Doc: "The picture with its address and size.", Example: `{"data":{"url":"https://example.com/a.png"}}`},
			createdField(),
			updatedField(),
		},
			unset(String, `about birthday client_business_id gender install_type link middle_name name_format political quotes relationship_status
				religion third_party_id token_for_business website`),
			unset(Bool, `is_guest_user is_work_account local_news_megaphone_dismiss_status local_news_subscription_status
				supports_donate_button_in_live_video verified`),
			unset(Float, "timezone"),
			unset(Time, "shared_login_upgrade_required_by"),
			unset(List, "education favorite_athletes favorite_teams inspirational_people languages meeting_for sports"),
			unset(Any, "age_range community cover currency hometown location payment_pricepoints significant_other video_upload_limits"),
		),
		Edges: append([]Edge{
			{Name: "adaccounts", Alias: []string{"assigned_ad_accounts"}, Target: "adaccount", Resolve: "user.adaccounts", Doc: "Ad accounts that the token may touch."},
			{Name: "accounts", Target: "page", Resolve: "user.accounts", Default: []string{"access_token", "category", "name", "id", "tasks"}, Doc: "Pages of the instance.",
				Params: joined(taken(Bool, "is_place is_promotable"), taken(ID, "ad_id"))},
			{Name: "assigned_pages", Target: "page", Resolve: "user.accounts", Params: []Field{
				{Name: "pages", Kind: List, Elem: ID, Support: Ignored, Doc: "Only these Pages; all are answered here."},
			}, Doc: "The same Pages."},
			{Name: "assigned_product_catalogs", Target: "productcatalog", Resolve: "user.catalogs", Doc: "Catalogs that the token sees."},
			{Name: "businesses", Target: "business", Resolve: "user.businesses", Doc: "Businesses that the token sees."},
			{Name: "permissions", Resolve: "user.permissions", Delete: "user.revoke", Scope: AnyToken, Doc: "What the token may do; a DELETE takes it back, or one permission.", Params: []Field{
				{Name: "permission", Kind: Enum, Enum: Permissions(), Doc: "Only this permission.", Example: "ads_read"},
				{Name: "status", Kind: Enum, Enum: []string{"declined", "expired", "granted"}, Doc: "Only permissions in this state.", Example: "granted"},
			}},
			{Name: "picture", Get: "user.picture", Doc: "The picture's address and size.", Params: pictureParams()},
		}, outside(`ad_studies albums assigned_business_asset_groups business_users conversations custom_labels events feed fundraisers groups
			ids_for_apps ids_for_business ids_for_pages likes live_videos music personal_ad_accounts photos posts rich_media_documents videos`)...),
	}
}

// pictureParams choose the form of a profile picture.
func pictureParams() []Field {
	return joined(
		[]Field{{Name: "type", Kind: Enum, Enum: []string{"album", "large", "normal", "small", "square"}, Support: Ignored, Doc: "Size by name; there is one picture."}},
		taken(Int, "height width"), taken(Bool, "redirect"),
	)
}
