package graph

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An operation's body is decoded where it was encoded, and else left as it is.
func TestLooseForm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Params{
		"":                           {},
		"name=A & B 100%":            {"name": "A & B 100%"},
		"name=A&B&C=1":               {"name": "A&B", "C": "1"},
		"name=a%20b+c&x=%26":         {"name": "a b c", "x": "&"},
		`spec={"a":"b+c"}&n=100%`:    {"spec": `{"a":"b+c"}`, "n": "100%"},
		"id={result=a:$.id}%2C2":     {"id": "{result=a:$.id},2"},
		"x={result=a:$.id} and more": {"x": "{result=a:$.id} and more"},
		"a[]=1&a[]=2&name=é%41":      {"a": []any{"1", "2"}, "name": "é%41"},
		"&=x&&y=":                    {"y": ""},
	} {
		got, err := looseForm(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
}

// Paths lead to what JSONPath says, and to nothing where the value is another.
func TestJSONPath(t *testing.T) {
	t.Parallel()
	const text = `{"id":"1","data":[{"id":"2","n":5,"in":{"id":"4"}},{"id":"3","on":true}],"x":[[7]]}`
	for path, want := range map[string]string{
		"$.id": "1", "$.data[*].id": "2,3", "$.data[1].id": "3", "$.data[0].n": "5", "$..id": "1,2,4,3", "$.data[9]": "", "$.none": "", "$.data.*.on": "true",
		"$.data[1]": `{"id":"3","on":true}`, "$..[0]": `{"id":"2","in":{"id":"4"},"n":5},[7],7`, "$.x[0][0]": "7", "$.*..id": "2,4,3", "$.id[0]": "",
		"id": "error", "$id": "error", "$.": "error", "$...id": "error", "$.data[-1]": "error", "$.data[x]": "error", "$.data[": "error", "$" + strings.Repeat(".a", 17): "error",
	} {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		got := "error"
		if p, err := parseJSONPath(path); err == nil {
			found, err := p.find(value)
			if err != nil {
				t.Fatal(path, err)
			}
			got = listed(found)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	many, _ := parseJSONPath("$..a..a..a..a")
	var deep any = "x"
	for range 400 {
		deep = map[string]any{"a": deep}
	}
	if _, err := many.find(deep); err == nil {
		t.Error("a path through everything has no end")
	}
}

// A batch has at most fifty operations, each of which counts as one call, and answers an entry for each.
func TestBatchOfFifty(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ops := strings.Repeat(`,{"relative_url":"act_1?fields=name"}`, 51)
	w := f.do("POST", "/v25.0", tokenA, `{"batch":[`+ops[1:]+`]}`)
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"code":960`) {
		t.Errorf("51: %d %s", w.Code, w.Body)
	}
	w = f.do("POST", "/v25.0", tokenA, `{"batch":[`+ops[1:len(ops)/51*50]+`]}`)
	var answers []batchAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answers); err != nil || len(answers) != 50 {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for _, a := range answers {
		if a.Code != http.StatusOK || a.Body != `{"name":"One","id":"act_1"}` || len(a.Headers) < 5 {
			t.Fatalf("%+v", a)
		}
	}
	if got := w.Header().Get("X-Ad-Account-Usage"); !strings.Contains(got, `"acc_id_util_pct":0.56`) { // 50 of 9000
		t.Errorf("usage after 50 operations: %s", got)
	}
}

// Whatever stands in a batch, every operation is answered or the whole is refused.
func FuzzBatch(f *testing.F) {
	f.Add(`[{"method":"GET","relative_url":"me"}]`)
	f.Add(`[{"method":"POST","relative_url":"act_1/campaigns","body":"name=A & B 100%","name":"a"},{"relative_url":"{result=a:$..id[*]}","depends_on":["a"]}]`)
	f.Add(`[{"relative_url":"%zz?a[b][]=1&&","body":{"x":["{result=a:$.x}"]},"attached_files":{"f":"g"},"headers":["a:b",{"name":"c","value":"d"}]}]`)
	fx := newFixture(f)
	f.Fuzz(func(t *testing.T, text string) {
		body, _ := json.Marshal(map[string]any{"batch": text})
		w := fx.do("POST", "/v25.0", readerToken, string(body))
		ops, err := operations(text, nil)
		var answers []*batchAnswer
		if err == nil && (json.Unmarshal(w.Body.Bytes(), &answers) != nil || len(answers) != len(ops)) {
			t.Fatalf("%s: %s", text, w.Body)
		}
		if err != nil && w.Code != http.StatusBadRequest {
			t.Fatalf("%s: %d %s", text, w.Code, w.Body)
		}
	})
}

// A path either cannot be read or ends, with no more values than are allowed.
func FuzzJSONPath(f *testing.F) {
	f.Add("$.data[*].id", `{"data":[{"id":1}]}`)
	f.Add("$..a..[3].*", `[[[[1,2,3,{"a":"b"}]]]]`)
	f.Fuzz(func(t *testing.T, path, text string) {
		p, err := parseJSONPath(path)
		var value any
		if err != nil || json.Unmarshal([]byte(text), &value) != nil {
			return
		}
		if found, err := p.find(value); err == nil && len(found) > maxPathFound {
			t.Fatalf("%d values", len(found))
		}
	})
}
