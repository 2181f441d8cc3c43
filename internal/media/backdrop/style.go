package backdrop

import "slices"

// The styles, family by family. Their names are kept with reviews and with what was learned: one that is painted otherwise than before gets
// a new name.
const (
	Tint       Style = "tint"       // a light tint of the product's colour
	Solid      Style = "solid"      // the brand's colour, or a fuller one of the product's
	Analogous  Style = "analogous"  // a gradient between neighbours of the product's hue
	Complement Style = "complement" // a gradient of the hue opposite to the product's
	Radial     Style = "radial"     // a pool of light behind the product
	Dots       Style = "dots"       // small dots in rows
	Diagonals  Style = "diagonals"  // broad slanting stripes
	Terrazzo   Style = "terrazzo"   // chips of stone in a few colours
	Arcs       Style = "arcs"       // rings around a corner
	Disc       Style = "disc"       // one large disc behind the product
	Table      Style = "table"      // a table before a wall, which mirrors the product faintly
	Sweep      Style = "sweep"      // a deep studio sweep
)

// families groups the styles by what they look like; a choice of few takes from every family.
func families() [][]Style {
	return [][]Style{{Tint, Solid}, {Analogous, Complement, Radial}, {Table, Sweep}, {Dots, Diagonals, Terrazzo, Arcs, Disc}}
}

// Styles lists every style.
func Styles() []Style { return slices.Concat(families()...) }

// Pick chooses n styles for a product set, which its identity decides, such that they differ: family by family, another in each round.
// There are never more than [Styles] has.
func Pick(product string, n int) []Style {
	d := dice(product)
	groups := families()
	for _, g := range groups {
		d.shuffle(len(g), func(i, j int) { g[i], g[j] = g[j], g[i] })
	}
	d.shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	var chosen []Style
	for round := 0; len(chosen) < min(n, len(Styles())); round++ {
		for _, g := range groups {
			if round < len(g) && len(chosen) < n {
				chosen = append(chosen, g[round])
			}
		}
	}
	return chosen
}
