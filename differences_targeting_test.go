package marquetry_test

import (
	"strings"
	"testing"

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
