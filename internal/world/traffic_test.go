package world

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// site answers as a server would, with combinations that are a hash of the request, and keeps what it was told.
type site struct {
	mu     sync.Mutex
	base   string
	seen   []string // what was reported, in no order
	learns int
}

// newSite starts one and returns a client of it.
func newSite(t *testing.T, handler func(*site) http.Handler) (*site, *client.Client) {
	t.Helper()
	s := &site{}
	server := httptest.NewServer(handler(s))
	t.Cleanup(server.Close)
	s.base = server.URL
	c, err := client.New(server.URL, "token", client.WithRetries(0, time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return s, c
}

// ServeHTTP answers decisions, tracking and learning.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/v1/decisions":
		s.decide(w, r)
		return
	case "/v1/learn":
		s.learns++ // nothing else runs meanwhile: that is what batches are for
		fmt.Fprint(w, `{}`)
		return
	case "/t/c":
		http.Redirect(w, r, "https://shop.example/?fbclid="+r.URL.Query().Get("d"), http.StatusFound)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r.URL.Path+"?"+r.URL.Query().Encode())
}

// decide chooses by hash.
func (s *site) decide(w http.ResponseWriter, r *http.Request) {
	var req client.DecisionRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	h := fnv.New32a()
	fmt.Fprint(h, req.Viewer.ID, req.Time)
	token := fmt.Sprintf("%08x", h.Sum32())
	assets := map[string]client.Asset{}
	for i, slot := range demoSlots() {
		assets[slot.Name] = client.Asset{Index: int(h.Sum32()>>(4*i)) % slot.Size}
	}
	answer := client.DecisionResponse{Decisions: []client.Decision{{
		Assets: assets, ImpressionURL: s.base + "/t/i?d=" + token, ClickURL: s.base + "/t/c?d=" + token,
	}}}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		panic(err)
	}
}

// traffic is a short run.
func traffic(t *testing.T, c *client.Client, workers int) *Traffic {
	t.Helper()
	w, err := New(5, demoSlots(), demoPair())
	if err != nil {
		t.Fatal(err)
	}
	return &Traffic{
		World: w, Client: c, AdSetID: "3", PixelID: "9", Impressions: 1000, Warmup: 300, Batch: 100, Workers: workers,
		From: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Span: 8 * 24 * time.Hour,
	}
}

func TestTrafficDoesNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	var outcomes [][]shown
	var reports []int
	for _, workers := range []int{1, 8} {
		s, c := newSite(t, func(s *site) http.Handler { return s })
		outcome, err := traffic(t, c, workers).Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		outcomes, reports = append(outcomes, outcome.shown), append(reports, len(s.seen))
		clicks, purchases, value := outcome.Totals()
		if clicks == 0 || purchases == 0 || value < 1400 || len(s.seen) != 1000+clicks+purchases || s.learns != 8 {
			t.Errorf("%d clicks, %d purchases for %d: %d reports, learnt %d times", clicks, purchases, value, len(s.seen), s.learns)
		}
	}
	if diff := cmp.Diff(outcomes[0], outcomes[1], cmp.AllowUnexported(shown{})); diff != "" || reports[0] != reports[1] {
		t.Error(diff, reports)
	}
}

func TestPurchasesNameTheirClick(t *testing.T) {
	t.Parallel()
	s, c := newSite(t, func(s *site) http.Handler { return s })
	if _, err := traffic(t, c, 4).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	purchases := slices.DeleteFunc(slices.Clone(s.seen), func(line string) bool { return line[:3] != "/tr" })
	slices.Sort(purchases)
	const want = "/tr?cd%5Bcurrency%5D=USD&cd%5Bvalue%5D="
	for _, line := range purchases {
		if line[:len(want)] != want {
			t.Errorf("purchase %s", line)
		}
	}
	if len(slices.Compact(purchases)) != len(purchases) {
		t.Error("two purchases are the same")
	}
}

func TestTrafficReportsProgress(t *testing.T) {
	t.Parallel()
	_, c := newSite(t, func(s *site) http.Handler { return s })
	run := traffic(t, c, 4)
	var seen []int
	run.Progress = func(p Progress) { seen = append(seen, p.Done) }
	if _, err := run.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{300, 400, 500, 600, 700, 800, 900, 1000}, seen); diff != "" {
		t.Error(diff)
	}
}

func TestTrafficEndsAtTheFirstError(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"refused": `{"error":{"message":"no","code":100}}`,
		"no ad":   `{"decisions":[],"reason":"paused"}`,
		"other":   `{"decisions":[{"assets":{"image":{"index":7}}}]}`,
		"missing": `{"decisions":[{"assets":{"image":{"index":0}}}]}`,
	}
	for name, answer := range answers {
		_, c := newSite(t, func(*site) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) })
		})
		if _, err := traffic(t, c, 4).Run(t.Context()); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
