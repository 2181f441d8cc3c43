package inspect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/marquetry/marquetry/internal/object"
)

// masked stands where a secret was.
const masked = "(masked)"

// Bounds of what a record keeps.
const (
	longest    = 2000     // characters of a value
	widest     = 100      // elements of a list, members of an object
	deepest    = 24       // levels
	mostRecord = 64 << 10 // bytes of a record
)

// Masked copies parameters without their secrets: tokens, passwords and what identifies people. Long values are cut. A string that holds
// JSON is looked into.
func Masked(params map[string]any) map[string]any {
	out, _ := mask(params, 0).(map[string]any)
	return out
}

// Clean copies one value in the same way.
func Clean(value any) any { return mask(value, 0) }

// secret reports whether a parameter's value is not for others' eyes.
func secret(name string) bool {
	name = strings.ToLower(name)
	if slices.Contains([]string{"appsecret_proof", "user_data", "payload", "pwd", "authorization"}, name) {
		return true
	}
	return slices.ContainsFunc([]string{"token", "password", "passwd", "secret"}, func(word string) bool { return strings.Contains(name, word) })
}

// mask copies one value.
func mask(value any, depth int) any {
	if depth > deepest {
		return "(…)"
	}
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, min(len(v), widest))
		for _, name := range firstNames(v) {
			out[Text(name)] = member(name, v[name], depth)
		}
		if more := len(v) - widest; more > 0 {
			out["…"] = fmt.Sprintf("(%d more)", more)
		}
		return out
	case []any:
		out := make([]any, 0, min(len(v), widest+1))
		for _, item := range v[:min(len(v), widest)] {
			out = append(out, mask(item, depth+1))
		}
		if more := len(v) - widest; more > 0 {
			out = append(out, fmt.Sprintf("(%d more)", more))
		}
		return out
	case string:
		return maskText(v, depth)
	}
	return value
}

// member copies one named value.
func member(name string, value any, depth int) any {
	if secret(name) && value != nil {
		return masked
	}
	return mask(value, depth+1)
}

// firstNames are the members that are kept, in alphabetical order.
func firstNames(v map[string]any) []string {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, name)
	}
	slices.Sort(names)
	return names[:min(len(names), widest)]
}

// maskText masks a string. One that holds JSON with a secret in it comes back decoded, because it could not be cut otherwise.
func maskText(s string, depth int) any {
	if trimmed := strings.TrimSpace(s); trimmed != "" && len(trimmed) <= mostRecord && strings.IndexByte(`{["`, trimmed[0]) >= 0 && withoutSecrets(trimmed) != trimmed {
		if value, err := object.DecodeJSON(trimmed); err == nil {
			return mask(value, depth+1)
		}
	}
	return Text(s)
}

// hint is the sight of a secret in a text; what follows it up to the end of the value is masked.
var hint = regexp.MustCompile(`(?i)((?:token|password|passwd|secret|appsecret_proof|user_data|payload)\w*["'\\]*\s*(?:[=:]|%3D|%3A|=>)\s*)(\{[^}]*\}?|\[[^\]]*\]?|\\*"[^"]*"?|'[^']*'?|[^\s,&}"']+)`)

// token is what our access tokens and Meta's look like, and those of applications: id and secret with a bar between.
var token = regexp.MustCompile(`\b(?:mq_|EAA)[A-Za-z0-9_|.~+/-]{4,}|\b\d{6,}(?:\||%7[Cc])[A-Za-z0-9_.~+/-]{8,}`)

// userinfo is the name and password of an address.
var userinfo = regexp.MustCompile(`://[^\s/?#@"'<>]+@`)

// words are what a text must hold for a secret to be in it, in lower case. Looking for them is much faster than the patterns.
func words() []string {
	return []string{"token", "passw", "secret", "appsecret_proof", "user_data", "payload", "mq_", "eaa", "|", "%7c", "@"}
}

// withoutSecrets is a text in which what looks like a secret is masked.
func withoutSecrets(s string) string {
	low := strings.ToLower(s)
	if !slices.ContainsFunc(words(), func(word string) bool { return strings.Contains(low, word) }) {
		return s
	}
	s = userinfo.ReplaceAllString(hint.ReplaceAllString(s, "${1}"+masked), "://"+masked+"@")
	return token.ReplaceAllString(s, masked)
}

// Text masks what looks like a secret in a text, and cuts it.
func Text(s string) string {
	whole := utf8.RuneCountInString(s)
	if len(s) > 4*longest { // what is cut below need not be searched
		s = s[:4*longest]
	}
	s = withoutSecrets(strings.ToValidUTF8(s, ""))
	if r := []rune(s); whole > longest && len(r) > longest {
		return string(r[:longest]) + fmt.Sprintf("… (%d more characters)", whole-longest)
	}
	return s
}

// Member copies a value that stands at a path, in the same way as [Masked].
func Member(path []string, value any) any {
	if slices.ContainsFunc(path, secret) && value != nil {
		return masked
	}
	return mask(value, 0)
}
