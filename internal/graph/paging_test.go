package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// listPage is a list as a client reads it.
type listPage struct {
	Data   []struct{ ID string }
	Paging struct {
		Next, Previous string
		Cursors        struct{ Before, After string }
	}
}

// Following next from any page size, in either order, visits every row once; previous leads back; rows that are added meanwhile
// disturb neither.
func TestPagingVisitsAll(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	added := 0
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.SampledFrom([]string{"chronological", "reverse_chronological"}).Draw(rt, "order")
		edge := rapid.SampledFrom([]string{"act_1/ads", "me/adaccounts"}).Draw(rt, "edge")
		filter := rapid.SampledFrom([]string{"", `&filtering=[{"field":"name","operator":"NOT_CONTAIN","value":"1.1.1"}]`}).Draw(rt, "filter")
		page := func(target string) (p listPage) {
			if err := json.Unmarshal([]byte(f.get(t, target)), &p); err != nil {
				rt.Fatal(err)
			}
			return p
		}
		all := page("/v25.0/" + edge + "?limit=100&order=" + order + filter)
		limit := rapid.IntRange(1, 4).Draw(rt, "limit")
		p := page(fmt.Sprintf("/v25.0/%s?limit=%d&order=%s%s", edge, limit, order, filter))
		visited := p.Data
		for range 100 {
			if p.Paging.Next == "" {
				break
			}
			if order == "reverse_chronological" && edge == "act_1/ads" && added < 20 { // newer rows come before what was seen
				added++
				f.do("POST", "/v25.0/act_1/ads?name=new&creative={\"creative_id\":\""+f.ids["1/creative"]+"\"}&campaign_id="+f.ids["1/campaign/0"], adminToken, "")
			}
			before := p
			p = page(strings.TrimPrefix(p.Paging.Next, "http://example.com"))
			visited = append(visited, p.Data...)
			back := page(strings.TrimPrefix(p.Paging.Previous, "http://example.com"))
			if diff := cmp.Diff(before.Data, back.Data); diff != "" {
				rt.Fatalf("previous leads elsewhere: %s", diff)
			}
		}
		if diff := cmp.Diff(all.Data, visited); diff != "" {
			rt.Fatalf("visited (-all +visited): %s", diff)
		}
		if after := page(fmt.Sprintf("/v25.0/%s?limit=%d&order=%s&after=%s%s", edge, limit, order, p.Paging.Cursors.After, filter)); len(after.Data) != 0 {
			rt.Fatal("there are rows after the last page")
		}
	})
}
