package marquetry

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/marquetry/marquetry/internal/graph/previews"
)

// The roles that a server can have. Several servers on one database, each with some of them, are one instance; see docs/guide/scale.md.
const (
	roleAPI     = "api"     // the Graph API, its previews and what administers the instance
	roleDecide  = "decide"  // decisions, bids, the tag, snippets, frames, pictures and their links
	roleIngest  = "ingest"  // impressions, views, clicks, conversions
	roleWork    = "work"    // folding the event log, generating
	roleConsole = "console" // the pages
)

// Roles names every role.
func Roles() []string { return []string{roleAPI, roleDecide, roleIngest, roleWork, roleConsole} }

// checkRoles refuses what is no role.
func checkRoles(roles []string) error {
	for _, role := range roles {
		if !slices.Contains(Roles(), role) {
			return fmt.Errorf("role %q is none of %s", role, strings.Join(Roles(), ", "))
		}
	}
	return nil
}

// has reports whether this server has one of some roles.
func (s settings) has(roles ...string) bool {
	return len(s.Roles) == 0 || slices.ContainsFunc(roles, func(role string) bool { return slices.Contains(s.Roles, role) })
}

// answers says which roles answer requests to a path and to those below it; to probes and of their own status, all.
type answers struct {
	prefix string
	roles  []string
}

// whoAnswers is every path that is not of the Graph API.
func whoAnswers() []answers {
	return []answers{
		{"/healthz", nil}, {"/readyz", nil}, {"/v1/status", nil}, {"/openapi.json", []string{roleAPI}}, {previews.Path, []string{roleAPI}}, {"/v1/inspector/", []string{roleAPI}},
		{"/v1/learn", []string{roleAPI}}, {"/v1/replay", []string{roleAPI}},
		{"/v1/decisions", []string{roleDecide}}, {"/v1/openrtb", []string{roleDecide}}, {"/v1/openrtb/loss", []string{roleDecide}}, {"/tag.js", []string{roleDecide}},
		{"/media/", []string{roleDecide, roleAPI, roleConsole}},
		{"/v1/snippet", []string{roleDecide}}, {"/v1/frame", []string{roleDecide}}, {"/v1/picture", []string{roleDecide}}, {"/v1/go", []string{roleDecide}},
		{"/v1/events", []string{roleIngest}}, {"/t/", []string{roleIngest}}, {"/tr", []string{roleIngest}},
		{"/console/", []string{roleConsole}}, {"/static/", []string{roleConsole}},
	}
}

// rolesOf are the roles any of which answers requests to a path; none is asked for where all do.
func rolesOf(who []answers, path string) []string {
	for _, of := range who {
		if path == of.prefix || strings.HasPrefix(path, of.prefix) && (strings.HasSuffix(of.prefix, "/") || path[len(of.prefix)] == '/') {
			return of.roles
		}
	}
	if path == "/" {
		return []string{roleConsole, roleAPI}
	}
	return []string{roleAPI}
}

// only refuses requests for which this server has no role.
func (s settings) only(next http.Handler) http.Handler {
	if len(s.Roles) == 0 {
		return next
	}
	who := whoAnswers()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if roles := rolesOf(who, r.URL.Path); len(roles) > 0 && !s.has(roles...) {
			http.Error(w, "this server has no role for that: it takes "+strings.Join(roles, " or "), http.StatusNotFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}
