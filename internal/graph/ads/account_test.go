package ads_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/graph/access"
	"github.com/marquetry/marquetry/internal/graph/ads"
	"github.com/marquetry/marquetry/internal/store"
	"github.com/marquetry/marquetry/internal/store/storetest"
)

func TestSeedMakesOneOfEachOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var made [2]access.Seeded
		for i := range made {
			err := db.Write(t.Context(), func(tx store.Tx) (err error) {
				made[i], err = access.Seed(t.Context(), tx, now.Unix())
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want := access.Seeded{UserID: "120200000000000001", AccountID: "120200000000000002", PageID: "120200000000000003", PixelID: "120200000000000004",
			BusinessID: "120200000000000005", AppID: "120200000000000006", SystemUserID: "120200000000000007"}
		if made[0] != want || made[1] != want {
			t.Errorf("seeded %+v", made)
		}
		err := db.Read(t.Context(), func(tx store.Tx) error {
			for typ, want := range map[string]int{"user": 2, "adaccount": 1, "page": 1, "adspixel": 1, "business": 1, "application": 1} {
				n := 0
				if err := tx.All(t.Context(), typ, func(*store.Object) error { n++; return nil }); err != nil || n != want {
					t.Errorf("%d of %s, %v", n, typ, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestUserFindsAccountsAndPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	account := s.get("me/adaccounts", "id,name,account_status,balance,currency,timezone_name,business,min_daily_budget,timezone_offset_hours_utc,spend_cap")
	row, _ := at(account, "data", 0).(fields)
	if row["id"] != "act_"+s.AccountID || row["currency"] != "USD" || row["balance"] != "0" || row["account_status"] != 1.0 || row["min_daily_budget"] != 100.0 ||
		row["timezone_offset_hours_utc"] != 0.0 {
		t.Errorf("me/adaccounts: %v", account)
	}
	if pages := s.get("me/accounts", ""); at(pages, "data", 0, "id") != s.PageID || at(pages, "data", 0, "access_token") != secret || at(pages, "data", 0, "tasks") == nil {
		t.Errorf("me/accounts: %v", pages)
	}
}

func TestAccountSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	account := "act_" + s.AccountID
	s.ok(account, fields{"timezone_name": "America/Los_Angeles", "marquetry_cpm_micros": 7_000_000})
	if got := s.get(account, "timezone_offset_hours_utc,marquetry_cpm_micros,age"); got["timezone_offset_hours_utc"] != -8.0 || got["marquetry_cpm_micros"] != 7e6 || got["age"] != 0.0 {
		t.Errorf("read back %v", got)
	}
	_, set := s.tree(nil)
	s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
	if problem := wrong(s.post(account, fields{"timezone_name": "UTC"}), 0, "timezone_name"); problem != "" {
		t.Error(problem)
	}
	s.ok(account, fields{"timezone_name": "America/Los_Angeles"})
	for name, body := range map[string]fields{"timezone_name": {"timezone_name": "Mars/Olympus"}, "marquetry_cpm_micros": {"marquetry_cpm_micros": -1}} {
		if problem := wrong(s.post(account, body), 0, name); problem != "" {
			t.Error(problem)
		}
	}
}

func TestSpendCapOfTheAccount(t *testing.T) {
	t.Parallel()
	spent := int64(3000)
	s := newSite(t, func(c *ads.Config) {
		c.RateLimits = true
		c.Spent = func(context.Context, *graph.Call, store.Tx, []*store.Object, bool) ([]int64, error) {
			return []int64{spent}, nil
		}
	})
	account := "act_" + s.AccountID
	for _, step := range []struct {
		body fields
		want string // what is read back, in cents; "" for a refusal
	}{
		{fields{"spend_cap": 29.99}, ""},
		{fields{"spend_cap": "-1"}, ""},
		{fields{"spend_cap": 120.5}, "12050"},
		{fields{"name": "Shop"}, "12050"},
		{fields{"spend_cap_action": "reset"}, "12050"},
		{fields{"spend_cap": "1"}, "100"},
		{fields{"spend_cap_action": "delete"}, "0"},
		{fields{"spend_cap": 29}, ""},
		{fields{"spend_cap": 0}, "0"},
		{fields{"spend_cap_action": "double"}, ""},
	} {
		answer := s.post(account, step.body)
		if got := s.get(account, "spend_cap")["spend_cap"]; (answer["success"] == true) != (step.want != "") || step.want != "" && got != step.want {
			t.Errorf("%v: %v, read back %v", step.body, answer, got)
		}
	}
	for range 5 {
		s.ok(account, fields{"spend_cap": 500})
	}
	if answer := s.post(account, fields{"spend_cap": 500}); at(answer, "error", "code") != 17.0 || at(answer, "error", "error_subcode") != 1885172.0 {
		t.Errorf("the eleventh change of a day: %v", answer)
	}
}

func TestSettingsOfTheAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	account := "act_" + s.AccountID
	week := []any{fields{"event_type": "CLICK_THROUGH", "window_days": 7}}
	s.ok(account, fields{"currency": "JPY", "spend_cap": 500, "attribution_spec": week})
	if got := s.get(account, "currency,spend_cap"); got["currency"] != "JPY" || got["spend_cap"] != "500" {
		t.Errorf("read back %v", got)
	}
	top, set := s.tree(nil)
	if got := s.get(set, "attribution_spec,special_ad_categories"); at(got, "attribution_spec", 0, "window_days") != 7.0 || len(at(got, "attribution_spec").([]any)) != 1 {
		t.Errorf("the ad set has %v", got)
	}
	for body, code := range map[string]float64{"XXX": 2607, "EUR": 2615} {
		if body == "EUR" {
			s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))})
		}
		if answer := s.post(account, fields{"currency": body}); at(answer, "error", "code") != code {
			t.Errorf("currency %s: %v", body, answer)
		}
	}
	if problem := wrong(s.post(account, fields{"attribution_spec": []any{fields{"event_type": "CLICK_THROUGH", "window_days": 28}}}), 1885559); problem != "" {
		t.Error(problem)
	}
	s.ok(top, fields{"special_ad_categories": []any{"HOUSING"}})
	if got := s.get(set, "special_ad_categories"); at(got, "special_ad_categories", 0) != "HOUSING" {
		t.Errorf("the ad set is in %v", got)
	}
}

func TestCreativePostsAsThePromotedPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(fields{"promoted_object": fields{"pixel_id": s.PixelID, "page_id": "5"}})
	body := fields{"name": "Ad", "adset_id": set, "creative": s.link(s.image(1))}
	if problem := wrong(s.post(s.account("ads"), body), 1885029, "creative", "object_story_spec", "page_id"); problem != "" {
		t.Error(problem)
	}
}

// What belongs to every account is changed by nobody whose token is for some of them.
func TestSharedObjectsAreNotForLimitedTokens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const limited = "mq_test-token-of-one-account"
	if err := s.db.Write(t.Context(), func(tx store.Tx) error {
		return tx.PutToken(t.Context(), &store.Token{Hash: store.HashToken(limited), UserID: s.UserID, Scopes: []string{"ads_management"}, Accounts: []string{s.AccountID}})
	}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{s.PageID, s.UserID} {
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/"+id+"?name=Mine&access_token="+limited, nil))
		if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), `"code":10`) {
			t.Errorf("%s: %s", id, w.Body)
		}
	}
}

func TestUpdatedSince(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.tree(nil)
	for since, want := range map[string]int{"1": 1, fmt.Sprint(now.Unix()): 1, fmt.Sprint(now.Unix() + 1): 0, "2026-11-23": 0} {
		if list := s.do(http.MethodGet, "/"+s.account("campaigns")+"?updated_since="+since, nil)["data"].([]any); len(list) != want {
			t.Errorf("since %s there are %v, want %d", since, list, want)
		}
	}
}

func TestPixelFields(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id := s.make("adspixels", fields{"name": "Second"})
	got := s.get(id, "name,code,owner_ad_account{currency},creation_time")
	if code, _ := got["code"].(string); !strings.Contains(code, `src="http://example.com/tr?id=`+id) || at(got, "owner_ad_account", "currency") != "USD" ||
		got["creation_time"] != "2026-11-22T12:00:00+0000" {
		t.Errorf("read back %v", got)
	}
	for _, path := range []string{id, s.PageID, s.UserID, "act_" + s.AccountID} {
		if problem := wrong(s.do(http.MethodDelete, "/"+path, nil), 33); problem != "" {
			t.Error(path, problem)
		}
	}
}

func TestCreativesOfAnAdSet(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, set := s.tree(nil)
	hash := s.image(1)
	for _, tag := range []string{"a=1", "a=2"} {
		for range 2 {
			s.make("ads", fields{"name": "Ad", "adset_id": set, "creative": with(s.link(hash), fields{"url_tags": tag})})
		}
	}
	list := s.get(set+"/adcreatives", "url_tags")["data"].([]any)
	if len(list) != 2 || at(list[0], "url_tags") != "a=2" {
		t.Errorf("listed %v", list)
	}
}

// Whatever is read of a creative can be sent again, and is then the same creative.
func TestCreativeReadsBackAsItself(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var hashes []any
	for i := range 4 {
		hashes = append(hashes, fields{"hash": s.image(uint8(i))})
	}
	rapid.Check(t, func(rt *rapid.T) {
		some := func(name string) []any {
			words := rapid.SliceOfNDistinct(rapid.StringMatching(`[A-Za-z{}&<>é😀 ]{1,20}[a-z]`), 1, 5, rapid.ID[string]).Draw(rt, name)
			return texts(words...)
		}
		spec := s.feed("")
		spec["asset_feed_spec"] = with(spec["asset_feed_spec"].(fields), fields{
			"images": hashes[:rapid.IntRange(1, 4).Draw(rt, "images")], "titles": some("titles"), "bodies": some("bodies"), "descriptions": some("descriptions"),
		})
		id := s.make("adcreatives", spec)
		got := s.get(id, "asset_feed_spec,object_story_spec")
		if again := s.make("adcreatives", fields{"asset_feed_spec": got["asset_feed_spec"], "object_story_spec": got["object_story_spec"]}); again != id {
			rt.Fatalf("%v was made again as %s, first %s", got, again, id)
		}
	})
}
