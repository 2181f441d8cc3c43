package creative

import (
	"os"
	"strings"
	"testing"
)

// The guide on pictures names every feature of pictures and videos, as one that is performed or as one that is not.
func TestGuideNamesFeatures(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide/images.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(featureKeys) {
		if (strings.Contains(name, "image") || strings.Contains(name, "video")) && !strings.Contains(string(guide), "`"+name+"`") {
			t.Errorf("docs/guide/images.md does not say whether %s is done", name)
		}
	}
}
