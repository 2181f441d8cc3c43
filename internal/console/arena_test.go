package console

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// TestArenaPlaysOneByOne follows the page: each step runs one more policy, and shows its figures and its line.
func TestArenaPlaysOneByOne(t *testing.T) {
	t.Parallel()
	h := site(t, true, taught())
	next := regexp.MustCompile(`hx-get="([^"]+)"`)
	page := body(t, get(h, "/console/arena?ad="+adID))
	for played := range 3 {
		if lines := strings.Count(page, "<polyline"); lines != played {
			t.Fatalf("%d lines after %d policies", lines, played)
		}
		found := next.FindStringSubmatch(page)
		if found == nil {
			t.Fatalf("nothing more to run after %d policies", played)
		}
		page = body(t, get(h, strings.ReplaceAll(found[1], "&amp;", "&")))
	}
	for _, name := range sim.ContenderNames() {
		if !strings.Contains(page, `<span class="name">`+name+`</span>`) || policyLabel(name) == name {
			t.Errorf("no row or no sentence of %s", name)
		}
	}
}

// TestRaceEnds plays a short race to its end: every policy has run on the first course of that key, and the page stops asking.
func TestRaceEnds(t *testing.T) {
	t.Parallel()
	c, err := presetCourse("loud", "18")
	if err != nil {
		t.Fatal(err)
	}
	c.impressions, c.instances = 1000, 1
	r := newRaces()
	r.enter(c)
	c.impressions = 2000 // another truth under the same key is not taken
	for range sim.ContenderNames() {
		if err := r.play(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	view := arenaView{course: c}
	view.fill(r.enter(c).results)
	if view.Left != 0 || len(view.Lines) != len(sim.ContenderNames()) {
		t.Fatalf("%d policies left, %d lines", view.Left, len(view.Lines))
	}
	for i, line := range view.Lines {
		if i > 0 && line.End < view.Lines[i-1].End+nameHeight-1e-9 || line.End > chartHeight {
			t.Errorf("the name of %s stands at %v", line.Name, line.End)
		}
	}
	for policy, result := range r.enter(c).results {
		if end := result.Checkpoints[len(result.Checkpoints)-1].Impressions; end != 1000 {
			t.Errorf("%s ran for %d impressions", policy, end)
		}
	}
}

func TestArenaOfNoAd(t *testing.T) {
	t.Parallel()
	h := site(t, true, taught())
	for _, id := range []string{pausedID, "1", "x"} {
		if code := get(h, "/console/arena?ad="+id).StatusCode; code != http.StatusNotFound {
			t.Errorf("ad %s: %d", id, code)
		}
	}
}
