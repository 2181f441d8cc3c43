package gate

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestGuideListsCodes compares the guide's table with the codes that there are.
func TestGuideListsCodes(t *testing.T) {
	guide, err := os.ReadFile("../../../../docs/guide/text.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	for _, c := range Codes() {
		fmt.Fprintf(&table, "| `%s` | %s |\n", c.Code, c.Says)
	}
	if !strings.Contains(string(guide), "|---|---|\n"+table.String()+"\n") {
		t.Errorf("docs/guide/text.md does not have the table of codes:\n%s", table.String())
	}
}
