package marquetry_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/marquetry/marquetry/internal/object"
)

// TestStoreCallsDoNotGrow reads every list of every object with every field of its rows, then multiplies the objects and reads again: the
// store is asked as often as before. Lists that want a parameter are refused both times.
func TestStoreCallsDoNotGrow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	calls := new(atomic.Int64)
	handler, err := h.server.Counted(calls)
	if err != nil {
		t.Fatal(err)
	}
	lists := h.lists()
	read := func() (counts []int64, sizes []int) {
		for _, target := range lists {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
			r.Header.Set("Authorization", "Bearer "+h.admin)
			w := httptest.NewRecorder()
			calls.Store(0)
			handler.ServeHTTP(w, r)
			counts, sizes = append(counts, calls.Load()), append(sizes, strings.Count(w.Body.String(), `"id":`))
		}
		return counts, sizes
	}
	few, short := read()
	types := slices.DeleteFunc(slices.Sorted(maps.Keys(h.mine.objects)), func(typ string) bool { return typ == "adaccount" || typ == "adimage" })
	if err := h.server.Multiply(t.Context(), types, 8); err != nil {
		t.Fatal(err)
	}
	many, long := read()
	grown := 0
	for i, target := range lists {
		if long[i] > short[i] {
			grown++
		}
		if many[i] > few[i] {
			t.Errorf("%d calls for %d rows, %d for %d: %s", few[i], short[i], many[i], long[i], target)
		}
	}
	if grown < 20 {
		t.Errorf("only %d of %d lists became longer", grown, len(lists))
	}
}

// lists are the addresses of all lists, with every field that their rows have.
func (h *house) lists() (targets []string) {
	nodes := maps.Clone(h.mine.objects)
	maps.Copy(nodes, h.shared)
	for _, typ := range slices.Sorted(maps.Keys(nodes)) {
		for _, edge := range h.types[typ].Edges {
			target := h.types[edge.Target]
			if target == nil || edge.Get != "" || edge.By == "" && edge.Resolve == "" || edge.Support == object.Refused || edge.Until != 0 || edge.Name == "insights" {
				continue
			}
			var fields []string
			for _, f := range target.Fields {
				if f.Has(object.Read) && f.Support != object.Refused && f.Until == 0 {
					fields = append(fields, f.Name)
				}
			}
			targets = append(targets, fmt.Sprintf("/v26.0/%s/%s?limit=200&fields=%s", nodes[typ], edge.Name, strings.Join(fields, ",")))
		}
	}
	return targets
}
