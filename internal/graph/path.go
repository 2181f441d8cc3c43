package graph

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/object"
)

// target is what a path names: a version and, below it, nothing, a node, or a node and one of its edges.
type target struct {
	version object.Version // that answers
	asked   object.Version // as written, which may have ended
	node    string         // "me", "act_1", "120200000000000001", "1:9d37…"; "" is the root
	edge    string         // "" is the node itself; of the root, a path such as "search"
}

// versionPattern is a path's first component that can only be a version.
var versionPattern = regexp.MustCompile(`^v(\d{1,3})\.(\d{1,2})$`)

// parsePath reads a URL path. Slashes at the end and in a row mean nothing. The target is filled as far as it was understood, so
// that an error can name the version. The platform raises a version before oldest to that. The root's edges are looked for first: no object has such an id.
func parsePath(path string, unversioned, oldest object.Version, root *object.Type) (target, error) {
	t := target{version: max(unversioned, oldest), asked: unversioned}
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) > 0 {
		if m := versionPattern.FindStringSubmatch(parts[0]); m != nil {
			version, known := parseVersion(m[1], m[2])
			if !known {
				return t, fault(codeSyntax, fmt.Sprintf("Unknown version %s: this server speaks v%s to v%s", parts[0], versionText(object.Oldest), versionText(object.Newest)))
			}
			t.version, t.asked, parts = max(version, oldest), version, parts[1:]
		}
	}
	if name := strings.Join(parts, "/"); root.Edge(name) != nil {
		t.edge = name
		return t, nil
	}
	if len(parts) > 2 {
		return t, fault(codeSyntax, "Unknown path components: /"+strings.Join(parts[2:], "/"))
	}
	if len(parts) > 0 {
		t.node = parts[0]
	}
	if len(parts) > 1 {
		t.edge = parts[1]
	}
	return t, nil
}

// parseVersion reads a version that exists or once did.
func parseVersion(major, minor string) (object.Version, bool) {
	big, _ := strconv.Atoi(major) // digits only, by the pattern
	small, _ := strconv.Atoi(minor)
	v := object.Version(big*10 + small)
	switch {
	case big < 1 || small > 12 || v > object.Newest:
		return 0, false
	case v < object.Oldest:
		return v, true
	}
	return v, small == 0
}

// versionText writes 230 as "23.0".
func versionText(v object.Version) string { return fmt.Sprintf("%d.%d", v/10, v%10) }

// in reports whether something declared for a window of versions exists in v; zero bounds are open.
func in(v, since, until object.Version) bool {
	return (since == 0 || v >= since) && (until == 0 || v <= until)
}
