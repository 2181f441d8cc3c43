package object

import (
	"strings"
	"testing"
)

func TestDeclarationsAreComplete(t *testing.T) {
	t.Parallel()
	for _, typ := range Types() {
		if typ.Doc == "" {
			t.Errorf("%s has no doc", typ.Name)
		}
		for _, f := range typ.Fields {
			if f.Doc == "" || !strings.HasSuffix(f.Doc, ".") {
				t.Errorf("%s.%s: doc %q is no sentence", typ.Name, f.Name, f.Doc)
			}
		}
		for _, e := range typ.Edges {
			if e.Doc == "" {
				t.Errorf("%s/%s has no doc", typ.Name, e.Name)
			}
		}
	}
}
