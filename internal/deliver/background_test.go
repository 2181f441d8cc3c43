package deliver

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/bandit"
	"github.com/marquetry/marquetry/internal/edition"
)

// weighed is a policy that chooses each combination with a probability of its own.
type weighed []float64

func (weighed) Name() string                                             { return "weighed" }
func (weighed) Choose(bandit.Signature, uint64) bandit.Choice            { panic("the test chooses") }
func (w weighed) Propensity(_ bandit.Signature, combination int) float64 { return w[combination] }

// Whatever an item has backgrounds of, and wherever it is shown: what is seen is seen with the probability of all choices that come to it, which
// are 1 together.
func TestPropensitiesOfWhatIsSeen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts, size := rapid.IntRange(1, 6).Draw(t, "texts"), rapid.IntRange(1, 5).Draw(t, "backgrounds")
		c := &shown{space: bandit.Space{Sizes: []int{texts, size}}}
		it := &item{id: "1", data: map[string]any{"price": int64(900), "currency": "USD"}, pictures: map[backdrop]picture{}}
		for i := range size {
			b := backdrop{style: edition.OriginalStyle}
			if i > 0 {
				b = backdrop{fmt.Sprint("style ", i), "r", rapid.SampledFrom([]string{"image_background_gen", "add_text_overlay"}).Draw(t, "feature")}
			}
			if c.backdrops = append(c.backdrops, b); rapid.Bool().Draw(t, "made") {
				it.pictures[b] = picture{hash: "hash", says: rapid.SampledFrom([]string{"", "$9.00", "$8.00"}).Draw(t, "says")}
			}
		}
		policy, total := make(weighed, texts*size), 0.0
		for k := range policy {
			policy[k] = float64(rapid.IntRange(1, 100).Draw(t, "weight"))
			total += policy[k]
		}
		placement := rapid.SampledFrom([]string{"", backgroundsIn, "INSTAGRAM_STORY"}).Draw(t, "placement")
		seen, chosen := map[int]float64{}, map[int]float64{}
		for k := range policy {
			policy[k] /= total
		}
		for k := range policy {
			got := c.settle(bandit.Choice{Combination: k, Propensity: policy[k]}, policy, "", it, placement, 0)
			if b := c.backdropOf(c.space.Slots(got.Combination, make([]uint8, 2))); b.feature == "image_background_gen" && (placement != backgroundsIn || it.pictures[b].hash == "") ||
				b.feature == "add_text_overlay" && it.pictures[b].says != "$9.00" {
				t.Fatalf("%+v is shown in %q", b, placement)
			}
			if before, again := seen[got.Combination]; again && math.Abs(before-got.Propensity) > 1e-9 {
				t.Fatalf("combination %d is seen with %v and with %v", got.Combination, before, got.Propensity)
			}
			seen[got.Combination] = got.Propensity
			chosen[got.Combination] += policy[k]
		}
		sum := 0.0
		for _, k := range slices.Sorted(maps.Keys(seen)) {
			if sum += seen[k]; math.Abs(seen[k]-chosen[k]) > 1e-9 {
				t.Fatalf("combination %d is said to be seen with %v, and is with %v", k, seen[k], chosen[k])
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("the propensities add up to %v", sum)
		}
	})
}
