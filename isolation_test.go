package marquetry_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

// isolationTime is how long attempts are made, and leastOwn how many of them have to find something of the caller's own, however slow the machine.
const (
	isolationTime = 8 * time.Second
	leastOwn      = 50
)

// party is one ad account with an object of every type, all of whose names have the party's word in them, and a token for it alone.
type party struct {
	account, token, word string
	objects              map[string]string // id by type
	hash                 string            // of its image
	cursors              []string          // of its lists
	unnamed              []string          // ids of more such objects, which nobody names: only the server could
}

// ids are all that names something of the party.
func (p *party) ids() []string {
	ids := []string{"act_" + p.account, p.account}
	for _, id := range p.objects {
		ids = append(ids, id)
	}
	return append(ids, p.hash)
}

// house is an instance with two parties.
type house struct {
	*testing.T
	server        *marquetry.Server
	handler       http.Handler
	admin         string
	page          string
	shared        map[string]string // objects of everybody's, by type
	mine, foreign *party
	types         map[string]*object.Type
	names         int // given so far
	own           int // answers in which the caller found something of its own
}

// TestAccountsStayApart makes attempts of every kind to learn something of another account: by reading it, by expanding fields and following
// edges, by naming it in lists, filters, references and batches, and by cursors taken from its lists. No answer may hold anything of
// it, none may differ from the answer for what does not exist, and it must be the same afterwards.
func TestAccountsStayApart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	before := h.state()
	began := time.Now()
	rapid.Check(t, func(rt *rapid.T) {
		for range 10 {
			if time.Since(began) > isolationTime && h.own >= leastOwn {
				return
			}
			h.try(rt)
		}
	})
	if after := h.state(); after != before {
		t.Errorf("the other account was changed, from\n%s\nto\n%s", before, after)
	}
	if h.own < leastOwn {
		t.Errorf("only %d answers had anything in them", h.own)
	}
}

// attempt is a request in which {ID} stands for the id of something.
type attempt struct {
	method, path string
	params       map[string]string
	batched      bool
	id           string // whose: one that fits the place where it stands
}

// try makes one attempt with what is the other party's and with what nobody has, and compares.
func (h *house) try(rt *rapid.T) {
	a := h.draw(rt)
	id := a.id
	if id == "" {
		id = rapid.SampledFrom(slices.Sorted(slices.Values(h.foreign.ids()))).Draw(rt, "foreign")
	}
	seen, absent := h.send(a, h.mine.token, id), h.send(a, h.mine.token, nobodys(id))
	for _, theirs := range append(h.foreign.unnamed, h.foreign.word) {
		if strings.Contains(seen, theirs) {
			rt.Fatalf("%+v with %s shows %s: %s", a, id, theirs, seen)
		}
	}
	if got, want := faceless(seen, id), faceless(absent, nobodys(id)); got != want {
		rt.Fatalf("%+v with %s is answered\n%s\nand with what does not exist\n%s", a, id, got, want)
	}
	if strings.HasPrefix(seen, "200") && (strings.Contains(seen, h.mine.word) || strings.Contains(seen, h.mine.account)) {
		h.own++
	}
}

// nobodys is an id of the same form that nothing has.
func nobodys(id string) string {
	return regexp.MustCompile(`\d{6}(:|$)|[0-9a-f]{6}$`).ReplaceAllString(id, "999999$1")
}

// faceless is an answer without ids, names that count, and what marks the request.
func faceless(answer, id string) string {
	answer = strings.ReplaceAll(answer, id, "…")
	return regexp.MustCompile(`(act_)?([0-9a-f]{12,}|…)(:([0-9a-f]+|…))?|(fbtrace_id|before|after|next|previous|handles)[\\":[]+[^\\"]+|n\d{8}|\bd=[\w-]+`).ReplaceAllString(answer, "…")
}

// draw makes an attempt up.
func (h *house) draw(rt *rapid.T) attempt {
	a := attempt{method: rapid.SampledFrom([]string{"GET", "GET", "POST"}).Draw(rt, "method"), params: map[string]string{}, batched: rapid.Bool().Draw(rt, "batched")}
	typ := rapid.SampledFrom(slices.Sorted(maps.Keys(h.shared))).Draw(rt, "shared type")
	node := h.shared[typ]
	if rapid.IntRange(0, 3).Draw(rt, "own") > 0 {
		typ = rapid.SampledFrom(slices.Sorted(maps.Keys(h.mine.objects))).Draw(rt, "type")
		node = h.mine.objects[typ]
	}
	if rapid.IntRange(0, 3).Draw(rt, "account") == 0 {
		typ, node = "adaccount", h.mine.objects["adaccount"]
	}
	t := h.types[typ]
	switch rapid.SampledFrom([]string{"node", "ids", "list", "reference", "reference", "reference", "cursor"}).Draw(rt, "kind") {
	case "node":
		a.method = rapid.SampledFrom([]string{"GET", "POST", "DELETE"}).Draw(rt, "verb")
		a.path = "{ID}" + h.anyEdge(rt)
		a.params["fields"] = h.selection(rt, t, 2)
	case "ids":
		a.method, a.path = "GET", rapid.SampledFrom([]string{"", "insights", "ads"}).Draw(rt, "below")
		a.params["ids"] = rapid.SampledFrom([]string{"{ID}", node + ",{ID}", "{ID}," + node}).Draw(rt, "ids")
	case "cursor":
		h.edge(rt, &a, t, node, false)
		a.params[rapid.SampledFrom([]string{"after", "before"}).Draw(rt, "side")] = rapid.SampledFrom(h.foreign.cursors).Draw(rt, "cursor")
	case "reference":
		a.method = rapid.SampledFrom([]string{"GET", "POST", "POST", "POST"}).Draw(rt, "verb")
		h.edge(rt, &a, t, node, true)
	default:
		h.edge(rt, &a, t, node, false)
	}
	return a
}

// anyEdge is the path of an edge of some type, or nothing.
func (h *house) anyEdge(rt *rapid.T) string {
	paths := []string{""}
	for _, t := range h.types {
		for i := range t.Edges {
			paths = append(paths, "/"+t.Edges[i].Name)
		}
	}
	slices.Sort(paths)
	return rapid.SampledFrom(slices.Compact(paths)).Draw(rt, "edge")
}

// edge asks an edge of the caller's own object, or the object itself, and names something of the other's in one of the parameters.
func (h *house) edge(rt *rapid.T, a *attempt, t *object.Type, node string, refer bool) {
	a.path = node
	params := t.Fields
	edges := slices.DeleteFunc(slices.Clone(t.Edges), func(e object.Edge) bool { return refer != (e.Create || e.Action != "") || e.Support == object.Refused })
	if len(edges) > 0 && rapid.Bool().Draw(rt, "on an edge") {
		e := rapid.SampledFrom(edges).Draw(rt, "edge")
		a.path, params = node+"/"+e.Name, e.Params
		for name, value := range h.usual(e.Name) {
			a.params[name] = value
		}
		if target := h.types[e.Target]; target != nil {
			if t = target; e.Create || e.Action != "" {
				params = slices.Concat(params, target.Fields)
			}
		}
	}
	a.params["fields"] = h.selection(rt, t, 3)
	if a.method == "GET" {
		a.params["filtering"] = rapid.SampledFrom([]string{"", `[{"field":"id","operator":"EQUAL","value":"{ID}"}]`, `[{"field":"campaign.id","operator":"IN","value":["{ID}"]}]`}).Draw(rt, "filter")
		a.params["summary"] = "true"
	}
	if !refer || len(params) == 0 {
		return
	}
	names := slices.DeleteFunc(slices.Clone(params), func(f object.Field) bool { return f.Ref == "" || f.Kind == object.Object })
	if len(names) == 0 || rapid.Bool().Draw(rt, "any parameter") {
		names = params
	}
	f := rapid.SampledFrom(names).Draw(rt, "parameter")
	a.id = h.foreign.objects[f.Ref]
	switch {
	case slices.Contains([]string{"id", "status", "name", "retailer_id"}, f.Name), strings.Contains(f.Name, "url"): // ours, final, unique or fetched
	case f.Kind == object.List:
		a.params[f.Name] = rapid.SampledFrom([]string{`["{ID}"]`, `[{"id":"{ID}"}]`}).Draw(rt, "list")
	case f.Kind == object.Object || f.Kind == object.Any:
		members := map[string]string{
			"id": "", "creative_id": h.foreign.objects["adcreative"], "pixel_id": h.foreign.objects["adspixel"], "product_set_id": h.foreign.objects["productset"],
			"product_catalog_id": h.foreign.objects["productcatalog"], "image_hash": h.foreign.hash, "source_account_id": h.foreign.account,
		}
		name := rapid.SampledFrom(slices.Sorted(maps.Keys(members))).Draw(rt, "member")
		a.id = members[name]
		a.params[f.Name] = `{"` + name + `":"{ID}","hash":"` + h.foreign.hash + `"}`
	case f.Kind == object.ID || f.Kind == object.String:
		a.params[f.Name] = "{ID}"
	}
}

// usual are parameters with which a POST on an edge would work.
func (h *house) usual(edge string) map[string]string {
	o := h.mine.objects
	const name = "{NAME}" // another one at each sending
	return map[string]map[string]string{
		"campaigns":         {"name": name, "objective": "OUTCOME_TRAFFIC", "status": "PAUSED", "special_ad_categories": "[]", "is_adset_budget_sharing_enabled": "false"},
		"adsets":            {"name": name, "campaign_id": o["campaign"], "status": "PAUSED", "daily_budget": "5000", "billing_event": "IMPRESSIONS", "optimization_goal": "LINK_CLICKS", "bid_strategy": "LOWEST_COST_WITHOUT_CAP", "targeting": `{"geo_locations":{"countries":["US"]},"targeting_automation":{"advantage_audience":0}}`},
		"adcreatives":       {"name": name, "object_story_spec": fmt.Sprintf(`{"page_id":%q,"link_data":{"link":"https://shop.example/","message":"%s","image_hash":%q}}`, h.page, name, h.mine.hash)},
		"ads":               {"name": name, "adset_id": o["adset"], "status": "PAUSED", "creative": fmt.Sprintf(`{"creative_id":%q}`, o["adcreative"])},
		"customaudiences":   {"name": name, "subtype": "CUSTOM", "customer_file_source": "USER_PROVIDED_ONLY"},
		"saved_audiences":   {"name": name, "targeting": `{"geo_locations":{"countries":["US"]}}`},
		"customconversions": {"name": name, "event_source_id": o["adspixel"], "custom_event_type": "PURCHASE", "rule": `{"url":{"i_contains":"thanks"}}`},
		"ad_studies":        {"name": name, "start_time": "2027-01-01T00:00:00+0000", "end_time": "2027-02-01T00:00:00+0000", "type": "SPLIT_TEST", "cells": fmt.Sprintf(`[{"name":"a","treatment_percentage":50,"campaigns":[%q]},{"name":"b","treatment_percentage":50,"adsets":[%q]}]`, o["campaign"], o["adset"])},
		"adrules_library":   {"name": name, "evaluation_spec": `{"evaluation_type":"SCHEDULE","filters":[{"field":"spent","operator":"GREATER_THAN","value":1000},{"field":"entity_type","operator":"EQUAL","value":"AD"}]}`, "execution_spec": `{"execution_type":"PAUSE"}`},
		"adlabels":          {"name": name}, "adspixels": {"name": name}, "product_catalogs": {"name": name}, "product_sets": {"name": name},
		"generation": {"asset_id": o["generatedasset"], "action": "approve"},
		"products":   {"name": name, "retailer_id": name, "price": "100", "currency": "USD", "image_url": "https://shop.example/a.jpg", "url": "https://shop.example/"},
	}[edge]
}

// selection is a list of fields of a type, with what is below them.
func (h *house) selection(rt *rapid.T, t *object.Type, depth int) string {
	var names []string
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Has(object.Read) {
			if below := h.types[f.Ref]; below != nil && f.Kind == object.Object && depth > 0 {
				names = append(names, f.Name+".as(a_"+f.Name+"){"+h.selection(rt, below, depth-1)+"}")
			}
			names = append(names, f.Name)
		}
	}
	for i := range t.Edges {
		if e := &t.Edges[i]; h.types[e.Target] != nil && e.Support != object.Refused && (e.By != "" || e.Via != "" || e.Resolve != "") && depth > 0 && rapid.IntRange(0, 3).Draw(rt, "expand") == 0 {
			names = append(names, e.Name+".limit(3).as(b_"+e.Name+"){"+h.selection(rt, h.types[e.Target], depth-1)+"}")
		}
	}
	if len(names) == 0 {
		return "id"
	}
	chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, min(4, len(names)), rapid.ID[string]).Draw(rt, "fields")
	return strings.Join(chosen, ",")
}

// send sends an attempt with an id in its places and returns status and body.
func (h *house) send(a attempt, token, id string) string {
	q := url.Values{}
	h.names++
	places := strings.NewReplacer("{ID}", id, "{NAME}", fmt.Sprintf("n%08d", h.names))
	for name, value := range a.params {
		if value != "" {
			q.Set(name, places.Replace(value))
		}
	}
	path := "v26.0/" + places.Replace(a.path)
	if a.batched {
		op := map[string]string{"method": a.method, "relative_url": path + "?" + q.Encode()}
		if a.method == "POST" {
			op["relative_url"], op["body"] = path, q.Encode()
		}
		text, err := json.Marshal([]any{map[string]string{"method": "GET", "relative_url": "me", "name": "first"}, op})
		if err != nil {
			h.Fatal(err)
		}
		a.method, path, q = "POST", "", url.Values{"batch": {string(text)}, "include_headers": {"false"}}
	}
	r := httptest.NewRequestWithContext(h.Context(), a.method, "/"+path, strings.NewReader(q.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return fmt.Sprint(w.Code, " ", w.Body)
}

// state is everything that is stored of the other party.
func (h *house) state() string {
	var all strings.Builder
	for _, typ := range slices.Sorted(maps.Keys(h.foreign.objects)) {
		var names []string
		for _, f := range h.types[typ].Fields {
			if f.Has(object.Read) && f.Compute == "" && f.Until == 0 {
				names = append(names, f.Name)
			}
		}
		answer := h.send(attempt{method: "GET", path: h.foreign.objects[typ], params: map[string]string{"fields": strings.Join(names, ",")}}, h.admin, "")
		h.decode(answer, &struct{}{})
		all.WriteString(answer)
	}
	return all.String()
}

// newHouse starts an instance whose clock stands still and furnishes two accounts.
func newHouse(t *testing.T) *house {
	t.Helper()
	now := time.Now()
	s, err := marquetry.New(t.Context(), marquetry.Config{Data: storetest.Dir(t), ManualLearning: true, Now: func() time.Time { return now },
		Generation: marquetry.Generation{Patience: time.Minute}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &house{T: t, server: s, handler: s.Handler(), admin: s.Fresh.Token, page: s.Fresh.PageID, types: map[string]*object.Type{}}
	for _, typ := range object.Types() {
		h.types[typ.Name] = typ
	}
	var business struct{ Data []struct{ ID string } }
	h.decode(h.send(attempt{method: "GET", path: "me/businesses"}, h.admin, ""), &business)
	h.shared = map[string]string{"user": "me", "page": h.page, "business": business.Data[0].ID}
	second := h.create(h.shared["business"]+"/adaccount", map[string]string{"name": "Second", "currency": "USD", "timezone_id": "1", "end_advertiser": "NONE", "media_agency": "NONE", "partner": "NONE"})
	h.foreign = h.furnish(s, "Zwetschge", strings.TrimPrefix(second, "act_"), color.White)
	h.mine = h.furnish(s, "Marille", strings.TrimPrefix(s.Fresh.AccountID, "act_"), color.Black)
	return h
}

// furnish makes one object of every type in an account.
func (h *house) furnish(s *marquetry.Server, word, account string, paint color.Color) *party {
	h.Helper()
	p := &party{account: account, word: word, objects: map[string]string{"adaccount": "act_" + account}}
	h.mine = p // whose objects usual names
	h.decode(h.send(attempt{method: "POST", path: "act_" + account, params: map[string]string{"name": word}}, h.admin, ""), &struct{}{})
	var uploaded struct {
		Images map[string]struct{ Hash string }
	}
	h.decode(h.send(attempt{method: "POST", path: "act_" + account + "/adimages", params: map[string]string{"bytes": picture(h.T, paint)}}, h.admin, ""), &uploaded)
	for _, one := range uploaded.Images {
		p.hash = one.Hash
	}
	p.objects["adimage"] = account + ":" + p.hash
	for _, step := range []struct{ typ, parent, edge string }{
		{"campaign", "adaccount", "campaigns"}, {"adset", "adaccount", "adsets"}, {"adcreative", "adaccount", "adcreatives"}, {"ad", "adaccount", "ads"},
		{"adlabel", "adaccount", "adlabels"}, {"adspixel", "adaccount", "adspixels"},
		{"customaudience", "adaccount", "customaudiences"}, {"savedaudience", "adaccount", "saved_audiences"}, {"customconversion", "adaccount", "customconversions"},
		{"adstudy", "adaccount", "ad_studies"}, {"adrule", "adaccount", "adrules_library"}, {"productcatalog", "adaccount", "product_catalogs"},
		{"productset", "productcatalog", "product_sets"}, {"productitem", "productcatalog", "products"},
	} {
		for _, name := range []string{word, word + " again"} { // the second hangs on the first of the types above
			params := map[string]string{}
			for param, value := range h.usual(step.edge) {
				params[param] = strings.ReplaceAll(value, "{NAME}", name)
			}
			id := h.create(p.objects[step.parent]+"/"+step.edge, params)
			if p.objects[step.typ] != "" {
				p.unnamed = append(p.unnamed, id)
			} else {
				p.objects[step.typ] = id
			}
		}
	}
	p.objects["generatedasset"] = h.written(p)
	for _, edge := range []string{"campaigns", "ads", "adimages", "adlabels"} {
		var list struct {
			Paging struct {
				Cursors struct{ After, Before string }
			}
		}
		h.decode(h.send(attempt{method: "GET", path: "act_" + account + "/" + edge}, h.admin, ""), &list)
		p.cursors = append(p.cursors, list.Paging.Cursors.After)
	}
	scopes := slices.DeleteFunc(marquetry.Scopes(), func(scope string) bool { return scope == "admin" })
	token, err := s.CreateToken(h.Context(), marquetry.TokenRequest{Label: word, Scopes: scopes, Accounts: []string{account}})
	if err != nil {
		h.Fatal(err)
	}
	p.token = token
	return p
}

// written has texts generated for a creative of a party, and is the id of one.
func (h *house) written(p *party) string {
	h.Helper()
	id := h.create(p.objects["adaccount"]+"/adcreatives", map[string]string{
		"object_story_spec":       fmt.Sprintf(`{"page_id":%q,"link_data":{"link":"https://shop.example/","message":"Handmade %s mugs for your kitchen. Free shipping on orders over $50. Order yours today."}}`, h.page, p.word),
		"degrees_of_freedom_spec": `{"creative_features_spec":{"text_generation":{"enroll_status":"OPT_IN"}}}`})
	var list struct{ Data []struct{ ID string } }
	h.decode(h.send(attempt{method: "GET", path: id + "/generation"}, h.admin, ""), &list)
	if len(list.Data) == 0 {
		h.Fatal("nothing was generated")
	}
	for _, asset := range list.Data[1:] {
		p.unnamed = append(p.unnamed, asset.ID)
	}
	return list.Data[0].ID
}

// create posts to an edge as the admin and returns the new id.
func (h *house) create(path string, params map[string]string) string {
	h.Helper()
	var made struct{ ID string }
	h.decode(h.send(attempt{method: "POST", path: path, params: params}, h.admin, ""), &made)
	if made.ID == "" {
		h.Fatalf("POST %s made nothing", path)
	}
	return made.ID
}

// decode reads an answer that has to be a good one.
func (h *house) decode(answer string, into any) {
	h.Helper()
	status, body, _ := strings.Cut(answer, " ")
	if err := json.Unmarshal([]byte(body), into); err != nil || status != "200" {
		h.Fatalf("%s (%v)", answer, err)
	}
}

// picture is a small image of one colour, base64.
func picture(t *testing.T, paint color.Color) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 600, 600))
	for i := range 600 * 600 {
		img.Set(i%600, i/600, paint)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, img); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(file.Bytes())
}
