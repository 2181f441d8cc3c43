package openrtb

import (
	"errors"
	"testing"

	"github.com/marquetry/marquetry/internal/object"
)

// FuzzParse reads anything. What is refused is refused with a rule; of what is accepted every imp has a slot or a reason against one, and whoever must
// not be known is not.
func FuzzParse(f *testing.F) {
	for _, body := range examples(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := Parse(body)
		var told *object.Fault
		if err != nil {
			if !errors.As(err, &told) || told.Rule == "" || told.Message == "" {
				t.Fatalf("no rule: %v", err)
			}
			return
		}
		v := r.Viewer(2026)
		if v.ID != "" && (!r.Identifiable() || len(v.ID) > maxID) {
			t.Errorf("known: %+v", v)
		}
		for i := range r.Imp {
			imp := &r.Imp[i]
			slot, why := r.Slot(imp)
			if (why == Bidding) != (slot.Placement != "") || slot.Native == nil && why == Bidding && min(slot.Size.W, slot.Size.H) < leastSide {
				t.Errorf("slot %+v, %q", slot, why)
			}
			if imp.FloorMicros() < 0 || CPM(imp.FloorMicros())+1e-6 < imp.Floor {
				t.Errorf("a floor of %g is %d", imp.Floor, imp.FloorMicros())
			}
			if slot.Native != nil {
				assets, ok := slot.Native.Compose(&Content{Title: "Mug", Picture: Picture{URL: "https://a.example/1"}})
				if len(assets) > len(slot.Native.Assets) || ok != (len(assets) > 0) {
					t.Errorf("assets %+v", assets)
				}
			}
		}
	})
}
