package console

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/bandit/sim"
)

// TestArenaRacesAllPolicies follows the page to the end, one policy at a time, and finds every policy with its figures.
func TestArenaRacesAllPolicies(t *testing.T) {
	t.Parallel()
	h := site(t, true, taught())
	for _, address := range []string{"/console/arena?world=loud&size=18", "/console/arena?ad=" + adID} {
		page := body(t, get(h, address))
		next := regexp.MustCompile(`hx-get="([^"]+)"`)
		for range sim.ContenderNames() {
			found := next.FindStringSubmatch(page)
			if found == nil {
				t.Fatalf("%s: nothing more to run", address)
			}
			page = body(t, get(h, strings.ReplaceAll(found[1], "&amp;", "&")))
		}
		if next.MatchString(page) || strings.Contains(page, "to run") {
			t.Errorf("%s: the race does not end", address)
		}
		for _, name := range sim.ContenderNames() {
			if !strings.Contains(page, `<span class="name">`+name+`</span>`) || policyLabel(name) == name {
				t.Errorf("%s: no row or no sentence of %s", address, name)
			}
		}
		if lines := strings.Count(page, "<polyline"); lines != len(sim.ContenderNames()) {
			t.Errorf("%s: %d lines", address, lines)
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
