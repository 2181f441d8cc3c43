package object

// RootName is the type of the tree's root, which no stored object has: its edges are the paths that name no object, as in GET /search.
const RootName = "root"

// Root declares those paths.
func Root() *Type {
	return &Type{
		Name:    RootName,
		Display: "Query",
		Doc:     "Paths that name no object.",
		Edges: []Edge{
			rootPreviewsEdge(),
			searchEdge(),
			{Name: "debug_token", Get: "token.debug", Doc: "What a token is: whose, for what, until when.", Params: []Field{
				{Name: "input_token", Kind: String, Mode: Required, Doc: "The token to look at.", Example: "mq_…"},
			}},
			{Name: "oauth/access_token", Get: "token.issue", Action: "token.issue", Open: true, Doc: "An application's own token, or a longer-lived token for one that is good.", Params: []Field{
				{Name: "grant_type", Kind: String, Doc: "client_credentials or fb_exchange_token.", Example: "client_credentials"},
				{Name: "client_id", Kind: ID, Mode: Required, Doc: "Id of the application.", Example: "120200000000000006"},
				{Name: "client_secret", Kind: String, Mode: Required, Doc: "Its secret."},
				{Name: "fb_exchange_token", Kind: String, Doc: "The token to exchange."},
				{Name: "code", Kind: String, Support: Refused, Doc: "A code from the login dialog, which there is none of here."},
				{Name: "redirect_uri", Kind: String, Support: Ignored, Doc: "Goes with code."},
			}},
			{Name: "ads/ads_insights/export_report", Get: "report.export", Doc: "The rows of a finished report run as a file.", Params: []Field{
				{Name: "report_run_id", Kind: ID, Mode: Required, Doc: "The report run.", Example: "120200000000000009"},
				{Name: "format", Kind: Enum, Enum: []string{"csv", "xls"}, Doc: "csv; the platform's xls is not made here.", Example: "csv"},
				{Name: "name", Kind: String, MaxRunes: 100, Doc: "Name of the file.", Example: "January"},
			}},
		},
	}
}
