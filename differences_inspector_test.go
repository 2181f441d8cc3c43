package marquetry_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/internal/graph"
)

func TestDiff80Explanations(t *testing.T) {
	s := newShop(t)
	ask := func(header, body string) map[string]any {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v25.0/"+s.fresh.AccountID+"/campaigns", strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+s.fresh.Token)
		r.Header.Set(graph.ExplainHeader, header)
		w := httptest.NewRecorder()
		s.server.Handler().ServeHTTP(w, r)
		var answer map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
	const broken = `{"name": "Spring", <--- Campaign name here, objective: 'SALES'`
	if answer := ask("0", broken); answer["error"] == nil || answer["explain"] != nil {
		t.Errorf("unasked: %v", answer)
	}
	e, _ := ask("1", "{\n\"name\": \"Spring\", <--- Campaign name here\nobjective: 'SALES'\n}")["explain"].(map[string]any)
	want(s, "accepted", e["accepted"], any(true))
	corrected, err := json.Marshal(e["corrected"])
	if err != nil {
		t.Fatal(err)
	}
	if made := ask("1", string(corrected)); made["id"] == nil || made["explain"] == nil {
		t.Errorf("%s: %v", corrected, made)
	}
}

func TestDiff81Inspector(t *testing.T) {
	s := newShop(t)
	refused := s.postRefused("v25.0/"+s.fresh.AccountID+"/campaigns", map[string]any{"name": "Spring", "client_secret": "hush"})
	got, err := s.api.Inspect(t.Context(), refused.TraceID)
	if err != nil || got.Status != http.StatusBadRequest || got.Explanation == nil || len(got.Explanation.Remaining) == 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if text := string(got.Raw); strings.Contains(text, "hush") || strings.Contains(text, s.fresh.Token) {
		t.Errorf("a secret was kept: %s", text)
	}
	w := s.raw("GET", "/v1/inspector/requests?status=error", s.token("ads_read"), "")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), refused.TraceID) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	want(s, "without a token", s.raw("GET", "/v1/inspector/requests", "", "").Code, http.StatusUnauthorized)
}
