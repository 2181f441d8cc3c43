package graph

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A token of one account never sees an object of the other, whichever way it asks, and cannot tell it from one that does not
// exist.
func TestIsolation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	keys := []string{"campaign/0", "campaign/1", "ad/0.0", "ad/1.2", "creative"}
	fields := []string{"id,name", "name,campaign{name},creative{name},owner{name}", "ads{name,campaign{name}}", "adcreatives{ads{name,owner{name}}}", "name"}
	rapid.Check(t, func(rt *rapid.T) {
		own := rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "own")
		other := map[string]string{"1": "2", "2": "1"}[own]
		token := map[string]string{"1": tokenA, "2": tokenB}[own]
		foreign := f.ids[other+"/"+rapid.SampledFrom(keys).Draw(rt, "key")]
		if rapid.Bool().Draw(rt, "account itself") {
			foreign = "act_" + other
		}
		mine := f.ids[own+"/"+rapid.SampledFrom(keys).Draw(rt, "mine")]
		method := rapid.SampledFrom([]string{"GET", "POST", "DELETE"}).Draw(rt, "method")
		edge := rapid.SampledFrom([]string{"", "/ads", "/adcreatives", "/campaigns", "/things", "/none"}).Draw(rt, "edge")
		q := "?fields=" + url.QueryEscape(rapid.SampledFrom(fields).Draw(rt, "fields"))
		seen := f.do(method, "/v25.0/"+foreign+edge+q, token, "name=x")
		absent := f.do(method, "/v25.0/999"+edge+q, token, "name=x")
		if got, want := faceless(seen, foreign), faceless(absent, "999"); got != want {
			rt.Fatalf("%s %s: %s, for what does not exist: %s", method, foreign+edge, got, want)
		}
		for _, target := range []string{
			"/v25.0/?ids=" + mine + "," + foreign, "/v25.0/me/adaccounts?fields=name,campaigns{name,ads{name}}", "/v25.0/act_" + own + "/ads" + q, "/v25.0/" + mine + q,
			"/v25.0/act_" + own + "/ads?filtering=" + url.QueryEscape(`[{"field":"campaign.id","operator":"EQUAL","value":"`+foreign+`"}]`),
		} {
			if text := f.do("GET", target, token, "").Body.String(); shows(text, other) {
				rt.Fatalf("%s shows %s: %s", target, other, text)
			}
		}
		batch := `{"batch":[{"method":"` + method + `","relative_url":"` + foreign + edge + q + `","body":"name=x"},{"name":"a","relative_url":"` + mine + q + `"},{"relative_url":"?ids={result=a:$.id},` + foreign + `"}]}`
		if text := f.do("POST", "/v25.0", token, batch).Body.String(); shows(strings.ReplaceAll(text, `\"`, `"`), other) {
			rt.Fatalf("%s shows %s: %s", batch, other, text)
		}
		w := f.do("POST", "/v25.0/act_"+own+"/ads?fields=campaign{name},creative{name}&name=x&campaign_id="+foreign+`&creative={"creative_id":"`+foreign+`"}`, token, "")
		if w.Code == http.StatusOK || shows(w.Body.String(), other) {
			rt.Fatalf("a reference to %s: %s", foreign, w.Body)
		}
	})
}

// shows reports whether an answer has a name of the fixture's objects in an account.
func shows(answer, account string) bool {
	name := map[string]string{"1": `"One"`, "2": `"Two"`}[account]
	return strings.Contains(answer, name) || regexp.MustCompile(`(Ad|Campaign|Creative) `+account+`[."]`).MatchString(answer)
}

// faceless is an answer without the id that was asked for and the trace.
func faceless(w *httptest.ResponseRecorder, id string) string {
	text := strings.ReplaceAll(w.Body.String(), id, "ID")
	return fmt.Sprint(w.Code, regexp.MustCompile(`Trace\d+`).ReplaceAllString(text, "T"))
}
