package marquetry_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

// What is generated, approved and shown grows one chain, which still runs through every head that was noted on the way; and the creative
// says what became of its job.
func TestLedgerOfAnInstance(t *testing.T) {
	s := newShop(t)
	kinds := map[string]int{}
	verify := func(noted ...string) marquetry.LedgerVerdict {
		t.Helper()
		clear(kinds)
		v, err := s.server.VerifyLedger(t.Context(), func(r marquetry.LedgerRecord) { kinds[r.Kind]++ }, noted...)
		if err != nil || !v.OK {
			t.Fatalf("%+v %v", v, err)
		}
		return v
	}
	none := verify()
	ad := s.ad(s.set(nil), s.writing(documented), nil)
	creative := s.get(ad.ID(), client.Params{"fields": "creative{marquetry_generation}"}).Object("creative")
	if g := creative.Object("marquetry_generation"); g.String("state") != "DONE" || g.String("language") != "en" || len(g.Object("rejected")) == 0 {
		t.Errorf("the creative says %v", g)
	}
	made := verify(none.Head)
	if n := kinds["generated"]; n == 0 || made.Count != int64(n) {
		t.Errorf("%v", kinds)
	}
	s.post(ad.ID(), client.Params{"status": "ACTIVE"})
	shown := verify(none.Head, made.Head)
	if kinds["approved"] != kinds["generated"] || kinds["delivered"] != 1 || shown.Count != made.Count+int64(kinds["approved"])+1 {
		t.Errorf("%v", kinds)
	}
	if v, err := s.server.VerifyLedger(t.Context(), func(marquetry.LedgerRecord) {}, "2:"+none.Head[2:]); err != nil || v.OK || v.Record != 2 {
		t.Errorf("a head of another ledger: %+v %v", v, err)
	}
}

// The ledger says of each ad once that it shows an edition: of one that is set ACTIVE, or gets the creative while it is, and of all that
// run when what is approved changes; asking again for what is so already adds nothing.
func TestLedgerNamesAdsOnce(t *testing.T) {
	s := newShop(t)
	var named []string
	follow := func(step string, want ...string) {
		t.Helper()
		before := len(named)
		named = nil
		v, err := s.server.VerifyLedger(t.Context(), func(r marquetry.LedgerRecord) {
			var body struct{ Ads []string }
			if err := json.Unmarshal(r.Body, &body); err != nil {
				t.Error(err)
			}
			if r.Kind == "delivered" {
				named = append(named, strings.Join(body.Ads, " "))
			}
		})
		if err != nil || !v.OK || !slices.Equal(named[before:], want) {
			t.Errorf("%s: %q, not %q; %+v %v", step, named[before:], want, v, err)
		}
	}
	set := s.set(nil)
	made := client.Params{"creative_id": s.post(s.fresh.AccountID+"/adcreatives", s.writing(sample)).ID()}
	one, other := s.ad(set, made, nil).ID(), s.ad(set, s.link(nil), client.Params{"status": "ACTIVE"}).ID()
	active := client.Params{"status": "ACTIVE"}
	follow("made")
	s.post(one, active)
	follow("activated", one)
	s.post(one, active)
	s.post(one, client.Params{"name": "Other", "creative": made})
	follow("activated again")
	s.post(other, client.Params{"creative": made})
	follow("exchanged", other)
	creative := made["creative_id"].(string)
	s.review(creative, s.generated(creative)[0].ID(), "reject")
	follow("rejected", one+" "+other)
	s.post(one, client.Params{"status": "PAUSED"})
	follow("paused")
	s.post(one, active)
	follow("resumed", one)
}
