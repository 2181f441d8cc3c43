package ads

import (
	"net/http"
	"slices"
	"testing"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/media"
	"github.com/marquetry/marquetry/internal/object"
)

// Every goal that an objective allows, or that needs something, has to be one that the declaration accepts.
func TestGoalsAreDeclared(t *testing.T) {
	t.Parallel()
	declared := object.AdSet().Field("optimization_goal").Enum
	for _, objective := range object.Outcomes() {
		allowed := goals(objective)
		if len(allowed) == 0 {
			t.Errorf("%s allows no goal", objective)
		}
		for _, goal := range allowed {
			if !slices.Contains(declared, goal) {
				t.Errorf("%s allows %s, which is not declared", objective, goal)
			}
		}
	}
	if goals("CONVERSIONS") != nil {
		t.Error("older objectives take every goal")
	}
}

func TestNamedFitsTheLimit(t *testing.T) {
	t.Parallel()
	long := map[string]any{"asset_feed_spec": map[string]any{"titles": []any{map[string]any{"text": string(slices.Repeat([]rune("é"), 255))}}}}
	for _, data := range []map[string]any{long, {}} {
		if name := []rune(named(data, "0123456789abcdef0123456789abcdef", 0)); len(name) > longestName || len(name) < 44 {
			t.Errorf("%d characters: %s", len(name), string(name))
		}
	}
}

func TestFullParentTakesNoMore(t *testing.T) {
	t.Parallel()
	w := &graph.Write{Type: object.Ad()}
	full(w, mostAds-1, mostAds, "adset_id")
	if len(w.Faults) != 0 {
		t.Errorf("one place is left, refused: %v", w.Faults)
	}
	full(w, mostAds, mostAds, "adset_id")
	if len(w.Faults) != 1 || w.Faults[0].Sent != mostAds+1 || w.Faults[0].Limit != mostAds {
		t.Errorf("no place is left: %v", w.Faults)
	}
}

// Whatever is uploaded, the pictures found have distinct keys and keep to the limits.
func FuzzPictures(f *testing.F) {
	f.Add("aGVsbG8=", "x.png", []byte("PK\x03\x04"))
	f.Add("data:image/png;base64,aGk", `C:\a\b.jpg`, []byte("\x89PNG"))
	f.Fuzz(func(t *testing.T, encoded, name string, data []byte) {
		list, err := pictures(graph.Params{"bytes": encoded, "file": &graph.File{Param: "file", Name: name, Data: data}})
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, p := range list {
			if seen[p.key] || len(p.data) > media.MaxBytes+1+len(data) {
				t.Fatalf("%q again, or %d bytes", p.key, len(p.data))
			}
			seen[p.key] = true
		}
		if len(list) > mostFiles {
			t.Fatalf("%d pictures", len(list))
		}
	})
}

func TestWhoAcceptsWebP(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]bool{
		"": false, "*/*": false, "image/*": false, "image/png": false, "text/html, image/webp-like": false, "image/webp;q=0": false, "image/webp; level=1; Q=0.000": false,
		"image/webp": true, "image/avif,image/webp,image/apng,*/*;q=0.8": true, " IMAGE/WebP ;q=0.1": true, "image/webp;q=x": true, "image/webp;q=0.5, image/*;q=0": true,
	} {
		if got := acceptsWebP(http.Header{"Accept": {accept}}); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
	if !acceptsWebP(http.Header{"Accept": {"image/png", "image/webp"}}) {
		t.Error("the second of two headers is not read")
	}
}
