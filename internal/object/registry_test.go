package object

import (
	"strings"
	"testing"
)

// sound is a pair of types without a mistake, for tests to spoil.
func sound() (parent, child *Type) {
	parent = &Type{Name: "parent", Display: "Parent", Fields: []Field{{Name: "id", Kind: ID, Mode: Derived | Default}, {Name: "best_id", Kind: ID, Ref: "child", Mode: Derived}}, Edges: []Edge{
		{Name: "children", Target: "child", By: "parent_id", Create: true},
		{Name: "best", Target: "child", Via: "best_id"},
		{Name: "report", Resolve: "report"},
		{Name: "events", Action: "events", Params: []Field{{Name: "data", Kind: List, Elem: Object, Mode: Required}}},
	}}
	child = &Type{Name: "child", Display: "Child", Fields: []Field{
		{Name: "parent_id", Kind: ID, Ref: "parent", Mode: Fixed | Required},
		{Name: "status", Kind: Enum, Enum: []string{Active}, Mode: Editable, Preset: Active, Alias: []string{"run_status"}},
		{Name: "tags", Kind: List, Elem: Enum, Enum: []string{"A"}, Mode: Editable, Since: 200, Until: 250},
	}}
	return parent, child
}

// A sound registry builds, and finds types, fields and edges by all their names.
func TestBuild(t *testing.T) {
	t.Parallel()
	parent, child := sound()
	r, err := Build(parent, child)
	if err != nil {
		t.Fatal(err)
	}
	if r.Type("child") != child || r.Type("none") != nil || len(r.Types()) != 2 || r.Types()[0] != parent {
		t.Error("types are not found in the order given")
	}
	if f := child.Field("run_status"); f == nil || f.Name != "status" {
		t.Error("a field is not found by its older name")
	}
}

// Every mistake that a literal can hold stops the build, and names the place.
func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(parent, child *Type){
		`two types are named "parent"`:             func(_, c *Type) { c.Name = "parent" },
		`lacks a name or display name`:             func(p, _ *Type) { p.Display = "" },
		`two fields are named "status"`:            func(_, c *Type) { c.Fields[2].Name = "status" },
		`two fields are named "run_status"`:        func(_, c *Type) { c.Fields[2].Alias = []string{"run_status"} },
		`two edges are named "best"`:               func(p, _ *Type) { p.Edges[0].Alias = []string{"best"} },
		`field without a name`:                     func(_, c *Type) { c.Fields[0].Name = "" },
		`field status has no kind`:                 func(_, c *Type) { c.Fields[1].Kind = 0 },
		`Enum goes with the kind Enum`:             func(_, c *Type) { c.Fields[1].Enum = nil },
		`Elem goes with the kind List`:             func(_, c *Type) { c.Fields[2].Elem = 0 },
		`a list of lists`:                          func(_, c *Type) { c.Fields[2].Elem, c.Fields[2].Enum = List, nil },
		`refers to "nobody"`:                       func(_, c *Type) { c.Fields[0].Ref = "nobody" },
		`cannot be read`:                           func(_, c *Type) { c.Fields[1].Mode = Create | Default },
		`required but not accepted`:                func(_, c *Type) { c.Fields[0].Mode = Read | Required },
		`preset 1 does not fit`:                    func(_, c *Type) { c.Fields[1].Preset = int64(1) },
		`preset GONE does not fit`:                 func(_, c *Type) { c.Fields[1].Preset = "GONE" },
		`MaxRunes is negative`:                     func(_, c *Type) { c.Fields[1].MaxRunes = -1 },
		`ends in version 190 before it begins`:     func(_, c *Type) { c.Fields[2].Until = 190 },
		`best ends in version 190`:                 func(p, _ *Type) { p.Edges[1].Since, p.Edges[1].Until = 200, 190 },
		`exactly one of By, Via, Resolve and Get`:  func(p, _ *Type) { p.Edges[1].By = "parent_id" },
		`edge events needs exactly one`:            func(p, _ *Type) { p.Edges[3].Action = "" },
		`leads to "nobody"`:                        func(p, _ *Type) { p.Edges[0].Target = "nobody" },
		`child has no field grandparent_id`:        func(p, _ *Type) { p.Edges[0].By = "grandparent_id" },
		`child.parent_id does not refer to parent`: func(_, c *Type) { c.Fields[0].Ref = "child" },
		`there is no field worst_id`:               func(p, _ *Type) { p.Edges[1].Via = "worst_id" },
		`Create needs By and excludes Action`:      func(p, _ *Type) { p.Edges[0].Action = "make" },
		`field data has no kind`:                   func(p, _ *Type) { p.Edges[3].Params[0] = Field{Name: "data"} },
	} {
		parent, child := sound()
		spoil(parent, child)
		if _, err := Build(parent, child); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// The declarations of the house build.
func TestTypesBuild(t *testing.T) {
	t.Parallel()
	if _, err := Build(Types()...); err != nil {
		t.Error(err)
	}
}
