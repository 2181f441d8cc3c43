package creative

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// customised is a creative with rules, a text of the post, and texts that an edition added without a label.
const customised = `{"object_story_spec":{"link_data":{"link":"https://e.com/","message":"post"}},"asset_feed_spec":{
	"images":[{"hash":"a","adlabels":[{"name":"feed"}]},{"hash":"b","adlabels":[{"name":"story"}]}],"videos":[{"video_id":"7"}],
	"bodies":[{"text":"feed text","adlabels":[{"name":"feed"}]},{"text":"story text","adlabels":[{"name":"story"}]},{"text":"generated"}],
	"titles":[{"text":"own"},{"text":"generated title"}],
	"asset_customization_rules":[
		{"customization_spec":{"publisher_platforms":["facebook","instagram"],"facebook_positions":["feed"]},"image_label":{"name":"feed"},"body_label":{"name":"feed"},"priority":3},
		{"customization_spec":{"instagram_positions":["story"]},"image_label":{"name":"story"},"body_label":{"name":"story"},"priority":1},
		{"customization_spec":{"age_min":18,"age_max":34},"body_label":{"name":"story"},"priority":2},
		{"customization_spec":{"locales":[5]},"body_label":{"name":"feed"},"priority":4},
		{"customization_spec":{"wireless_carrier":["Wifi"]},"body_label":{"name":"feed"},"priority":0}]}}`

// TestFittingRule: the lowest priority that fits wins, a rule of which anything is unknown does not, and one that nobody can tell never does.
func TestFittingRule(t *testing.T) {
	t.Parallel()
	rules := CustomRulesOf(parse(t, []byte(customised)))
	const never, story, young, places, german, rest = 0, 1, 2, 3, 4, 5
	speaks := func(rule int) bool { return rule == german }
	for _, c := range []struct {
		on    Occasion
		holds func(int) bool
		want  int
	}{
		{Occasion{}, nil, rest}, {Occasion{}, speaks, german}, {Occasion{Platform: "facebook", Position: "feed"}, speaks, places},
		{Occasion{Platform: "facebook", Position: "story"}, nil, rest}, {Occasion{Platform: "instagram", Position: "stream"}, nil, places},
		{Occasion{Platform: "instagram", Position: "story", AgeFrom: 18, AgeTo: 24}, nil, story},
		{Occasion{Platform: "facebook", Position: "feed", AgeFrom: 25, AgeTo: 34}, nil, young}, {Occasion{AgeFrom: 13, AgeTo: 17}, nil, rest}, {Occasion{AgeFrom: 25, AgeTo: 44}, nil, rest},
	} {
		if got := rules.Fitting(&c.on, c.holds); got != c.want || got == never {
			t.Errorf("%+v fits rule %d, want %d", c.on, got, c.want)
		}
	}
	if CustomRulesOf(parse(t, []byte(`{"asset_feed_spec":{"images":[{"hash":"a"}]}}`))) != nil {
		t.Error("rules out of nothing")
	}
}

// TestAllowedByRule: what a rule picks by label it picks alone, whoever wrote the rest; lists that it does not name stay whole; and without any rule
// the first of each list is left.
func TestAllowedByRule(t *testing.T) {
	t.Parallel()
	spec := parse(t, []byte(customised))
	feed, err := FeedOf(spec)
	if err != nil {
		t.Fatal(err)
	}
	rules := CustomRulesOf(spec)
	for at, want := range map[int][][]bool{ // image, title, body, link
		1: {{false, true, false}, {true, true}, {false, false, true, false}, {true}},
		2: {{true, true, true}, {true, true}, {false, false, true, false}, {true}},
		3: {{true, false, false}, {true, true}, {false, true, false, false}, {true}},
		5: {{true, false, false}, {true, false}, {false, true, false, false}, {true}},
	} {
		if diff := cmp.Diff(want, rules[at].Allowed(spec, feed)); diff != "" {
			t.Errorf("rule %d: %s", at, diff)
		}
	}
}
