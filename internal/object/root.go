package object

// RootName is the type of the tree's root, which no stored object has: its edges are the paths that name no object, as in GET /search.
const RootName = "root"

// Root declares those paths.
func Root() *Type {
	return &Type{
		Name:    RootName,
		Display: "Query",
		Doc:     "Paths that name no object.",
		Edges:   []Edge{},
	}
}
