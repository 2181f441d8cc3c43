package graph

import (
	"encoding/json"
	"fmt"
	"net/url"
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

// A list expanded under many objects is the list that each of them has by itself, whatever part of it is asked for.
func TestExpandedListsAreTheirOwn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for i := range 12 {
		f.do("POST", "/v25.0/act_1/ads?name=n"+fmt.Sprint(i%3)+"&creative={\"creative_id\":\""+f.ids["1/creative"]+"\"}&campaign_id="+f.ids[fmt.Sprint("1/campaign/", i%2)], adminToken, "")
	}
	rapid.Check(t, func(rt *rapid.T) {
		modifiers := map[string]string{"limit": fmt.Sprint(rapid.IntRange(1, 5).Draw(rt, "limit"))}
		if rapid.Bool().Draw(rt, "ordered") {
			modifiers["order"] = rapid.SampledFrom([]string{"chronological", "reverse_chronological"}).Draw(rt, "order")
		}
		if place := rapid.SampledFrom([]string{"", "after", "before"}).Draw(rt, "place"); place != "" {
			modifiers[place] = cursor(rapid.Int64Range(5, 40).Draw(rt, "seq"))
		}
		if rapid.Bool().Draw(rt, "filtered") {
			modifiers["filtering"] = `[{"field":"name","operator":"EQUAL","value":"n1"}]`
		}
		if rapid.Bool().Draw(rt, "counted") {
			modifiers["summary"] = "true"
		}
		expanded, query := "ads", "?fields=id"
		for name, value := range modifiers {
			expanded += "." + name + "(" + value + ")"
			query += "&" + name + "=" + url.QueryEscape(value)
		}
		var all struct{ Data []map[string]json.RawMessage }
		if err := json.Unmarshal([]byte(f.get(t, "/v25.0/act_1/campaigns?fields="+url.QueryEscape(expanded+"{id}"))), &all); err != nil || len(all.Data) != 2 {
			rt.Fatal(err)
		}
		for _, campaign := range all.Data {
			id := strings.Trim(string(campaign["id"]), `"`)
			alone, within := f.get(t, "/v25.0/"+id+"/ads"+query), string(campaign["ads"])
			if within == "" {
				within = `{"data":[]}`
			}
			if alone != within {
				rt.Fatalf("%s of %s:\nalone  %s\nwithin %s", expanded, id, alone, within)
			}
		}
	})
}
