package judge

import (
	"strings"
	"testing"
)

// TestToolsSayWhatIsWrong asks the real programs; without them there is nothing to test.
func TestToolsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	tools := FindTools()
	if tools.Missing() != "" {
		t.Skip(tools.Missing())
	}
	items, err := Items(strings.NewReader(`{"id":"a","lang":"en","source":"Our new coats are very warm.","min_variations":1}`))
	if err != nil {
		t.Fatal(err)
	}
	answer := []Answer{{ID: "a", Variations: []string{"Very wram are our new coats. An cool of is coat warm. Coat the is are."}}}
	m, err := Bench{Judge: New(), Tools: tools, Systems: []System{Recorded("answers", answer)}}.Run(t.Context(), Set{Open, items})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Systems[0].Classes; got["spelling/unknown"] != 1 || got["grammar/unparsed"] != 1 {
		t.Errorf("found %v", got)
	}
}

// TestMissingToolsAreSaid names the packages that would help.
func TestMissingToolsAreSaid(t *testing.T) {
	t.Parallel()
	if said := (Tools{}).Missing(); !strings.Contains(said, "link-grammar") || !strings.Contains(said, "hunspell") {
		t.Errorf("said %q", said)
	}
}
