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
			{Name: "ads/ads_insights/export_report", Get: "report.export", Doc: "The rows of a finished report run as a file.", Params: []Field{
				{Name: "report_run_id", Kind: ID, Mode: Required, Doc: "The report run.", Example: "120200000000000009"},
				{Name: "format", Kind: Enum, Enum: []string{"csv", "xls"}, Doc: "csv; the platform's xls is not made here.", Example: "csv"},
				{Name: "name", Kind: String, MaxRunes: 100, Doc: "Name of the file.", Example: "January"},
			}},
		},
	}
}
