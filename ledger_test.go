package marquetry_test

import (
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
