package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/marquetry/marquetry/client"
)

func TestPageShowsTheAdOrItsOwnWords(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		`{"decisions":[{"html":"<a href=\"/t/c?d=1\">Mug</a>","impression_url":"http://ads/t/i?d=1"}]}`: `<a href="/t/c?d=1">Mug</a><img src="http://ads/t/i?d=1"`,
		`{"decisions":[],"reason":"paused"}`:  "Nothing new today.",
		`{"error":{"message":"no","code":1}}`: "Nothing new today.",
	}
	for answer, want := range answers {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }))
		ads, err := client.New(server.URL, "")
		if err != nil {
			t.Fatal(err)
		}
		page := httptest.NewRecorder()
		front(ads, "1").ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/", nil))
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("%s gives %s", answer, page.Body.String())
		}
		server.Close()
	}
}
