package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/marquetry/marquetry/client"
)

// Of the account of assorted ads. Money is in cents.
const (
	usualCap    = 1300        // for a purchase: near what an automatic bid starts at, given what is believed of an ad of which nothing is known
	usualBudget = 100_000_000 // a day: at thousands of requests a second, some of these budgets are handed out faster than the day goes on
)

// assorted is an account as advertisers have them: a few ads to a set; of three sets one has a cap, which differ as widely as budgets do; and each
// is for some countries and ages, some for one gender, for one platform, or for people of an interest, some for everybody. The same sets come of the
// same numbers.
func assorted() spread { return spread{assortedSet, assortedAsks} }

// The words of which sets and viewers are made, most frequent first.
func countries() []string { return []string{"US", "DE", "GB", "FR", "ES", "IT", "NL", "SE"} }
func ages() []string      { return []string{"25-34", "35-44", "18-24", "45-54", "55-64", "65+"} }
func interests() []string { return []string{"cooking", "running", "travel", "gaming", "gardening"} }

// frequent draws from a list: each word half as often as the one before, and every third time any.
func frequent(list []string, r *rand.Rand) string {
	if r.IntN(3) == 0 {
		return list[r.IntN(len(list))]
	}
	at := 0
	for at < len(list)-1 && r.IntN(2) == 0 {
		at++
	}
	return list[at]
}

// list is words as they are stored.
func list(words []string) []any {
	var all []any
	for _, w := range words {
		all = append(all, w)
	}
	return all
}

// assortedSet is the i-th set, and how many ads it has.
func assortedSet(i int) (members map[string]any, ads int) {
	r := rand.New(rand.NewPCG(uint64(i), 1))
	where := []any{}
	for range 1 + r.IntN(3) {
		where = append(where, frequent(countries(), r))
	}
	from := []int64{18, 18, 25, 35, 45}[r.IntN(5)]
	targeting := map[string]any{"geo_locations": map[string]any{"countries": where}, "age_min": from, "age_max": []int64{from + 19, 65}[r.IntN(2)]}
	switch r.IntN(7) {
	case 6: // broad, as many are
		targeting = map[string]any{"geo_locations": map[string]any{"countries": list(countries())}}
	case 0:
		targeting["genders"] = []any{int64(1 + r.IntN(2))}
	case 1:
		targeting["publisher_platforms"] = []any{[]any{"facebook", "instagram"}[r.IntN(2)]}
	case 2, 3:
		targeting["flexible_spec"] = []any{map[string]any{"interests": []any{map[string]any{"id": fmt.Sprint(6003000000000 + r.IntN(50)), "name": frequent(interests(), r)}}}}
	}
	members = map[string]any{
		"daily_budget": int64(usualBudget * math.Exp(r.NormFloat64())), "frequency_control_specs": atMost(1, int64(20+r.IntN(70))), "targeting": targeting,
	}
	if way := r.IntN(6); way < 2 {
		members["bid_strategy"] = []string{"LOWEST_COST_WITH_BID_CAP", "COST_CAP"}[way]
		members["bid_amount"] = int64(usualCap * math.Exp(0.7*r.NormFloat64()))
	}
	return members, 1 + r.IntN(9)
}

// assortedAsks is the n-th request for an ad of the account, each of another viewer. Of one in eight, interests are known.
func assortedAsks(account string, n int64) client.DecisionRequest {
	n %= viewers
	r := rand.New(rand.NewPCG(uint64(n), 2))
	v := client.Viewer{
		ID: fmt.Sprintf("8f14e45f-ceea-467f-%05d", n), Age: frequent(ages(), r), Gender: []string{"female", "male"}[r.IntN(2)], Country: frequent(countries(), r),
		Device: []string{"mobile", "mobile", "desktop"}[r.IntN(3)],
	}
	if n%8 == 0 {
		v.Interests = []string{frequent(interests(), r)}
	}
	return client.DecisionRequest{AccountID: account, Placement: frequent([]string{"MOBILE_FEED_STANDARD", "INSTAGRAM_STANDARD", "DESKTOP_FEED_STANDARD"}, r), Viewer: v}
}
