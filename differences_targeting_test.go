package marquetry_test

import (
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// aimed is an ad of an ad set with a targeting, beside its place and that it is not to be widened.
func (s shop) aimed(members map[string]any) (ad string) {
	targeting := map[string]any{"geo_locations": map[string]any{"countries": []string{"US"}}, "targeting_automation": map[string]int{"advantage_audience": 0}}
	for name, v := range members {
		targeting[name] = v
	}
	_, ad = s.dynamic(client.Params{"targeting": targeting}, feed(nil))
	return ad
}

// refused is why an ad does not show to a viewer, "" when it does.
func (s shop) refused(ad string, v client.Viewer) string {
	return s.ask(client.DecisionRequest{AdID: ad, Viewer: v}).Reason
}

func TestDiff181AudiencesAreForMembers(t *testing.T) {
	s := newShop(t)
	audience := s.post(s.fresh.AccountID+"/customaudiences", client.Params{"name": "Customers", "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"}).ID()
	ad := s.aimed(map[string]any{"custom_audiences": []map[string]string{{"id": audience}}})
	want(s, "anybody", s.refused(ad, client.Viewer{}), "targeting")
	want(s, "the site knows", s.refused(ad, client.Viewer{Audiences: []string{audience}}), "")
	s.post(audience+"/users", client.Params{"payload": client.Params{"schema": []string{"EXTERN_ID", "FN"}, "data": [][]string{{"ada", strings.Repeat("a", 64)}}}})
	want(s, "a member", s.refused(ad, client.Viewer{ID: "ada"}), "")
	want(s, "no member", s.refused(ad, client.Viewer{ID: "bob"}), "targeting")
}

func TestDiff182PlacesByName(t *testing.T) {
	s := newShop(t)
	ad := s.aimed(map[string]any{"geo_locations": map[string]any{"regions": []map[string]string{{"key": "3847"}}}})
	want(s, "by name", s.refused(ad, client.Viewer{Country: "US", Region: "CALIFORNIA"}), "")
	want(s, "by key", s.refused(ad, client.Viewer{Region: "3847"}), "")
	want(s, "elsewhere", s.refused(ad, client.Viewer{Country: "US", Region: "Texas"}), "targeting")
	around := s.aimed(map[string]any{"geo_locations": map[string]any{"custom_locations": []map[string]any{{"latitude": 40.7, "longitude": -74.0, "radius": 5, "country": "US"}}}})
	want(s, "far off", s.refused(around, client.Viewer{Country: "US", City: "Austin"}), "")
	want(s, "abroad", s.refused(around, client.Viewer{Country: "CA"}), "targeting")
}

func TestDiff183WidenedAudience(t *testing.T) {
	s := newShop(t)
	ad := s.aimed(map[string]any{
		"age_min": 25, "age_max": 34, "genders": []int{1}, "interests": []map[string]string{{"id": "6003139266461"}}, "targeting_automation": map[string]int{"advantage_audience": 1},
	})
	want(s, "others", s.refused(ad, client.Viewer{Age: "55-64", Gender: "female", Interests: []string{"chess"}}), "")
	want(s, "too young", s.refused(ad, client.Viewer{Age: "18-24"}), "targeting")
	want(s, "abroad", s.refused(ad, client.Viewer{Country: "DE"}), "targeting")
}

func TestDiff184ClockOfTheViewer(t *testing.T) {
	s := newShop(t)
	now := time.Now()
	params := s.setParams(s.campaign(nil), client.Params{
		"lifetime_budget": 50_000, "end_time": now.AddDate(0, 1, 0).Unix(), "is_dynamic_creative": true,
		"adset_schedule": []map[string]any{{"start_minute": 540, "end_minute": 600, "days": []int{0, 1, 2, 3, 4, 5, 6}, "timezone_type": "USER"}},
	})
	delete(params, "daily_budget")
	ad := s.ad(s.post(s.fresh.AccountID+"/adsets", params).ID(), s.creative(feed(nil)), nil).ID()
	vienna, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Fatal(err)
	}
	morning := time.Date(now.Year(), now.Month(), now.Day(), 9, 30, 0, 0, vienna).Format(time.RFC3339)
	for zone, reason := range map[string]string{"Europe/Vienna": "", "": "targeting"} {
		want(s, "at half past nine, "+zone, s.ask(client.DecisionRequest{AdID: ad, Time: morning, Viewer: client.Viewer{Timezone: zone}}).Reason, reason)
	}
}
