package rewrite

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestRulesThatDoNotRead sees that every mistake is told with its file, its line and what is wrong.
func TestRulesThatDoNotRead(t *testing.T) {
	for line, want := range map[string]string{
		"shop now => browse":                                  "a rule is: pattern => replacement",
		"shop now ~ Shop now. => Browse.":                     "the rule has no =>",
		"shop now => browse ~ Shop now.":                      "the test has no =>",
		"shop {x} => browse {x} ~ Shop it. => Browse it.":     "would take one word",
		"shop {x:noun} $ => see {x} ~ A. => B.":               "capture {x:noun} is not known",
		"shop {x:np} => see {y} ~ A. => B.":                   "{y} is not in the pattern",
		"shop {x:np} => see {x.past} ~ A. => B.":              "bend {x.past} is not known",
		"shop . => see ~ A. => B.":                            "units have no end mark",
		"shop => see|browse ~ A. => B.":                       "a replacement has no choices",
		"shop => see ~ A. => B. ~ always":                     `option "always" is not known`,
		"shop => see ~ A. => B. ~ only:shoes":                 `topic "shoes" is not known`,
		"shop => see ~ A. => B. ~ class:legal":                `class "legal" is not known`,
		"{x:np} sale => sale of {x.plural} ~ A. => B. ~ both": "backwards",
	} {
		files := fstest.MapFS{"rules/en-own.rules": {Data: []byte("# a comment\n[own]\n" + line + "\n")}}
		_, err := loadRules(files)
		if err == nil || !strings.HasPrefix(err.Error(), "en-own.rules:3: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", line, err, want)
		}
	}
}
