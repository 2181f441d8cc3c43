package graph

import (
	"fmt"
	"regexp"

	"github.com/marquetry/marquetry/internal/object"
)

// The platform's error codes that the protocol itself answers with.
const (
	codeCapability = 3    // known, and not emulated
	codeUnknown    = 1    // internal error, and "reduce the amount of data"
	codePermission = 10   // the token lacks a scope for something outside an ad account
	codeParameter  = 100  // invalid parameter; subcode 33 is an object that is not there
	codeNoToken    = 104  // no access token
	codeToken      = 190  // access token not good; the subcode says why
	codeScope      = 200  // the token lacks a scope for an ad account
	codeApp        = 272  // an application's own token asks for ads
	codeReading    = 278  // the token lacks the scope to read ads
	codeManaging   = 294  // the token lacks the scope to manage ads
	codeAliases    = 803  // an id of ids= is not there, or a name stands where an id should
	codeBatch      = 960  // a batch that cannot be understood
	codeEnded      = 2635 // a version that has ended
	codeSyntax     = 2500 // path, fields or token cannot be parsed

	subMissing = 33
)

// fault is a broken rule of the protocol. The message is sent as it stands.
func fault(code int, message string, path ...string) *object.Fault {
	return &object.Fault{Code: code, Rule: "protocol", Message: message, Path: path}
}

// missing is the one answer for an object that does not exist, that the token may not touch, or that does not support the verb:
// nothing tells the three apart.
func missing(verb, id string) *object.Fault {
	f := fault(codeParameter, fmt.Sprintf("Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, or does not support this operation", verb, id))
	f.Subcode = subMissing
	return f
}

// Missing is that answer to a read of an object that an extension looked up by itself.
func Missing(id string) *object.Fault { return missing("get", id) }

// absent is missing for a path's first component that no object has. A name that can be no id is told apart from an id.
func absent(verb, id string) *object.Fault {
	if verb == "get" && !idPattern.MatchString(id) {
		return fault(codeAliases, "(#803) Some of the aliases you requested do not exist: "+id)
	}
	return missing(verb, id)
}

// idPattern is what ids look like: digits, an account's, an image's, a post's.
var idPattern = regexp.MustCompile(`^(act_)?\d+([:_][A-Za-z0-9_-]+)?$`)

// unsupported is missing for an edge of an object that the caller sees: it says what of the three it is.
func unsupported(verb, id, edge string) *object.Fault {
	f := missing(verb, id)
	f.Message += fmt.Sprintf(": there is no %s on its edge %q", verb, edge)
	return f
}

// tooMuch refuses an answer that would be too large, in the words that clients know as the sign to ask for less.
func tooMuch(detail string) *object.Fault {
	return fault(codeUnknown, "Please reduce the amount of data you're asking for, then retry your request: "+detail)
}

// notEmulated is the answer to what the platform has and this server does not do: whoever needs it is told so, and where to look.
func notEmulated(what, name string, t *object.Type) *object.Fault {
	return outside(what, name, t.Display)
}

// unemulated is notEmulated for a parameter of an edge.
func unemulated(name string, e *object.Edge) *object.Fault { return outside("parameter", name, e.Name) }

// outside is what both say. Leaving a parameter out always helps.
func outside(what, name, owner string) *object.Fault {
	f := fault(codeCapability, fmt.Sprintf("(#3) The %s %s of %s exists on the platform and is not emulated by Marquetry; see docs/reference/compatibility.md", what, name, owner), name)
	f.Rule = "not_emulated"
	if what == "parameter" {
		f.Fixes = []object.Fix{{Path: []string{name}, Drop: true}}
	}
	return f
}

// otherVersion refuses a parameter that only other versions know; as is the caller's spelling.
func otherVersion(f *object.Field, as string, v object.Version) *object.Fault {
	text := fmt.Sprintf("(#100) Param %s is not available in v%s: it ", as, versionText(v))
	if f.Since > v {
		text += "came with v" + versionText(f.Since)
	} else {
		text += "ended with v" + versionText(f.Until)
	}
	return &object.Fault{Path: []string{as}, Rule: "version", Message: text, Fixes: []object.Fix{{Path: []string{as}, Drop: true}}}
}

// codeIs reports whether an error leads with a code.
func codeIs(err error, code int) bool {
	faults := faultsOf(err)
	return faults != nil && codeOf(faults[0]) == code
}
