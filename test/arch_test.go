// Package test holds the tests that look at the whole house: which package may import which, and the program as its users run it.
package test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// module is the path that every import of our own begins with.
const module = "github.com/marquetry/marquetry"

// allowed is the import rule: for each package, the packages of ours that it may import. Imports point one way (pure, state,
// service, surface, root), and services never import each other: the root wires them by name.
func allowed() map[string][]string {
	pure := []string{"internal/object", "internal/atlas", "internal/target", "internal/creative", "internal/catalog", "internal/bandit", "internal/bandit/baseline", "internal/bandit/heritage", "internal/bandit/offpolicy", "internal/auction", "internal/steer", "internal/pacing", "internal/frequency", "internal/media", "internal/media/expand", "internal/media/cutout", "internal/media/backdrop", "internal/media/retouch", "internal/media/colour", "internal/media/webp", "internal/openrtb", "internal/origin", "internal/traffic", "internal/reference"}
	state := append([]string{"internal/store", "internal/eventlog", "internal/fetch", "internal/inspect", "internal/edition", "internal/audience"}, pure...)
	protocol := append([]string{"internal/graph"}, state...)
	service := slices.Concat(state, []string{"internal/graph", "internal/deliver", "internal/insights", "internal/generate", "internal/graph/ads",
		"internal/graph/access", "internal/graph/account", "internal/graph/async", "internal/graph/pages", "internal/graph/videos", "internal/graph/catalogs", "internal/graph/previews"})
	return map[string][]string{
		"internal/object":          {},
		"internal/atlas":           {},
		"internal/target":          {"internal/object", "internal/atlas"},
		"internal/creative":        {"internal/object"},
		"internal/catalog":         {"internal/object"},
		"internal/auction":         {},
		"internal/openrtb":         {"internal/object"},
		"internal/auction/sim":     {"internal/auction"},
		"internal/bandit":          {},
		"internal/pacing":          {},
		"internal/pacing/trial":    {"internal/pacing"},
		"internal/bandit/sim":      {"internal/bandit", "internal/bandit/baseline"},
		"internal/bandit/baseline": {"internal/bandit"},
		"internal/steer":           {"internal/object", "internal/creative", "internal/bandit", "internal/bandit/baseline"},

		"internal/frequency":              {},
		"internal/bandit/heritage":        {"internal/bandit"},
		"internal/bandit/archive":         {"internal/bandit", "internal/bandit/heritage"},
		"internal/bandit/offpolicy":       {"internal/bandit"},
		"internal/bandit/offpolicy/trial": {"internal/bandit", "internal/bandit/baseline", "internal/bandit/sim", "internal/bandit/offpolicy"},
		"internal/media":                  {"internal/media/webp"},

		"internal/media/webp":     {},
		"internal/media/expand":   {"internal/media"},
		"internal/media/cutout":   {"internal/media"},
		"internal/media/backdrop": {"internal/media", "internal/media/cutout", "internal/media/colour"},
		"internal/media/retouch":  {"internal/media", "internal/media/colour"},
		"internal/media/colour":   {},

		"internal/media/score":       {}, // these share nothing with what they measure, so that they can disagree
		"internal/media/score/cases": {},
		"internal/origin":            {},
		"internal/traffic":           {},
		"internal/reference":         {"internal/object"},

		"internal/store":    {"internal/object"},
		"internal/eventlog": {"internal/store", "internal/object"},
		"internal/fetch":    {"internal/object"},
		"internal/inspect":  {"internal/store", "internal/object"},
		"internal/audience": {"internal/store", "internal/object"},
		"internal/edition":  {"internal/store", "internal/creative", "internal/catalog", "internal/object"},

		"internal/graph":          state,
		"internal/graph/ads":      protocol,
		"internal/graph/access":   protocol,
		"internal/graph/account":  protocol,
		"internal/graph/async":    protocol,
		"internal/graph/pages":    protocol,
		"internal/graph/videos":   protocol,
		"internal/graph/catalogs": protocol,

		"internal/graph/previews":        append([]string{"internal/graph/previews/sketch", "internal/graph/previews/place", "internal/graph/previews/raster"}, protocol...),
		"internal/graph/previews/sketch": {},
		"internal/graph/previews/place":  {"internal/graph/previews/sketch"},
		"internal/graph/previews/raster": {"internal/graph/previews/sketch"},

		"internal/deliver":  append([]string{"client"}, state...), // the wire types of a decision are the client's
		"internal/insights": state,
		"internal/generate": append([]string{"internal/generate/text", "internal/generate/image"}, state...),
		"internal/world":    {"client"}, // simulated people come in through the front door

		"internal/generate/text":         {"internal/generate/text/gate", "internal/generate/text/units"},
		"internal/generate/text/units":   {},
		"internal/generate/text/gate":    {"internal/generate/text/units"},
		"internal/generate/text/rewrite": {"internal/generate/text", "internal/generate/text/gate", "internal/generate/text/units"},
		"internal/generate/text/remote":  {"internal/generate/text", "internal/generate/text/units", "internal/generate/server"},
		"internal/generate/text/judge":   {}, // so that it can disagree with the others
		"internal/generate/image":        {"internal/media", "internal/media/expand", "internal/media/cutout", "internal/media/backdrop", "internal/media/retouch"},
		"internal/generate/image/remote": {"internal/generate/image", "internal/media", "internal/generate/server"},
		"internal/generate/server":       {},

		"internal/authority": {},
		"internal/console":   append([]string{"internal/generate/text/gate", "internal/generate/image", "internal/bandit/sim"}, service...), // what codes mean, which features have chance in them
		"client":             {},
		"":                   append([]string{"internal/console", "client", "internal/generate/text", "internal/generate/text/rewrite", "internal/generate/text/remote", "internal/generate/image", "internal/generate/image/remote"}, service...),
		"cmd/marquetry": {"", "client", "internal/world", "internal/authority", "internal/bandit", "internal/pacing/trial", "internal/bandit/archive", "internal/auction/sim", "internal/bandit/sim", "internal/bandit/offpolicy", "internal/bandit/offpolicy/trial", "internal/store", // the store to fill an account for the benchmark
			"internal/generate/text", "internal/generate/text/judge", // requests and items
			"internal/generate/image", "internal/media", "internal/media/expand", "internal/media/cutout", "internal/media/backdrop", "internal/media/score", "internal/media/score/cases"},
	}
}

// listed is the part of `go list -json` that the rule looks at.
type listed struct {
	ImportPath string
	Imports    []string
}

// TestImportRule fails for an import that the table does not allow, and for a package that the table does not know.
func TestImportRule(t *testing.T) {
	rule := allowed()
	for _, pkg := range packages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(pkg.ImportPath, module), "/")
		if strings.HasPrefix(name, "test/") || strings.HasSuffix(name, "test") || strings.HasPrefix(name, "examples/") {
			continue // test support may import what it tests
		}
		may, known := rule[name]
		if !known {
			t.Errorf("package %s is not in the import rule", pkg.ImportPath)
		}
		for _, imp := range pkg.Imports {
			ours, ok := strings.CutPrefix(imp, module)
			if ours = strings.TrimPrefix(ours, "/"); ok && !slices.Contains(may, ours) {
				t.Errorf("%s must not import %s", pkg.ImportPath, imp)
			}
		}
	}
}

// TestPurePackagesDoNothing keeps clocks, files, sockets and global randomness out of the pure packages.
func TestPurePackagesDoNothing(t *testing.T) {
	forbidden := []string{"os", "net", "database/sql", "log", "log/slog", "math/rand", "time"}
	for _, pkg := range packages(t) {
		switch strings.TrimPrefix(pkg.ImportPath, module+"/") {
		case "internal/object", "internal/openrtb", "internal/atlas", "internal/target", "internal/traffic", "internal/creative", "internal/catalog", "internal/bandit", "internal/bandit/baseline", "internal/bandit/heritage", "internal/bandit/offpolicy", "internal/auction", "internal/steer", "internal/pacing", "internal/media", "internal/reference",
			"internal/media/cutout", "internal/media/backdrop", "internal/media/retouch", "internal/media/expand", "internal/media/score", "internal/media/colour", "internal/media/webp",
			"internal/graph/previews/sketch", "internal/graph/previews/place", "internal/graph/previews/raster":
			for _, imp := range pkg.Imports {
				if slices.Contains(forbidden, imp) && (imp != "time" || !strings.HasSuffix(pkg.ImportPath, "/object")) {
					t.Errorf("%s is pure and must not import %s", pkg.ImportPath, imp)
				}
			}
		}
	}
}

// packages lists every package of the module with its direct imports, tests excluded.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", module+"/...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []listed
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}
