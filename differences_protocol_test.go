package marquetry_test

import (
	"strings"
	"testing"
)

func TestDiff60BatchInOrder(t *testing.T) {
	s := newShop(t)
	w := s.raw("POST", "/", s.fresh.Token, `{"batch":[{"relative_url":"{result=a:$.id}"},{"name":"a","method":"POST","relative_url":"`+s.fresh.AccountID+`/campaigns","body":"name=x"}]}`)
	if !strings.HasPrefix(w.Body.String(), `[{"code":400`) || !strings.Contains(w.Body.String(), `depends on the operation \\\"a\\\"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
