package object

// Permissions that tokens carry.
const (
	AdsRead        = "ads_read"
	AdsManagement  = "ads_management" // implies AdsRead
	Businesses     = "business_management"
	PagesRead      = "pages_read_engagement"
	PagesAds       = "pages_manage_ads"
	Catalogs       = "catalog_management"
	Insights       = "read_insights"   // of Pages on the platform; asked after by tools, and nothing here needs it
	Sandbox        = "sandbox"         // ours: names the time of decisions, learns on demand
	CreativeReview = "creative_review" // ours: approves and rejects what was generated
	Admin          = "admin"           // ours: implies every other

	AnyToken = "any" // in a declaration: every token will do
)

// Permissions are all that a token can be given.
func Permissions() []string {
	return []string{AdsRead, AdsManagement, Businesses, PagesRead, PagesAds, Catalogs, Insights, Sandbox, CreativeReview, Admin}
}
