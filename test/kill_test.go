package test

import (
	"context"
	"math/rand/v2"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/marquetry/marquetry/client"
)

// kills is how often the server is killed under load.
const kills = 10

// traffic is what the workers of the kill test know: which impressions were sent, and which of them were acknowledged.
type traffic struct {
	mu    sync.Mutex
	sent  []client.Decision
	acked []client.Decision
}

// note adds a decision to one of the lists.
func (tr *traffic) note(list *[]client.Decision, d client.Decision) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	*list = append(*list, d)
}

// TestKillLosesNothingAcknowledged kills the real program ten times in the middle of its work. Afterwards every impression that was
// acknowledged is in the report exactly once, and sending all of them again adds only those that never arrived.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ad := ""
	random := rand.New(rand.NewPCG(1, 2))
	var all traffic
	for range kills {
		s := serve(t, data)
		if ad == "" {
			ad = createAd(t, s.client(t, data))
		}
		hammer(t, s, ad, &all, time.Duration(50+random.IntN(250))*time.Millisecond)
	}

	s := serve(t, data)
	c := s.client(t, data)
	if len(all.acked) < kills {
		t.Fatalf("only %d impressions were acknowledged; the load does not load", len(all.acked))
	}
	before := impressions(t, c, ad)
	if before < len(all.acked) || before > len(all.sent) {
		t.Fatalf("%d impressions in the report; %d were acknowledged, %d sent", before, len(all.acked), len(all.sent))
	}
	resend(t, s, c, all.acked)
	if again := impressions(t, c, ad); again != before {
		t.Errorf("resending acknowledged impressions raised the count from %d to %d", before, again)
	}
	resend(t, s, c, all.sent)
	after := impressions(t, c, ad)
	if after != len(all.sent) {
		t.Errorf("%d impressions after resending all, want %d", after, len(all.sent))
	}

	s.kill()
	if out, err := command(t.Context(), t, "rebuild", "--data", data).CombinedOutput(); err != nil {
		t.Fatalf("rebuild: %v\n%s", err, out)
	}
	if rebuilt := impressions(t, serve(t, data).client(t, data), ad); rebuilt != after {
		t.Errorf("%d impressions after a rebuild, want %d", rebuilt, after)
	}
}

// hammer loads the server with decisions and impressions, kills it after the given time of load, and returns when all is quiet.
func hammer(t *testing.T, s *server, ad string, all *traffic, after time.Duration) {
	t.Helper()
	c, err := client.New(s.Base, "", client.WithRetries(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for {
				got, err := c.Decide(context.Background(), client.DecisionRequest{AdID: ad, Viewer: client.Viewer{Country: "US"}})
				if err != nil || len(got.Decisions) == 0 {
					return
				}
				all.note(&all.sent, got.Decisions[0])
				if c.Impression(context.Background(), got.Decisions[0].ImpressionURL) != nil {
					return
				}
				all.note(&all.acked, got.Decisions[0])
			}
		})
	}
	time.AfterFunc(after, s.kill)
	workers.Wait()
}

// resend reports impressions to a server that has restarted on another port; already known ones are no error.
func resend(t *testing.T, s *server, c *client.Client, list []client.Decision) {
	t.Helper()
	for _, d := range list {
		u, err := url.Parse(d.ImpressionURL)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Impression(t.Context(), s.Base+u.RequestURI()); err != nil {
			t.Fatalf("resend: %v", err)
		}
	}
}

// impressions is the ad's count in the report, once everything logged is folded.
func impressions(t *testing.T, c *client.Client, ad string) int {
	t.Helper()
	if _, err := c.Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	return reported(t, c, ad, "impressions")
}

// reported is the ad's count in the report as it stands, 0 when there is no row.
func reported(t *testing.T, c *client.Client, ad, field string) int {
	t.Helper()
	got, err := c.Get(t.Context(), ad+"/insights", client.Params{"fields": field, "date_preset": "maximum"})
	if err != nil {
		t.Fatal(err)
	}
	rows := got.List("data")
	if len(rows) == 0 {
		return 0
	}
	return int(rows[0].Int(field))
}
