package marquetry_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/marquetry/marquetry"
	"github.com/marquetry/marquetry/client"
)

func TestDiff60BatchInOrder(t *testing.T) {
	s := newShop(t)
	w := s.raw("POST", "/", s.fresh.Token, `{"batch":[{"relative_url":"{result=a:$.id}"},{"name":"a","method":"POST","relative_url":"`+s.fresh.AccountID+`/campaigns","body":"name=x"}]}`)
	if !strings.HasPrefix(w.Body.String(), `[{"code":400`) || !strings.Contains(w.Body.String(), `depends on the operation \\\"a\\\"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestDiff61DoneAtOnce(t *testing.T) {
	t.Parallel()
	server, api := start(t, marquetry.Config{Data: t.TempDir(), ManualLearning: true, Latency: time.Hour})
	s := shop{t, server, api, server.Fresh}
	made := s.post("v25.0/", client.Params{"asyncbatch": []client.Params{{"method": "POST", "relative_url": s.fresh.AccountID, "body": "name=Renamed"}}})
	session := made.List("async_sessions")[0].ID()
	got := s.get(session, client.Params{"fields": "status,percent_completed,result,complete_time"})
	if got.String("status") != "IN_PROGRESS" || got["result"] != nil || got["complete_time"] != nil {
		t.Error(got)
	}
	want(s, "name", s.get(s.fresh.AccountID, client.Params{"fields": "name"}).String("name"), "Renamed")
	other := s.token("ads_management")
	want(s, "another token", s.raw("GET", "/"+session, other, "").Code, http.StatusBadRequest)
}
