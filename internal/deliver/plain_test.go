package deliver

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/marquetry/marquetry/client"
)

// FuzzPlainRequest reads bodies both ways: what is plain means the same to encoding/json.
func FuzzPlainRequest(f *testing.F) {
	for _, body := range []string{
		decisionBody, `{}`, ` { "ad_id" : "1" , "count" : 3 , "viewer" : { } } `, `{"ad_id":"1","ad_id":"2"}`, `{"count":03}`, `{"count":1.5}`, `{"ad_id":"é"}`,
		`{"ad_id":"\u0041"}`, `{"ad_id":null}`, `{"AD_ID":"1"}`, `{"ad_id":"1",}`, `{"viewer":{"id":"1"},"viewer":{"age":"2"}}`, `{"slots":[{}]}`, `{"ad_id":"1"} {}`, `{"other":"x"}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var plain, full client.DecisionRequest
		if !plainRequest(body, &plain) {
			return
		}
		d := json.NewDecoder(strings.NewReader(body))
		d.DisallowUnknownFields()
		if err := d.Decode(&full); err != nil {
			t.Fatal(body, err)
		}
		if diff := cmp.Diff(full, plain); diff != "" || strings.TrimSpace(body[d.InputOffset():]) != "" {
			t.Fatal(body, diff)
		}
	})
}

// TestUsualBodiesArePlain guards the short way: the body of the benchmarks takes it.
func TestUsualBodiesArePlain(t *testing.T) {
	t.Parallel()
	var req client.DecisionRequest
	if !plainRequest(decisionBody, &req) || req.Viewer.Device != "mobile" || req.AdSetID != theAdSet {
		t.Errorf("%+v", req)
	}
}
