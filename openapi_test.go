package marquetry_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/marquetry/marquetry/client"
	"github.com/marquetry/marquetry/internal/object"
	"github.com/marquetry/marquetry/internal/reference"
)

// contract is the OpenAPI document, against whose schemas answers are checked.
type contract struct {
	compiler *jsonschema.Compiler
	one      *sync.Mutex // a compiler is for one caller at a time
}

// newContract reads the document of the newest version.
func newContract(t *testing.T) contract {
	t.Helper()
	text, err := reference.OpenAPI(object.Types(), object.Newest)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", document); err != nil {
		t.Fatal(err)
	}
	return contract{c, &sync.Mutex{}}
}

// holds checks an answer against the schema of a type, or of an error.
func (c contract) holds(t *testing.T, name string, answer []byte) {
	t.Helper()
	if err := c.check(t, name, answer); err != nil {
		t.Errorf("not as %s is described: %v\n%s", name, err, answer)
	}
}

// check says how an answer breaks the schema of a type.
func (c contract) check(t *testing.T, name string, answer []byte) error {
	t.Helper()
	c.one.Lock()
	schema, err := c.compiler.Compile("openapi.json#/components/schemas/" + name)
	c.one.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// TestOpenAPI reads an object of each of some types with every field that it has, and checks the answers; an undeclared member, or one of
// another type, fails.
func TestOpenAPI(t *testing.T) {
	s := newShop(t)
	c := newContract(t)
	set, ad := s.dynamic(nil, feed(nil))
	s.show(client.DecisionRequest{AdID: ad})
	s.learn()
	made := s.get(ad, client.Params{"fields": "campaign_id,creative_id"})
	for _, node := range []struct{ typ, id string }{
		{"adaccount", s.fresh.AccountID}, {"page", s.fresh.PageID}, {"adspixel", s.fresh.PixelID}, {"user", "me"},
		{"campaign", made.String("campaign_id")}, {"adset", set}, {"ad", ad}, {"adcreative", made.String("creative_id")},
		{"adreportrun", s.post(ad+"/insights", nil).String("report_run_id")},
	} {
		c.holds(t, node.typ, s.everything(node.typ, node.id))
	}
	for _, wrong := range []string{`{"undeclared":1}`, `{"id":1}`, `{"status":"SLEEPING"}`, `{"bid_amount":200}`, `{"created_time":"today"}`} {
		if c.check(t, "ad", []byte(wrong)) == nil {
			t.Errorf("the description of an ad allows %s", wrong)
		}
	}
	refused := s.raw(http.MethodGet, "/v26.0/"+ad+"?fields=nothing", s.fresh.Token, "")
	c.holds(t, "Error", refused.Body.Bytes())
	served := s.raw(http.MethodGet, "/openapi.json", "", "")
	if body, err := io.ReadAll(served.Body); err != nil || !json.Valid(body) {
		t.Errorf("/openapi.json: %v", err)
	}
}

// everything reads all fields of an object.
func (s shop) everything(typ, id string) []byte {
	s.Helper()
	fields := ""
	for _, t := range object.Types() {
		if t.Name != typ {
			continue
		}
		for i := range t.Fields {
			if t.Fields[i].Has(object.Read) && t.Fields[i].Until == 0 {
				fields += t.Fields[i].Name + ","
			}
		}
	}
	answer := s.raw(http.MethodGet, "/v26.0/"+id+"?fields="+fields, s.fresh.Token, "")
	if answer.Code != http.StatusOK {
		s.Fatalf("GET %s: %s", id, answer.Body)
	}
	return answer.Body.Bytes()
}
