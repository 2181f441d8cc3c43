package test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/marquetry/marquetry/client"
)

// TestPrebidAdapter runs the tests of the Prebid.js adapter against the program: what won and was shown is in the reports, once.
func TestPrebidAdapter(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	c := s.client(t, data)
	ad := createAd(t, c)
	made, err := c.Get(t.Context(), ad, client.Params{"fields": "adset_id"})
	if err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "--test", "test/")
	node.Dir = "../examples/prebidjs"
	node.Env = append(os.Environ(), "MARQUETRY="+s.Base, "ADSET="+made.String("adset_id"))
	if out, err := node.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := waitImpressions(t, c, ad, 2); got != 2 {
		t.Errorf("%d impressions, one banner and one native ad were shown", got)
	}
}
