package ads

import (
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// How copies are named.
const (
	renameDeep = "DEEP_RENAME"
	renameTop  = "ONLY_TOP_LEVEL_RENAME"
	renameNone = "NO_RENAME"
)

// renaming is how the copies of one request are named.
type renaming struct {
	strategy, prefix, suffix string
}

// renamingOf reads rename_options. Without a suffix, copies are named as such.
func renamingOf(args graph.Args) (renaming, error) {
	options := object.Members(args, "rename_options")
	r := renaming{strategy: renameTop, prefix: object.Text(options, "rename_prefix"), suffix: " - Copy"}
	if suffix, sent := options["rename_suffix"]; sent && suffix != nil {
		r.suffix = object.Text(options, "rename_suffix")
	}
	if options["rename_strategy"] != nil {
		r.strategy = object.Text(options, "rename_strategy")
	}
	known := []string{renameDeep, renameTop, renameNone}
	if !slices.Contains(known, r.strategy) {
		return r, object.Broken("copy.rename", 0, "rename_strategy must be one of "+strings.Join(known, ", "), "rename_options", "rename_strategy").Put(renameTop)
	}
	return r, nil
}

// of is the name of a copy; top is whether it is that of the object of the path.
func (r renaming) of(name string, top bool) string {
	if r.strategy == renameNone || r.strategy == renameTop && !top {
		return name
	}
	return r.prefix + name + r.suffix
}
