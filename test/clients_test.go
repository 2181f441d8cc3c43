package test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestOneState makes a campaign as the PHP SDK does, reads it as the Node SDK does, changes it as the Python SDK does and lists it with our
// own command: they all look at the same campaign.
func TestOneState(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s := serve(t, data)
	token := newToken(t, data)
	accounts, _ := s.send(t, http.MethodGet, "/v25.0/me/adaccounts?access_token="+token, "", "")["data"].([]any)
	account, _ := accounts[0].(map[string]any)["id"].(string)

	const boundary = "------------------------d74496d66958873e"
	var form strings.Builder
	for _, part := range [][2]string{{"name", "Frühling"}, {"objective", "OUTCOME_TRAFFIC"}, {"status", "PAUSED"}, {"special_ad_categories", "[]"},
		{"is_adset_budget_sharing_enabled", ""}, {"access_token", token}} {
		form.WriteString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part[0] + "\"\r\n\r\n" + part[1] + "\r\n")
	}
	form.WriteString("--" + boundary + "--\r\n")
	made := s.send(t, http.MethodPost, "/v25.0/"+account+"/campaigns", "multipart/form-data; boundary="+boundary, form.String())
	id, _ := made["id"].(string)

	read := s.send(t, http.MethodGet, "/v24.0/"+id+"?fields=name,status,is_adset_budget_sharing_enabled&access_token="+token, "application/json", "{}")
	if read["name"] != "Frühling" || read["status"] != "PAUSED" || read["is_adset_budget_sharing_enabled"] != false {
		t.Errorf("Node reads %v", read)
	}

	changed := s.send(t, http.MethodPost, "/v25.0/"+id+"/?access_token="+token, "application/x-www-form-urlencoded", "name=Sommer&fields=name")
	if changed["success"] != true || changed["name"] != "Sommer" {
		t.Errorf("Python changes it to %v", changed)
	}

	list := command(t.Context(), t, "api", "--url", s.Base+"/v26.0", "--token", token, "get", account+"/campaigns", "fields=name,status")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err, list.Stderr)
	}
	var answer struct {
		Data []struct{ ID, Name, Status string }
	}
	if err := json.Unmarshal(out, &answer); err != nil || len(answer.Data) != 1 || answer.Data[0].ID != id || answer.Data[0].Name != "Sommer" {
		t.Errorf("the command lists %s, %v", out, err)
	}
}

// send makes one request as some client would, and gives the answer.
func (s *server) send(t *testing.T, method, target, contentType, body string) (answer map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.Base+target, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %s, %v", method, target, res.StatusCode, text, err)
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}
