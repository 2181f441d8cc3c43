package target

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// varied are ad sets as a large account has them, of four ads each.
func varied(c *Compiler, ads int) []*Spec {
	rng := rand.New(rand.NewPCG(1, 1))
	interest := func() any { return map[string]any{"id": fmt.Sprint(6003000000000 + rng.Int64N(300))} }
	var specs []*Spec
	for len(specs) < ads {
		geo := map[string]any{"countries": []any{[]any{"US", "DE", "FR", "GB"}[rng.IntN(4)]}}
		if rng.IntN(3) == 0 {
			geo = map[string]any{"regions": []any{map[string]any{"key": fmt.Sprint(3840 + rng.IntN(60)), "country": "US"}}}
		}
		data := map[string]any{"geo_locations": geo, "age_min": int64(18 + rng.IntN(20)), "age_max": int64(45 + rng.IntN(21))}
		if rng.IntN(2) == 0 {
			data["genders"] = []any{int64(1 + rng.IntN(2))}
		}
		if rng.IntN(2) == 0 {
			data["flexible_spec"] = []any{map[string]any{"interests": []any{interest(), interest(), interest()}}}
		}
		if rng.IntN(4) == 0 {
			data["custom_audiences"] = []any{fmt.Sprint(rng.IntN(50))}
		}
		if rng.IntN(4) == 0 {
			data["excluded_custom_audiences"] = []any{fmt.Sprint(rng.IntN(50))}
		}
		if rng.IntN(3) == 0 {
			data["publisher_platforms"] = []any{"facebook", "instagram"}
			data["instagram_positions"] = []any{"stream", "story"}
		}
		if rng.IntN(4) == 0 {
			data["device_platforms"] = []any{"mobile"}
		}
		var parts []any
		if rng.IntN(5) == 0 {
			parts = []any{map[string]any{"start_minute": int64(480), "end_minute": int64(1200), "days": []any{int64(1), int64(2), int64(3), int64(4), int64(5)}}}
		}
		s := c.Compile(data, parts)
		specs = append(specs, s, s, s, s)
	}
	return specs[:ads]
}

// theViewer is somebody of whom much is known.
func theViewer() *Viewer {
	return &Viewer{
		Country: "US", Region: "california", Age: "25-34", Gender: "female", Locale: "en_us", Interests: []string{"6003000000017", "6003000000101", "6003000000200"},
		Audiences: []string{"3", "17"}, Device: "mobile", OS: "ios", Version: "17.2", Placement: "INSTAGRAM_STORY", Hour: HourOf(2, 10),
	}
}

// BenchmarkNarrow finds who may be shown among 10,000 ads: by the index, and one by one.
func BenchmarkNarrow(b *testing.B) {
	specs, v := varied(compiler(b), 10_000), theViewer()
	x, memory := NewIndex(specs), &Buffer{}
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			n = 0
			Each(x.Narrow(v, memory), func(int) { n++ })
		}
		b.ReportMetric(float64(n), "admitted")
	})
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			for _, s := range specs {
				s.Admits(v)
			}
		}
	})
}

// BenchmarkNewIndex compiles and indexes the targeting of 10,000 ads in 2,500 ad sets.
func BenchmarkNewIndex(b *testing.B) {
	c := compiler(b)
	for b.Loop() {
		NewIndex(varied(c, 10_000))
	}
}
